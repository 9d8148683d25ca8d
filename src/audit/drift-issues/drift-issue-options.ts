/** How differences become issues. */
export interface DriftIssueOptions {
  /** One issue for each Ingress, or one for the whole cluster. */
  readonly issuePer: "ingress" | "cluster";
  /** How many audits in a row must have found a difference before it is told. */
  readonly detections: number;
  /** The label by which the issues are found again. An issue that loses it is not followed any more. */
  readonly label: string;
  /**
   * Further labels. `{severity}` and `{verdict}` stand for those of the worst difference, `{namespace}` for the
   * Ingress's and `{cluster}` for the cluster's name.
   */
  readonly labels: readonly string[];
  /** Whether commits' authors and code owners are assigned. */
  readonly assign: boolean;
  /** Whether people whose login is proven, and code owners, are mentioned, and so notified. */
  readonly mentions: boolean;
  /** How many issues one run may open or reopen. */
  readonly maxIssues: number;
  /** Go on where a part of the input could not be read: what was read whole may then be closed. */
  readonly allowProblems: boolean;
}

export const DRIFT_ISSUE_DEFAULTS: DriftIssueOptions = {
  issuePer: "ingress",
  detections: 1,
  label: "ingress-drift",
  labels: [],
  assign: true,
  mentions: false,
  maxIssues: 50,
  allowProblems: false,
};
