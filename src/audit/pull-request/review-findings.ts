import type { AuditReport } from "../../report/audit-report.ts";
import type { AttributedIngress, AuditOutcome } from "../audit-outcome.ts";
import type { Gathered } from "../gather/gathered.ts";
import type { ComparedCommits } from "./choose-commits.ts";
import type { PullRequestRequest } from "./pull-request-request.ts";
import type { ComparedSides } from "./read-sides.ts";

/** Everything that was found out about a pull request before it is drawn up. */
export interface ReviewFindings {
  readonly request: PullRequestRequest;
  readonly commits: ComparedCommits;
  readonly sides: ComparedSides;
  /** null where the cluster was not read. */
  readonly gathered: Gathered | null;
  readonly attributed: readonly AttributedIngress[];
  readonly ignored: AuditReport["ignored"];
  readonly belowMinSeverity: AuditOutcome["belowMinSeverity"];
  readonly repository: string | null;
  readonly shallow: boolean;
}
