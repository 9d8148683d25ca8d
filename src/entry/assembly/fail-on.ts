import type { Verdict } from "../../model/verdict.ts";
import type { AuditReport } from "../../report/audit-report.ts";

export const FAIL_ON = ["none", "pending", "out-of-band", "any"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** The verdicts at or above each floor, from what is expected to what is not. */
const FAILING: Record<FailOn, readonly Verdict[]> = {
  none: [],
  "out-of-band": ["out-of-band"],
  pending: ["pending", "unmerged", "out-of-band"],
  any: ["controller", "pending", "unmerged", "out-of-band"],
};

/**
 * 0: nothing at or above the floor. 1: something is. 2: an input could not be read, so the audit is not whole; unless
 * problems are allowed.
 */
export function exitStatus(report: AuditReport, failOn: FailOn, allowProblems: boolean): 0 | 1 | 2 {
  if (!allowProblems && report.problems.some((problem) => problem.level === "error")) return 2;
  return FAILING[failOn].some((verdict) => report.summary.verdicts[verdict] > 0) ? 1 : 0;
}
