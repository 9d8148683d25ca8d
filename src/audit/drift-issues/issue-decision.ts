import type { TrackedIssue } from "../../ports/issue-tracker.ts";
import type { Answer } from "../../report/drift-issue/answer-comment.ts";
import type { Headline } from "../../report/drift-issue/drift-comment.ts";
import type { Happening } from "../../report/drift-issue/happening.ts";
import type { IssueOutcome } from "../../report/drift-issue/issue-result.ts";
import type { IssueState } from "../../report/drift-issue/issue-state.ts";
import type { IssueView, Responsible } from "../../report/drift-issue/issue-view.ts";

/** What is done to one subject's issue, and by which rule. */
export interface IssueDecision {
  readonly subject: string;
  readonly rule: string;
  readonly outcome: IssueOutcome;
  /** null where there is no issue yet. */
  readonly issue: TrackedIssue | null;
  /** null where nothing is written. */
  readonly write: IssueWrite | null;
  /** Why nothing is done about something that a reader would expect; null where that is plain. */
  readonly why: string | null;
}

export interface IssueWrite {
  readonly state: IssueState;
  readonly to: "stay" | "open" | "closed-completed" | "closed-not-planned" | "closed-duplicate";
  readonly comment: {
    readonly headline: Headline;
    readonly happenings: readonly Happening[];
    readonly responsible: readonly Responsible[];
  } | null;
  readonly answers: readonly Answer[];
  /** Whether a run that was cut off may have said it already: there are comments that no state knows of. */
  readonly mayBeSaid: boolean;
  readonly labels: { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Logins of those who should be assigned; null to leave assignees as they are. */
  readonly assign: readonly string[] | null;
  readonly view: Pick<IssueView, "shown" | "responsible">;
}
