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
  const numbers = unsaid.map(({ number }) => number);
  const found = await findClosers(connection, numbers, signal);
  return issues.map((issue) => toTracked(issue, closerOf(issue) ?? found.get(issue.number), viewer));
}

/** One that was just created or changed: GitHub's answer to that says who closed it. */
export function trackedIssue(issue: IssueAnswer, viewer: string): TrackedIssue {
  return toTracked(issue, closerOf(issue), viewer);
}

/** @param closer Undefined where nothing tells who closed it. */
function toTracked(issue: IssueAnswer, closer: string | undefined, viewer: string): TrackedIssue {
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
