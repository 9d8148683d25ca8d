import { ingressKey } from "../../model/ingress.ts";
import { SEVERITIES } from "../../model/severity.ts";
import type { AuditReport, ReportedDivergence } from "../../report/audit-report.ts";
import type { Detection } from "../../report/drift-issue/detections.ts";
import type { Cause, DivergenceHappening } from "../../report/drift-issue/happening.ts";
import { isAmongMore } from "../../report/drift-issue/issue-state.ts";
import type { Responsible } from "../../report/drift-issue/issue-view.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";
import type { ShownIngress } from "../../report/worst-first.ts";
import type { AuditScope } from "../run-traced-audit.ts";
import type { OwnersOf } from "./code-owners.ts";
import type { DriftIssueOptions } from "./drift-issue-options.ts";
import { type Heard, hearRequests, NOTHING_HEARD } from "./hear-requests.ts";
import type { KnownIssue } from "./known-issue.ts";
import { commitsIn, rememberedDivergence } from "./remembered-divergence.ts";
import { type FoundDivergence, resolvedAmong } from "./resolved-among.ts";
import { responsibleFor } from "./responsible-for.ts";
import { isWhole, type Reading, readingOf } from "./subjects.ts";
import { newlyTracked, trackedAgain } from "./track-divergence.ts";
import { whatHappened } from "./what-happened.ts";

/** Everything that a decision about one subject draws on. */
export interface Situation {
  /** `namespace/name`, or `*`. */
  readonly subject: string;
  /** null where there is no issue yet. */
  readonly known: KnownIssue | null;
  readonly standing: Standing;
  /** What the issue remembers from now on, worst first; empty where nothing differs. */
  readonly tracked: readonly TrackedDivergence[];
  readonly happenings: readonly Happened[];
  /** What differs now, worst first, with what earlier audits knew better. */
  readonly shown: readonly ShownIngress[];
  readonly responsible: readonly Responsible[];
  readonly heard: Heard;
  /** Whether enough audits in a row have found something. */
  readonly isMature: boolean;
}

/** How Git and the cluster stand to each other in a subject. */
export type Standing =
  | { readonly kind: "differs" }
  | { readonly kind: "agrees" }
  /** The audit does not say: nothing may be concluded. */
  | { readonly kind: "unknown"; readonly why: string };

export type Happened = DivergenceHappening & { readonly ingress: string };

/** What all situations of a run have in common. */
export interface RunFacts {
  /** Of cluster and configuration. */
  readonly key: string;
  readonly report: AuditReport;
  readonly scope: AuditScope;
  readonly options: DriftIssueOptions;
  readonly ownersOf: OwnersOf;
  /** Why what is resolved is resolved, by the id of the divergence. */
  readonly causes: ReadonlyMap<string, Cause>;
  /** How often in a row what no open issue follows was found; empty where once is enough. */
  readonly counts: readonly Detection[];
  /** When the cluster was read. UTC, ISO 8601. */
  readonly at: string;
  readonly now: Date;
}

/** Put together what is known of one subject. Pure. */
export function situationOf(
  subject: string,
  shown: readonly ShownIngress[],
  known: KnownIssue | null,
  run: RunFacts,
): Situation {
  const before = known?.state.divergences ?? [];
  const found = foundIn(shown);
  const reading = readingOf(run.report, run.scope);
  const commits = commitsIn(run.report);
  const followed = found.map((each) => follow(each, known, commits, run.at));
  const resolved = resolvedAmong(before, found, reading);
  const kept = keptUnread(before, followed, reading);
  const remembered = withMemory(shown, followed);
  return {
    subject,
    known,
    standing: standingOf(found, kept, known, reading, run),
    tracked: worstTrackedFirst([...followed.map(({ tracked }) => tracked), ...kept]),
    happenings: [...followed.flatMap(({ happened }) => happened), ...resolved.map(resolution(run))],
    shown: remembered,
    responsible: responsibleFor(remembered, run.ownersOf),
    heard: known === null ? NOTHING_HEARD : hearRequests(known, run.now),
    isMature: run.options.detections <= 1 || found.some(isFoundOften(run)),
  };
}

/** Everything that differs in a subject. */
export function foundIn(shown: readonly ShownIngress[]): readonly FoundDivergence[] {
  return shown.flatMap(({ ingress, divergences }) =>
    divergences.map((divergence) => ({ ingress: ingressKey(ingress), divergence })),
  );
}

interface Followed {
  readonly tracked: TrackedDivergence;
  /** As it is shown. */
  readonly divergence: ReportedDivergence;
  readonly happened: readonly Happened[];
}

function follow(
  { ingress, divergence: found }: FoundDivergence,
  known: KnownIssue | null,
  commits: ReturnType<typeof commitsIn>,
  at: string,
): Followed {
  const before = known?.state.divergences.find(({ id }) => id === found.id);
  if (before !== undefined) {
    const tracked = trackedAgain(before, found);
    const divergence = rememberedDivergence(found, tracked, commits);
    const happened = whatHappened(before, tracked, divergence).map((each) => ({ ...each, ingress }));
    return { tracked, divergence, happened };
  }
  const isKnown = known !== null && isAmongMore(known.state, found.id);
  const happened: Happened[] = isKnown ? [] : [{ kind: "appeared", divergence: found, ingress }];
  return { tracked: newlyTracked(ingress, found, at), divergence: found, happened };
}

/** What differed in Ingresses that this run could not read differs still, as far as anyone knows. */
function keptUnread(
  before: readonly TrackedDivergence[],
  followed: readonly Followed[],
  reading: (ingress: string) => Reading,
): readonly TrackedDivergence[] {
  const ids = new Set(followed.map(({ tracked }) => tracked.id));
  return before.filter(({ id, ingress }) => !ids.has(id) && reading(ingress).kind === "unread");
}

function resolution({ causes }: RunFacts): (tracked: TrackedDivergence) => Happened {
  return ({ id, ingress, field }) => {
    const cause = causes.get(id) ?? { kind: "unknown", why: "nothing at hand shows it" };
    return { kind: "resolved", ingress, field, cause };
  };
}

function standingOf(
  found: readonly FoundDivergence[],
  kept: readonly TrackedDivergence[],
  known: KnownIssue | null,
  reading: (ingress: string) => Reading,
  { report, scope, options }: RunFacts,
): Standing {
  const before = known?.state.divergences ?? [];
  if (found.length > 0 || (kept.length > 0 && kept.length < before.length)) return { kind: "differs" };
  const [unread] = kept.map(({ ingress }) => reading(ingress));
  if (unread?.kind === "unread") return { kind: "unknown", why: unread.why };
  if (!isWhole(report) && !options.allowProblems)
    return { kind: "unknown", why: "a part of the input could not be read" };
  const isPartial = scope.isNarrowed || scope.namespaces !== "all" || !isWhole(report);
  if (known?.state.more != null && isPartial)
    return { kind: "unknown", why: "not everything that the issue follows was audited" };
  return { kind: "agrees" };
}

function isFoundOften({ options, counts }: RunFacts) {
  const often = new Set(counts.filter(({ times }) => times >= options.detections).map(({ id }) => id));
  return ({ divergence }: FoundDivergence) => often.has(divergence.id);
}

function withMemory(shown: readonly ShownIngress[], followed: readonly Followed[]): readonly ShownIngress[] {
  const byId = new Map(followed.map(({ divergence }) => [divergence.id, divergence]));
  return shown.map(({ ingress, divergences }) => ({
    ingress,
    divergences: divergences.map((divergence) => byId.get(divergence.id) ?? divergence),
  }));
}

function worstTrackedFirst(tracked: readonly TrackedDivergence[]): readonly TrackedDivergence[] {
  const rank = ({ severity }: TrackedDivergence) => SEVERITIES.indexOf(severity);
  return [...tracked].sort((left, right) => rank(right) - rank(left));
}
