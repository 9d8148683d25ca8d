import type { AuditError } from "../../../model/audit-error.ts";
import type { Annotation } from "../../../report/annotations.ts";
import type { AuditReport } from "../../../report/audit-report.ts";
import type { Phrase } from "../../../report/phrase.ts";
import type { PullRequestReview } from "../../../report/pull-request/pull-request-review.ts";

/** What one run of a mode came to; its entry shows it. */
export interface ModeOutcome {
  /** null where nothing could be audited. */
  readonly report: AuditReport | null;
  /** What the mode has to say before the report, as Markdown; null where the report says all. */
  readonly preface: string | null;
  /** The same for a terminal, a paragraph each. */
  readonly lines: readonly Phrase[];
  /** Why the run fails; null where it does not. */
  readonly failure: { readonly status: 1 | 2; readonly title: string; readonly message: string } | null;
  /** What could not be done although it was asked for, and does not stop the run. */
  readonly shortfalls: readonly AuditError[];
  /** What is remarked upon lines, where that is not what the report tells. */
  readonly annotations?: readonly Annotation[];
  readonly review?: PullRequestReview;
  readonly commentUrl?: string;
  /** Those that are open. */
  readonly issueNumbers?: readonly number[];
  /** The revision that the cluster is known to run. */
  readonly appliedRevision?: string;
}
