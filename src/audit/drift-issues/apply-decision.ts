import type { IssueTracker, TrackedIssue } from "../../ports/issue-tracker.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import { answerComment } from "../../report/drift-issue/answer-comment.ts";
import { driftComment } from "../../report/drift-issue/drift-comment.ts";
import { issueBody } from "../../report/drift-issue/issue-body.ts";
import type { IssueState } from "../../report/drift-issue/issue-state.ts";
import { issueTitle } from "../../report/drift-issue/issue-title.ts";
import type { RunNote } from "../../report/drift-issue/issue-view.ts";
import { othersText } from "../../report/drift-issue/own-part.ts";
import { commentOnce } from "./comment-once.ts";
import type { IssueDecision, IssueWrite } from "./issue-decision.ts";

/** What applying takes, beyond the decision. */
export interface ApplyContext {
  readonly tracker: IssueTracker;
  readonly report: AuditReport;
  readonly run: RunNote;
  /** The label by which issues are found again. */
  readonly label: string;
  readonly signal: AbortSignal;
}

/**
 * Write one decision. The state is written last and in one request with the rest of the issue, so that a run that is cut
 * off has done nothing that the next one does not find and finish: what was said is found by its marker and not said
 * again.
 *
 * @returns The issue as it is then.
 */
export async function applyDecision(
  decision: IssueDecision & { readonly write: IssueWrite },
  context: ApplyContext,
): Promise<TrackedIssue> {
  return decision.issue === null
    ? openIssue(decision, context)
    : writeIssue(decision, decision.issue, context);
}

async function openIssue(
  { subject, write }: IssueDecision & { readonly write: IssueWrite },
  { tracker, report, run, label, signal }: ApplyContext,
): Promise<TrackedIssue> {
  const assigned = await tracker.assignable(write.assign ?? [], signal);
  const state = { ...write.state, assigned };
  return tracker.create(
    {
      title: issueTitle(subject, report.cluster.name),
      body: bodyOf(state, write, report, run, ""),
      labels: [label, ...write.labels.add],
      assignees: assigned,
    },
    signal,
  );
}

async function writeIssue(
  { subject, write }: IssueDecision & { readonly write: IssueWrite },
  issue: TrackedIssue,
  { tracker, report, run, signal }: ApplyContext,
): Promise<TrackedIssue> {
  const { serial } = write.state;
  let comments = issue.commentCount;
  const say = async (body: string) => {
    comments += await commentOnce(tracker, { issue, body, mayBeSaid: write.mayBeSaid }, signal);
  };
  if (write.comment !== null) {
    const comment = { ...write.comment, serial, subject, report };
    await say(driftComment(comment, run));
  }
  if (write.answers.length > 0) await say(answerComment(write.answers, serial));
  if (write.labels.add.length > 0) await tracker.addLabels(issue.number, write.labels.add, signal);
  for (const label of write.labels.remove) await tracker.removeLabel(issue.number, label, signal);
  const assignment = await assignmentOf(write, issue, tracker, signal);
  const state = { ...write.state, comments, assigned: assignment.assigned };
  return tracker.update(
    issue.number,
    {
      body: bodyOf(state, write, report, run, issue.body),
      ...STATE_CHANGES[write.to],
      ...(assignment.assignees === null ? {} : { assignees: assignment.assignees }),
    },
    signal,
  );
}

function bodyOf(
  state: IssueState,
  { view }: IssueWrite,
  { git, cluster }: AuditReport,
  run: RunNote,
  before: string,
): string {
  return issueBody({ ...view, state, git, cluster, run }, othersText(before));
}

const STATE_CHANGES = {
  stay: {},
  open: { state: "open", stateReason: "reopened" },
  "closed-completed": { state: "closed", stateReason: "completed" },
  "closed-not-planned": { state: "closed", stateReason: "not_planned" },
  "closed-duplicate": { state: "closed", stateReason: "duplicate" },
} as const;

/** Whoever was assigned by people stays; of our own those go whom the difference concerns no more. */
async function assignmentOf(
  { assign, state }: IssueWrite,
  issue: TrackedIssue,
  tracker: IssueTracker,
  signal: AbortSignal,
): Promise<{ readonly assignees: readonly string[] | null; readonly assigned: readonly string[] }> {
  if (assign === null) return { assignees: null, assigned: state.assigned };
  const has = (list: readonly string[], login: string) =>
    list.some((each) => each.toLowerCase() === login.toLowerCase());
  const missing = assign.filter((login) => !has(issue.assignees, login));
  const added = await tracker.assignable(missing, signal);
  const kept = issue.assignees.filter((login) => !has(state.assigned, login) || has(assign, login));
  const assigned = [...state.assigned.filter((login) => has(kept, login)), ...added];
  const isSame = added.length === 0 && kept.length === issue.assignees.length;
  return { assignees: isSame ? null : [...kept, ...added], assigned };
}
