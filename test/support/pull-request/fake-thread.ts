import { AuditError } from "../../../src/model/audit-error.ts";
import type { CommentThread, OwnComment } from "../../../src/ports/comment-thread.ts";

export interface ThreadComment extends OwnComment {
  readonly author: "us" | "somebody";
}

/** The comments of one pull request, in memory. */
export class FakeThread {
  readonly comments = new Map<number, ThreadComment>();
  /** Every write so far: `create 3`, `update 1`. */
  readonly writes: string[] = [];
  #nextId = 1;

  /** As one run sees it: before each request `pass` says when it goes on, and may end it. */
  seenBy(pass: (request: string) => Promise<void> = async () => {}): CommentThread {
    return {
      findOwn: async (marker) => {
        await pass("find");
        return [...this.comments.values()].filter(
          ({ author, body }) => author === "us" && body.startsWith(marker),
        );
      },
      create: async (body) => {
        await pass("create");
        return this.#write("create", this.add(body, "us"));
      },
      update: async (id, body) => {
        await pass("update");
        const comment = this.comments.get(id);
        if (comment === undefined) throw gone(id);
        const changed = { ...comment, body };
        this.comments.set(id, changed);
        return this.#write("update", changed);
      },
      remove: async (id) => {
        await pass("remove");
        this.comments.delete(id);
        this.writes.push(`remove ${id}`);
      },
    };
  }

  add(body: string, author: ThreadComment["author"]): ThreadComment {
    const id = this.#nextId;
    this.#nextId += 1;
    const comment = { id, body, author, url: `https://github.com/acme/shop/pull/7#issuecomment-${id}` };
    this.comments.set(id, comment);
    return comment;
  }

  get bodies(): readonly string[] {
    return [...this.comments.values()].map(({ body }) => body);
  }

  #write(what: string, comment: ThreadComment): ThreadComment {
    this.writes.push(`${what} ${comment.id}`);
    return comment;
  }
}

function gone(id: number): AuditError {
  return new AuditError({ code: "forge-not-found", what: `No comment ${id}`, mend: "Look again." });
}
