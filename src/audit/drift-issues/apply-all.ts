import { AuditError } from "../../model/audit-error.ts";
import type { TrackedIssue } from "../../ports/issue-tracker.ts";
import { type ApplyContext, applyDecision } from "./apply-decision.ts";
import type { IssueDecision } from "./issue-decision.ts";

/** A decision, and how applying it went. */
export interface Applied {
  readonly decision: IssueDecision;
  /** The issue as it is now; null where there is none. */
  readonly issue: TrackedIssue | null;
  readonly failure: AuditError | null;
}

/** What would meet every further request as well. */
const HOPELESS: ReadonlySet<string> = new Set([
  "forge-unauthorized",
  "forge-rate-limited",
  "forge-unreachable",
]);
const MOST_FAILURES_IN_A_ROW = 3;

/**
 * Write the decisions one after the other, as GitHub asks of whoever writes. One that fails does not keep the others
 * from being tried, unless they would fail alike.
 */
export async function applyAll(
  decisions: readonly IssueDecision[],
  context: ApplyContext,
): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  let inARow: AuditError[] = [];
  for (const decision of decisions) {
    const last = inARow.at(-1);
    const isHopeless =
      last !== undefined && (HOPELESS.has(last.code) || inARow.length >= MOST_FAILURES_IN_A_ROW);
    const { issue, write } = decision;
    if (write === null) applied.push({ decision, issue, failure: null });
    else if (isHopeless) applied.push({ decision, issue, failure: last });
    else {
      const done = await tried({ ...decision, write }, context);
      inARow = done.failure === null ? [] : [...inARow, done.failure];
      applied.push(done);
    }
  }
  return applied;
}

async function tried(decision: Parameters<typeof applyDecision>[0], context: ApplyContext): Promise<Applied> {
  try {
    return { decision, issue: await applyDecision(decision, context), failure: null };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return { decision, issue: decision.issue, failure: error };
  }
}
