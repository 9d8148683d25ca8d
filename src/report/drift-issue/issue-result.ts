/** What became of one issue in one run. */
export type IssueOutcome =
  | "opened"
  | "updated"
  | "closed"
  | "reopened"
  | "unchanged"
  /** Not enough audits in a row have found it. */
  | "waiting"
  /** More were to be opened than one run may. */
  | "beyond-limit"
  /** A duplicate of another one, and closed as such. */
  | "merged"
  /** Nothing may be concluded, or a person's decision is respected. */
  | "left";

export interface IssueResult {
  /** `namespace/name`, or `*` for the whole cluster. */
  readonly subject: string;
  readonly outcome: IssueOutcome | "failed";
  /** The rule that decided. */
  readonly rule: string;
  /** null where there is no issue. */
  readonly number: number | null;
  readonly url: string | null;
  /** Why nothing was done, or why it failed; null where that is plain. */
  readonly why: string | null;
}
