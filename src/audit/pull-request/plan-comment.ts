import type { OwnComment } from "../../ports/comment-thread.ts";
import { type CommentMark, isLaterRun, markedBody, readMark } from "./comment-mark.ts";

export interface WantedComment {
  readonly mark: CommentMark;
  /** Markdown without the hidden marker. */
  readonly text: string;
  /** False where there is nothing to say, so that only a comment that is there already is brought up to date. */
  readonly isWorthCreating: boolean;
}

/** The next writes that bring the thread nearer to one comment with the newest run's text. */
export type CommentPlan =
  | { readonly kind: "create"; readonly body: string }
  /** `body` is null where the comment stays as it is. */
  | {
      readonly kind: "change";
      readonly comment: OwnComment;
      readonly body: string | null;
      readonly remove: readonly OwnComment[];
    }
  | { readonly kind: "done"; readonly comment: OwnComment | null; readonly isNewest: boolean };

/** @param own Every comment of ours that begins with the marker. */
export function planComment(own: readonly OwnComment[], wanted: WantedComment): CommentPlan {
  const [oldest, ...duplicates] = own.toSorted((left, right) => left.id - right.id);
  if (oldest === undefined) {
    return wanted.isWorthCreating
      ? { kind: "create", body: markedBody(wanted.mark, wanted.text) }
      : { kind: "done", comment: null, isNewest: true };
  }
  const newest = [oldest, ...duplicates].reduce(newerOf);
  const mark = readMark(newest.body);
  const isNewest = mark === null || !isLaterRun(mark, wanted.mark);
  const body = isNewest ? bodyFor(oldest, wanted) : newest.body;
  if (body === oldest.body && duplicates.length === 0) return { kind: "done", comment: oldest, isNewest };
  return {
    kind: "change",
    comment: oldest,
    body: body === oldest.body ? null : body,
    remove: duplicates,
  };
}

/** A comment that says the same already stays, with the name of the run that wrote it. */
function bodyFor(comment: OwnComment, { mark, text }: WantedComment): string {
  const written = readMark(comment.body);
  const isSame = written !== null && written.digest === mark.digest && written.headSha === mark.headSha;
  return isSame ? comment.body : markedBody(mark, text);
}

function newerOf(one: OwnComment, other: OwnComment): OwnComment {
  const [left, right] = [readMark(one.body), readMark(other.body)];
  return right !== null && (left === null || isLaterRun(right, left)) ? other : one;
}
