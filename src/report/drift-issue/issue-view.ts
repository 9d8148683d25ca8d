import type { AuditReport } from "../audit-report.ts";
import type { Telling } from "../describe-commit.ts";
import type { ShownIngress } from "../worst-first.ts";
import type { IssueState } from "./issue-state.ts";

/** Everything that an issue's body is drawn from. */
export interface IssueView {
  readonly state: IssueState;
  /** What differs now, worst first; what this run did not read is known from the state alone. */
  readonly shown: readonly ShownIngress[];
  readonly git: AuditReport["git"];
  readonly cluster: AuditReport["cluster"];
  readonly responsible: readonly Responsible[];
  readonly run: RunNote;
}

/** Somebody to turn to, and why. */
export interface Responsible {
  /** A login, `org/team`, or an e-mail address. */
  readonly name: string;
  readonly kind: "login" | "team" | "email";
  readonly why: "author" | "code-owner";
  /** The commit whose author it is; null for a code owner. */
  readonly commit: string | null;
}

/** Of the run that writes. */
export interface RunNote {
  readonly telling: Telling;
  /** The run's web page; null outside a workflow. */
  readonly url: string | null;
  /** Whether people may be notified. */
  readonly mentions: boolean;
}
