import { isJsonObject, sameJson } from "../../model/json.ts";
import type { IssueComment, IssueTracker, TrackedIssue } from "../../ports/issue-tracker.ts";
import { findMarker } from "../../report/hidden-marker.ts";

export interface Saying {
  readonly issue: TrackedIssue;
  /** Begins with its hidden marker. */
  readonly body: string;
  /** Whether an earlier run, which was cut off, may have said it. */
  readonly mayBeSaid: boolean;
}

/**
 * Comment, unless the same was said before; where two runs said it at once, the first comment stays.
 *
 * @returns How many comments the issue has more than before.
 */
export async function commentOnce(
  tracker: IssueTracker,
  { issue, body, mayBeSaid }: Saying,
  signal: AbortSignal,
): Promise<number> {
  const said = async () =>
    (await tracker.listComments(issue.number, signal)).filter((comment) => isSame(comment, body));
  if (mayBeSaid && (await said()).length > 0) return 0;
  await tracker.comment(issue.number, body, signal);
  const [, ...later] = await said();
  for (const { id } of later) await tracker.removeComment(issue.number, id, signal);
  return 1;
}

/** By the marker alone: a run that tries again may have more to tell. */
function isSame({ isOwn, body }: IssueComment, wanted: string): boolean {
  const marker = findMarker(body, "drift-comment")?.data;
  const own = findMarker(wanted, "drift-comment")?.data;
  return isOwn && isJsonObject(marker) && isJsonObject(own) && sameJson(marker, own);
}
