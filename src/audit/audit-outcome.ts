import type { SeverityContext } from "../compare/rate-severity.ts";
import type { ComparedIngress, Divergence } from "../model/divergence.ts";
import type { Problem } from "../model/problem.ts";
import type { Attribution } from "../model/verdict.ts";
import type { AuditReport } from "../report/audit-report.ts";
import type { UnknownDeployer } from "./writers/unknown-deployer.ts";

/** What an audit found, before it is drawn up as a report. */
export interface AuditOutcome {
  readonly git: AuditReport["git"];
  readonly cluster: AuditReport["cluster"];
  readonly ingresses: readonly AttributedIngress[];
  readonly ignored: AuditReport["ignored"];
  readonly belowMinSeverity: AuditReport["belowMinSeverity"];
  /** Live Ingresses that only files outside the paths given declare. */
  readonly elsewhere: number;
  /** Live Ingresses that are in another repository's report; null where there is no other repository. */
  readonly ofOthers: number | null;
  /** Ingresses, in Git or in the cluster, that an unreadable input keeps from being audited. */
  readonly unreadable: number;
  readonly problems: readonly Problem[];
  readonly unknownDeployer: UnknownDeployer | null;
}

export interface AttributedIngress {
  readonly compared: ComparedIngress;
  readonly severityContext: SeverityContext;
  /** Those that are reported. */
  readonly divergences: readonly AttributedDivergence[];
  /** How many are not. */
  readonly leftOut: AuditReport["ingresses"][number]["leftOut"];
}

export interface AttributedDivergence {
  readonly divergence: Divergence;
  readonly attribution: Attribution;
}
