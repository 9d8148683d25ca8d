import * as z from "zod";
import { account } from "./account.ts";
import type { Connection } from "./connection.ts";
import { unlessGone } from "./unless-gone.ts";
import { WrittenList } from "./written-list.ts";

const commentAnswer = z.object({
  id: z.int(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ""),
  html_url: z.string(),
  user: account,
  author_association: z.string().default("NONE"),
  created_at: z.string(),
});

/** A comment on an issue or a pull request, as REST shows it. */
export type Comment = z.output<typeof commentAnswer>;

/** The comments of one issue or pull request, whoever wrote them: GitHub numbers and serves both alike. */
export interface Comments {
  /** Oldest first. */
  readonly list: (signal: AbortSignal) => Promise<readonly Comment[]>;
  readonly create: (body: string, signal: AbortSignal) => Promise<Comment>;
  readonly update: (id: number, body: string, signal: AbortSignal) => Promise<Comment>;
  /** One that is gone already is no error. */
  readonly remove: (id: number, signal: AbortSignal) => Promise<void>;
}

/** @param permission What a workflow's token needs for them: `issues` or `pull-requests`. */
export function commentsOf(connection: Connection, number: number, permission: string): Comments {
  const reading = { doing: `list the comments of #${number}`, needs: `${permission}: read` };
  const writing = { doing: `comment on #${number}`, needs: `${permission}: write` };
  const written = new WrittenList<Comment>({
    keyOf: ({ id }) => id,
    list: (signal) =>
      connection.list(reading, commentAnswer, signal, ({ rest, paginate }, common) =>
        paginate.iterator(rest.issues.listComments, { ...common, issue_number: number, per_page: 100 }),
      ),
    get: (id, signal) =>
      unlessGone(
        connection.send(reading, commentAnswer, signal, ({ rest }, common) =>
          rest.issues.getComment({ ...common, comment_id: id }),
        ),
      ),
    pace: connection.pace,
  });
  return {
    list: (signal) => written.list(signal),
    create: (body, signal) => {
      const create = () =>
        connection.send(writing, commentAnswer, signal, ({ rest }, common) =>
          rest.issues.createComment({ ...common, issue_number: number, body }),
        );
      return written.create(create, (comment) => isSameText(comment.body, body), signal);
    },
    update: (id, body, signal) =>
      connection.send(writing, commentAnswer, signal, ({ rest }, common) =>
        rest.issues.updateComment({ ...common, comment_id: id, body }),
      ),
    remove: async (id, signal) => {
      written.forget(id);
      await unlessGone(
        connection.send(writing, z.unknown(), signal, ({ rest }, common) =>
          rest.issues.deleteComment({ ...common, comment_id: id }),
        ),
      );
    },
  };
}

/** GitHub may keep other line ends than it was given. */
export function isSameText(left: string, right: string): boolean {
  const plain = (text: string) => text.replaceAll("\r\n", "\n").trim();
  return plain(left) === plain(right);
}
