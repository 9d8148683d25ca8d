import type { IssueComment, IssueTracker, TrackedIssue } from "../../ports/issue-tracker.ts";
import { isSameLogin } from "./account.ts";
import { assignableLogins } from "./assignable-logins.ts";
import { type Comment, commentsOf } from "./comments.ts";
import type { Connection } from "./connection.ts";
import type { FindViewer } from "./find-viewer.ts";
import type { IssueAnswer } from "./issue-answer.ts";
import { issueLists } from "./issue-lists.ts";
import { remembering } from "./remembering.ts";
import { trackedIssues } from "./tracked-issues.ts";
import { addLabels, changeIssue, openIssue, removeLabel } from "./write-issues.ts";

/** Who may write to the repository, more or less: how GitHub says that someone belongs to it. */
const TRUSTED = ["OWNER", "MEMBER", "COLLABORATOR"];

/** The issues of a repository, as far as the token's own identity opened them. */
export function issueTracker(connection: Connection, findViewer: FindViewer): IssueTracker {
  const listOf = issueLists(connection);
  const commentsAt = remembering((number: number) => commentsOf(connection, number, "issues"));
  const track = async (issue: IssueAnswer, signal: AbortSignal): Promise<TrackedIssue> => {
    const [tracked] = await trackedIssues(connection, [issue], await findViewer(signal), signal);
    return tracked as TrackedIssue;
  };
  return {
    listOwn: async (label, signal) => {
      const viewer = await findViewer(signal);
      const issues = await listOf(label).list(signal);
      const own = issues.filter(({ user }) => isSameLogin(user?.login, viewer));
      return trackedIssues(connection, own, viewer, signal);
    },
    listComments: async (number, signal) => {
      const viewer = await findViewer(signal);
      return (await commentsAt(number).list(signal)).map((comment) => toIssueComment(comment, viewer));
    },
    create: async (issue, signal) => track(await openIssue(connection, listOf, issue, signal), signal),
    update: async (number, change, signal) =>
      track(await changeIssue(connection, number, change, signal), signal),
    comment: async (number, body, signal) => {
      const viewer = await findViewer(signal);
      return toIssueComment(await commentsAt(number).create(body, signal), viewer);
    },
    addLabels: (number, labels, signal) => addLabels(connection, number, labels, signal),
    removeLabel: (number, label, signal) => removeLabel(connection, number, label, signal),
    assignable: assignableLogins(connection),
  };
}

function toIssueComment(comment: Comment, viewer: string): IssueComment {
  return {
    id: comment.id,
    body: comment.body,
    author: comment.user?.login ?? "ghost",
    isOwn: isSameLogin(comment.user?.login, viewer),
    isTrusted: TRUSTED.includes(comment.author_association),
    createdAt: comment.created_at,
    url: comment.html_url,
  };
}
