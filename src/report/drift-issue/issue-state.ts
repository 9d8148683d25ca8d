import * as z from "zod";
import type { Json } from "../../model/json.ts";
import { hiddenMarker } from "../hidden-marker.ts";
import { type TrackedDivergence, trackedDivergence } from "./tracked-divergence.ts";

/** The subject of the one issue that holds a whole cluster; no Ingress can have this name. */
export const WHOLE_CLUSTER = "*";

const time = z.string();
const texts = z.array(z.string()).readonly().default([]);

const historyEntry = z.object({
  at: time,
  /** Words and, at every second place, what is quoted exactly; nothing is escaped. */
  said: z.array(z.string()).readonly(),
  /** The commit that they speak of, to link to. */
  commit: z.string().nullable().default(null),
});

/** What a drift issue remembers between runs. It stands in the issue itself, hidden: there is no other storage. */
export const issueState = z.object({
  v: z.literal(1),
  /** Of cluster and configuration: another audit's issues are never touched. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** `namespace/name`, or {@link WHOLE_CLUSTER}. */
  subject: z.string().min(1),
  /**
   * `open`: followed. `resolved`: closed by this program, as nothing differs any more. `accepted`: closed, until what
   * differs changes. `merged`: closed as a duplicate of another issue.
   */
  status: z.enum(["open", "resolved", "accepted", "merged"]),
  /** The issue that this one is a duplicate of. */
  mergedInto: z.int().nullable().default(null),
  /** Counts the writes of this state, and so names each transition. */
  serial: z.int().min(1),
  /** When the cluster was read for this state. UTC, ISO 8601. */
  at: time,
  /** The commit that was audited for this state. */
  commit: z.string(),
  divergences: z.array(trackedDivergence).readonly().default([]),
  /** How many more there are than are remembered, and the first 8 digits of the ids of as many as fit. */
  more: z.object({ count: z.int(), ids: z.string() }).readonly().nullable().default(null),
  history: z.array(historyEntry).readonly().default([]),
  /** Entries of the history that were dropped. */
  forgotten: z.int().default(0),
  /** Labels and assignees that this program added, and may take away again. */
  labels: texts,
  assigned: texts,
  snooze: z
    .object({
      /** The last day of the silence, `2026-12-31`, UTC. */
      until: z.string(),
      /** Who asked, by a comment; null for a label. */
      by: z.string().nullable().default(null),
    })
    .readonly()
    .nullable()
    .default(null),
  /** Snooze labels that count no more: their day has passed, or someone unsnoozed. */
  spentLabels: texts,
  /** Labels and kinds of comments that were answered once, and are not again. */
  answered: texts,
  /** The newest comment that was read, and how many there were after the last write. */
  heard: z.int().default(0),
  comments: z.int().default(0),
  /** True where a person closed it as completed, and it was reopened because it still differed. */
  insisted: z.boolean().default(false),
});

export type IssueState = Readonly<z.infer<typeof issueState>>;
export type HistoryEntry = Readonly<z.infer<typeof historyEntry>>;

/** @returns null where it is no state of this version. */
export function readIssueState(data: unknown): IssueState | null {
  return issueState.safeParse(data).data ?? null;
}

/** The state as a hidden line; what has its default is left out. */
export function stateMarker(state: IssueState): string {
  return hiddenMarker("drift-issue", withoutDefaults(state) as Json);
}

/** The longest list of divergences that is remembered, in characters of JSON. */
const ROOM = 20_000;
const MOST_IDS = 1_500;
const ID_DIGITS = 8;

/** The worst come first and are remembered whole; of the rest only that they were there. */
export function remembered(
  divergences: readonly TrackedDivergence[],
): Pick<IssueState, "divergences" | "more"> {
  let room = ROOM;
  const [kept, rest]: [TrackedDivergence[], TrackedDivergence[]] = [[], []];
  for (const divergence of divergences) {
    const length = JSON.stringify(withoutDefaults(divergence)).length + 1;
    room -= length;
    if (room >= 0) kept.push(divergence);
    else {
      rest.push(divergence);
      // One that is very long leaves its room to the others.
      if (length > ROOM / 10) room += length;
    }
  }
  if (rest.length === 0) return { divergences: kept, more: null };
  const ids = rest.slice(0, MOST_IDS).map(({ id }) => id.slice(0, ID_DIGITS));
  return { divergences: kept, more: { count: rest.length, ids: ids.join("") } };
}

/** Whether a divergence is, or may be, one of those that are not remembered whole. */
export function isAmongMore({ more }: Pick<IssueState, "more">, id: string): boolean {
  if (more === null) return false;
  const isWhole = more.ids.length === more.count * ID_DIGITS;
  const ids: readonly string[] = more.ids.match(/.{8}/g) ?? [];
  return !isWhole || ids.includes(id.slice(0, ID_DIGITS));
}

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isDefault(item))
      .map(([key, item]) => [key, withoutDefaults(item)]),
  );
}

function isDefault(value: unknown): boolean {
  return value === null || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}
