import type { CommentThread, OwnComment } from "../../ports/comment-thread.ts";
import { isSameLogin } from "./account.ts";
import { type Comment, commentsOf } from "./comments.ts";
import type { Connection } from "./connection.ts";
import type { FindViewer } from "./find-viewer.ts";

/** The comments of a pull request, as far as they are the token's own. */
export function commentThread(connection: Connection, findViewer: FindViewer, number: number): CommentThread {
  const comments = commentsOf(connection, number, "pull-requests");
  return {
    findOwn: async (marker, signal) => {
      const viewer = await findViewer(signal);
      const all = await comments.list(signal);
      return all
        .filter(({ user, body }) => isSameLogin(user?.login, viewer) && body.startsWith(marker))
        .map(toOwn);
    },
    create: async (body, signal) => toOwn(await comments.create(body, signal)),
    update: async (id, body, signal) => toOwn(await comments.update(id, body, signal)),
    remove: (id, signal) => comments.remove(id, signal),
  };
}

function toOwn({ id, body, html_url: url }: Comment): OwnComment {
  return { id, body, url };
}
