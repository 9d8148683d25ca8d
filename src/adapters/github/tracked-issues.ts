import type { TrackedIssue } from "../../ports/issue-tracker.ts";
import { isSameLogin } from "./account.ts";
import type { Connection } from "./connection.ts";
import { findClosers } from "./find-closers.ts";
import type { IssueAnswer } from "./issue-answer.ts";

/** Issues in the port's words, each with whether the viewer closed it. */
export async function trackedIssues(
  connection: Connection,
  issues: readonly IssueAnswer[],
  viewer: string,
  signal: AbortSignal,
): Promise<readonly TrackedIssue[]> {
  const unsaid = issues.filter((issue) => issue.state === "closed" && closerOf(issue) === undefined);
  const found = await findClosers(
    connection,
    unsaid.map(({ number }) => number),
    signal,
  );
  return issues.map((issue) => trackedIssue(issue, closerOf(issue) ?? found.get(issue.number), viewer));
}

/** @param closer Undefined where nothing tells who closed it. */
function trackedIssue(issue: IssueAnswer, closer: string | undefined, viewer: string): TrackedIssue {
  const isUnknown = issue.state === "open" || closer === undefined;
  return {
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    closedByUs: isUnknown ? null : isSameLogin(closer, viewer),
    labels: issue.labels,
    assignees: issue.assignees,
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    closedAt: issue.closed_at,
    commentCount: issue.comments,
  };
}

function closerOf({ closed_by: closer }: IssueAnswer): string | undefined {
  return closer?.login;
}
