import * as z from "zod";
import { elide, grouped } from "../elide.ts";
import { findMarker, hiddenMarker } from "../hidden-marker.ts";
import { value } from "../phrase.ts";
import { revealInvisible } from "../reveal-invisible.ts";
import { markdownTable, minuteCell } from "./markdown-table.ts";
import { shortField } from "./short-field.ts";

/** What was found less often in a row than it takes to open an issue. */
export const detectionsState = z.object({
  v: z.literal(1),
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** When the cluster was last read for it; the same reading is never counted twice. */
  at: z.string(),
  counts: z
    .array(
      z.object({
        id: z.string().regex(/^[0-9a-f]{16}$/),
        ingress: z.string(),
        field: z.string(),
        times: z.int().min(1),
        since: z.string(),
      }),
    )
    .readonly()
    .default([]),
});

export type DetectionsState = Readonly<z.infer<typeof detectionsState>>;
export type Detection = Readonly<DetectionsState["counts"][number]>;

/** @returns null where the body is none of a detections issue of this version. */
export function readDetections(body: string): DetectionsState | null {
  const data = findMarker(body, "detections")?.data;
  return detectionsState.safeParse(data).data ?? null;
}

export function detectionsTitle(cluster: string | null): string {
  return elide(revealInvisible(`ingress-audit: detections in ${cluster ?? "the cluster"}`), 250);
}

const MAX_ROWS = 100;
/** In characters of JSON. */
const MAX_COUNTS = 30_000;

/** As many as a body can hold, from the first on: whoever calls puts the worst first. */
export function boundedCounts(counts: readonly Detection[]): readonly Detection[] {
  let room = MAX_COUNTS;
  const end = counts.findIndex((each) => {
    room -= JSON.stringify(each).length + 1;
    return room < 0;
  });
  return end === -1 ? counts : counts.slice(0, end);
}

/** The body of the closed issue that counts detections between runs. */
export function detectionsBody(state: DetectionsState, needed: number): string {
  const rows = state.counts
    .slice(0, MAX_ROWS)
    .map(({ ingress, field, times, since }) => [
      [value(ingress)],
      shortField(field),
      `${times} of ${needed}`,
      minuteCell(since),
    ]);
  const left = state.counts.length - rows.length;
  const columns = ["Ingress", "Field", "Found in a row", "Since (UTC)"];
  const table = rows.length === 0 ? "_Nothing is waiting._" : markdownTable(columns, rows);
  return [
    `${hiddenMarker("detections", state)}\n${explanation(needed)}`,
    table,
    ...(left > 0 ? [`_${grouped(left)} more are counted and left out of this table._`] : []),
  ].join("\n\n");
}

function explanation(needed: number): string {
  return `This issue is ingress-audit’s notebook, and closed on purpose. A difference gets an issue of its own when ${needed} audits in a row have found it; until then it is counted here. Please leave the issue and its label as they are: without it, counting starts anew.`;
}
