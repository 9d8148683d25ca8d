import type { IssueComment, IssueTracker } from "../../ports/issue-tracker.ts";
import { isSameLogin } from "./account.ts";
import { assignableLogins } from "./assignable-logins.ts";
import { type Comment, commentsOf } from "./comments.ts";
import type { Connection } from "./connection.ts";
import type { FindViewer } from "./find-viewer.ts";
import { issueLists } from "./issue-lists.ts";
import { remembering } from "./remembering.ts";
import { trackedIssue, trackedIssues } from "./tracked-issues.ts";
import { trustedAuthors } from "./trusted-authors.ts";
import { addLabels, changeIssue, openIssue, removeLabel } from "./write-issues.ts";

/** The issues of a repository, as far as the token's own identity opened them. */
export function issueTracker(connection: Connection, findViewer: FindViewer): IssueTracker {
  const listOf = issueLists(connection);
  const commentsAt = remembering((number: number) => commentsOf(connection, number, "issues"));
  const isTrusted = trustedAuthors(connection);
  const toIssueComment = async (comment: Comment, signal: AbortSignal): Promise<IssueComment> => {
    const isOwn = isSameLogin(comment.user?.login, await findViewer(signal));
    return issueComment(comment, { isOwn, isTrusted: !isOwn && (await isTrusted(comment, signal)) });
  };
  return {
    listOwn: async (label, signal) => {
      const viewer = await findViewer(signal);
      const issues = await listOf(label).list(signal);
      const own = issues.filter(({ user }) => isSameLogin(user?.login, viewer));
      return trackedIssues(connection, own, viewer, signal);
    },
    listComments: async (number, signal) => {
      const comments: IssueComment[] = [];
      for (const comment of await commentsAt(number).list(signal)) {
        comments.push(await toIssueComment(comment, signal));
      }
      return comments;
    },
    create: async (issue, signal) => {
      const viewer = await findViewer(signal);
      return trackedIssue(await openIssue(connection, listOf, issue, signal), viewer);
    },
    update: async (number, change, signal) => {
      const viewer = await findViewer(signal);
      return trackedIssue(await changeIssue(connection, number, change, signal), viewer);
    },
    comment: async (number, body, signal) =>
      toIssueComment(await commentsAt(number).create(body, signal), signal),
    addLabels: (number, labels, signal) => addLabels(connection, number, labels, signal),
    removeLabel: (number, label, signal) => removeLabel(connection, number, label, signal),
    assignable: assignableLogins(connection),
  };
}

function issueComment(comment: Comment, author: Pick<IssueComment, "isOwn" | "isTrusted">): IssueComment {
  return {
    id: comment.id,
    body: comment.body,
    author: comment.user?.login ?? "ghost",
    ...author,
    createdAt: comment.created_at,
    url: comment.html_url,
  };
}
