import { AuditError } from "../../model/audit-error.ts";
import type { CommentThread } from "../../ports/comment-thread.ts";
import { markerStart } from "./comment-mark.ts";
import { type CommentPlan, planComment, type WantedComment } from "./plan-comment.ts";

export interface Reconciling {
  readonly signal: AbortSignal;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether the pull request has another head by now, so that a later run tells of it; asked before writing. */
  readonly isOutdated: (signal: AbortSignal) => Promise<boolean>;
}

export interface ReconciledComment {
  /** `superseded`: a later run has the word. `none`: there is nothing to say, and no comment. */
  readonly kind: "created" | "updated" | "unchanged" | "superseded" | "none";
  readonly url: string | null;
}

/** Longer than a request takes: what another run decided before our write has been written by then. */
const SETTLE_MS = 1_500;
const MAX_ROUNDS = 5;

/**
 * Bring the thread to one comment with the newest run's text: create or update it, then look again, because another run
 * may have done so at the same time. Of two comments the oldest stays. Whatever is cut off in the middle, the next round
 * or the next run goes on from what it finds.
 *
 * @throws {AuditError} What the forge refuses.
 */
export async function reconcileComment(
  thread: CommentThread,
  wanted: WantedComment,
  { signal, wait, isOutdated }: Reconciling,
): Promise<ReconciledComment> {
  let did: "created" | "updated" | "unchanged" = "unchanged";
  for (let round = 1; ; round += 1) {
    const plan = planComment(await thread.findOwn(markerStart(wanted.mark.key), signal), wanted);
    if (plan.kind === "done") return outcome(plan, did);
    if (round > MAX_ROUNDS) return { kind: did, url: plan.kind === "create" ? null : plan.comment.url };
    if (round === 1 && (await isOutdated(signal))) return { kind: "superseded", url: null };
    await apply(thread, plan, signal);
    if (plan.kind === "create") did = "created";
    else if (did === "unchanged") did = "updated";
    // Of two that were created, the later run sees both; of two updates, the later one may be the older run's.
    if (plan.kind === "change" && plan.body !== null) await wait(SETTLE_MS, signal);
  }
}

/** The comment that stays first: at no moment is there none. */
async function apply(
  thread: CommentThread,
  plan: Exclude<CommentPlan, { kind: "done" }>,
  signal: AbortSignal,
): Promise<void> {
  if (plan.kind === "create") {
    await thread.create(plan.body, signal);
    return;
  }
  if (plan.body !== null && !(await update(thread, plan.comment.id, plan.body, signal))) return;
  for (const { id } of plan.remove) await thread.remove(id, signal);
}

/** False where another run has taken the comment away meanwhile: the next round finds the one that stayed. */
async function update(
  thread: CommentThread,
  id: number,
  body: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await thread.update(id, body, signal);
    return true;
  } catch (error) {
    if (error instanceof AuditError && error.code === "forge-not-found") return false;
    throw error;
  }
}

function outcome(
  { comment, isNewest }: Extract<CommentPlan, { kind: "done" }>,
  did: "created" | "updated" | "unchanged",
): ReconciledComment {
  if (comment === null) return { kind: "none", url: null };
  return { kind: isNewest ? did : "superseded", url: comment.url };
}
