import type { IssueComment, TrackedIssue } from "../../ports/issue-tracker.ts";
import { type DetectionsState, readDetections } from "../../report/drift-issue/detections.ts";
import { type IssueState, readIssueState } from "../../report/drift-issue/issue-state.ts";
import { findMarker } from "../../report/hidden-marker.ts";

/** One of our issues, with what it remembers. */
export interface KnownIssue {
  readonly issue: TrackedIssue;
  readonly state: IssueState;
  /** Those that were not read before, oldest first; our own among them. */
  readonly comments: readonly IssueComment[];
}

/** Our issues of one cluster and configuration, sorted out. */
export interface OwnIssues {
  /** By subject; of several the one with the lowest number, which survives. */
  readonly bySubject: ReadonlyMap<string, KnownIssue>;
  readonly duplicates: readonly Duplicate[];
  readonly detections: { readonly issue: TrackedIssue; readonly state: DetectionsState } | null;
  /** Further ones that two runs at once have made. */
  readonly spareDetections: readonly TrackedIssue[];
}

export interface Duplicate extends Pick<KnownIssue, "issue" | "state"> {
  readonly of: TrackedIssue;
}

/**
 * Sort out what a label's own issues remember. Those of other clusters and configurations, and those that carry no
 * state that can be read, are left alone.
 *
 * @param issues By ascending number.
 */
export function sortIssues(issues: readonly TrackedIssue[], key: string): OwnIssues {
  const bySubject = new Map<string, KnownIssue>();
  const duplicates: Duplicate[] = [];
  const notebooks: NonNullable<OwnIssues["detections"]>[] = [];
  for (const issue of [...issues].sort((left, right) => left.number - right.number)) {
    const state = readIssueState(findMarker(issue.body, "drift-issue")?.data);
    if (state?.key === key && state.status !== "merged") {
      const first = bySubject.get(state.subject);
      if (first === undefined) bySubject.set(state.subject, { issue, state, comments: [] });
      else duplicates.push({ issue, state, of: first.issue });
    }
    const counted = state === null ? readDetections(issue.body) : null;
    if (counted?.key === key) notebooks.push({ issue, state: counted });
  }
  const [detections = null, ...spare] = notebooks;
  return { bySubject, duplicates, detections, spareDetections: spare.map(({ issue }) => issue) };
}
