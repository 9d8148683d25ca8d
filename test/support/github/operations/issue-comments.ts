import { created, list, ok } from "../http/answer.ts";
import type { Comment } from "../state/repository.ts";
import { commentView } from "../views/issue-view.ts";
import {
  callerOf,
  commentOf,
  issueNeeds,
  issueOf,
  type Operations,
  type RepositoryCall,
} from "./operation.ts";
import { checkBodyText } from "./text-limits.ts";

export const ISSUE_COMMENTS: Operations = {
  "issues/list-comments": { needs: issueNeeds("read"), run: listComments },
  "issues/get-comment": {
    needs: issueNeeds("read"),
    run: (call) => ok(commentView(call.world, call.repository, commentOf(call))),
  },
  "issues/create-comment": { needs: issueNeeds("write"), run: createComment },
  "issues/update-comment": { needs: issueNeeds("write"), run: updateComment },
  "issues/delete-comment": {
    needs: issueNeeds("write"),
    run: (call) => {
      call.repository.comments.delete(commentOf(call).id);
      return { status: 204 };
    },
  },
};

/** Oldest first, as GitHub lists them. */
function listComments(call: RepositoryCall) {
  const issue = issueOf(call);
  const since = typeof call.query.since === "string" ? Date.parse(call.query.since) : 0;
  const comments = [...call.repository.comments.values()]
    .filter((comment) => comment.issue === issue.number && comment.listedAtMs <= Date.now())
    .filter((comment) => Date.parse(comment.updatedAt) >= since);
  return list(comments.map((comment) => commentView(call.world, call.repository, comment)));
}

function createComment(call: RepositoryCall) {
  const issue = issueOf(call);
  const { body } = call.body as { readonly body: string };
  checkBodyText("IssueComment", body);
  const now = call.world.now();
  const comment: Comment = {
    id: call.world.nextId(),
    issue: issue.number,
    user: callerOf(call),
    createdAt: now,
    updatedAt: now,
    listedAtMs: Date.now() + call.world.lag.lists,
    body,
  };
  call.repository.comments.set(comment.id, comment);
  issue.updatedAt = now;
  return created(commentView(call.world, call.repository, comment));
}

function updateComment(call: RepositoryCall) {
  const comment = commentOf(call);
  const { body } = call.body as { readonly body: string };
  checkBodyText("IssueComment", body);
  comment.body = body;
  comment.updatedAt = call.world.now();
  return ok(commentView(call.world, call.repository, comment));
}
