import { sameJson } from "../../model/json.ts";
import type { IssueTracker } from "../../ports/issue-tracker.ts";
import {
  type Detection,
  type DetectionsState,
  detectionsBody,
  detectionsTitle,
} from "../../report/drift-issue/detections.ts";
import { type OwnIssues, sortIssues } from "./known-issue.ts";

export interface Notebook {
  readonly issues: Pick<OwnIssues, "detections" | "spareDetections">;
  readonly counts: readonly Detection[];
  readonly key: string;
  readonly at: string;
  readonly cluster: string | null;
  /** How many detections in a row open an issue. */
  readonly needed: number;
  readonly label: string;
}

/**
 * Keep the counts for the next run, in one closed issue. It is made when the first count has to be kept, and written
 * only where a count has changed.
 */
export async function keepDetections(
  tracker: IssueTracker,
  { issues, counts, key, at, cluster, needed, label }: Notebook,
  signal: AbortSignal,
): Promise<void> {
  const state: DetectionsState = { v: 1, key, at, counts };
  const body = detectionsBody(state, needed);
  const known = issues.detections;
  await dropSpare(tracker, issues, signal);
  if (known === null) {
    if (counts.length === 0) return;
    const title = detectionsTitle(cluster);
    const { number } = await tracker.create({ title, body, labels: [label], assignees: [] }, signal);
    await tracker.update(number, CLOSED, signal);
    // Another run may have made one at the same time.
    await dropSpare(tracker, sortIssues(await tracker.listOwn(label, signal), key), signal);
    return;
  }
  const isOpen = known.issue.state === "open";
  const isSame = sameJson(counts, known.state.counts);
  if (isSame && !isOpen) return;
  await tracker.update(
    known.issue.number,
    { ...(isSame ? {} : { body }), ...(isOpen ? CLOSED : {}) },
    signal,
  );
}

/** The one with the lowest number stays; the others lose what they remember, and are never found again. */
async function dropSpare(
  tracker: IssueTracker,
  { detections, spareDetections }: Notebook["issues"],
  signal: AbortSignal,
): Promise<void> {
  if (detections === null) return;
  const body = `Duplicate of #${detections.issue.number}.`;
  for (const { number } of spareDetections)
    await tracker.update(number, { body, state: "closed", stateReason: "duplicate" }, signal);
}

const CLOSED = { state: "closed", stateReason: "not_planned" } as const;
