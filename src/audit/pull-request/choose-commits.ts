import { AuditError } from "../../model/audit-error.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { PullRequestFacts } from "./pull-request-request.ts";

/** The commits between which a pull request is compared. */
export interface ComparedCommits {
  /** What the cluster is compared with. */
  readonly base: string;
  readonly head: string;
  /** Where the head's changes begin, if that is not the base: its manifests are then older than the base's. */
  readonly forkedAt: string;
}

/**
 * The forge's merge commit and its first parent, where it merges this very head; else the head, seen from where it left
 * the base branch.
 *
 * @throws {AuditError} `ref-not-found`, `history-too-short`.
 */
export async function chooseCommits(git: GitHistory, facts: PullRequestFacts): Promise<ComparedCommits> {
  const merged = await mergedBase(git, facts);
  if (merged !== null) return merged;
  const head = await git.resolveCommit(facts.headSha);
  const base = await git.resolveCommit(facts.baseRevision);
  const forkedAt = await git.mergeBase(base, head);
  if (forkedAt === null) throw tooShort(facts, "where its two branches part");
  return { base, head, forkedAt };
}

async function mergedBase(git: GitHistory, facts: PullRequestFacts): Promise<ComparedCommits | null> {
  if (facts.mergeSha === null || !(await isAtHand(git, facts.mergeSha))) return null;
  const [base, head, ...others] = await git.parentsOf(facts.mergeSha);
  if (base === undefined || head !== facts.headSha || others.length > 0) return null;
  if (!(await isAtHand(git, base))) throw tooShort(facts, `the base ${base.slice(0, 8)} of its merge commit`);
  return { base, head: facts.mergeSha, forkedAt: base };
}

async function isAtHand(git: GitHistory, sha: string): Promise<boolean> {
  try {
    await git.resolveCommit(sha);
    return true;
  } catch (error) {
    if (error instanceof AuditError && error.code === "ref-not-found") return false;
    throw error;
  }
}

function tooShort({ number, headSha }: PullRequestFacts, what: string): AuditError {
  return new AuditError({
    code: "history-too-short",
    what: `The clone lacks ${what}, so that nothing tells what pull request #${number} changes`,
    where: { pullRequest: number, head: headSha },
    mend: "Check out with fetch-depth: 0 (actions/checkout), run git fetch --unshallow, or give --deepen.",
  });
}
