import type { IssueComment, TrackedIssue } from "../../ports/issue-tracker.ts";
import type { Answer } from "../../report/drift-issue/answer-comment.ts";
import type { IssueState } from "../../report/drift-issue/issue-state.ts";
import { type Command, commentCommands, dayOf } from "./comment-commands.ts";
import type { KnownIssue } from "./known-issue.ts";
import { dayIn, type SnoozeLabels, snoozeLabels } from "./snooze-labels.ts";

/** What people asked of an issue since the last run, by comments and labels, and how that leaves it. */
export interface Heard {
  readonly snooze: IssueState["snooze"];
  /** The last day of a snooze that has ended, and of which nobody was told; null where none has. */
  readonly snoozeEnded: string | null;
  /** Who accepted the difference by a command; null where nobody did. */
  readonly acceptedBy: string | null;
  /** What is to be said in return. */
  readonly answers: readonly Answer[];
  readonly answered: readonly string[];
  readonly spentLabels: readonly string[];
  /** The newest comment that was read. */
  readonly heard: number;
}

export const NOTHING_HEARD: Heard = {
  snooze: null,
  snoozeEnded: null,
  acceptedBy: null,
  answers: [],
  answered: [],
  spentLabels: [],
  heard: 0,
};

type Draft = { -readonly [Key in keyof Heard]: Heard[Key] };

/** A stranger is told once that commands are not theirs: nobody can make this program talk without end. */
const STRANGERS = "strangers";

export function hearRequests({ issue, state, comments }: KnownIssue, now: Date): Heard {
  const labels = snoozeLabels(issue.labels, state.spentLabels, now);
  const draft: Draft = {
    snooze: state.snooze?.by == null ? null : state.snooze,
    snoozeEnded: null,
    acceptedBy: null,
    answers: [],
    answered: state.answered,
    spentLabels: state.spentLabels.filter((label) => issue.labels.includes(label)),
    heard: Math.max(state.heard, ...comments.map(({ id }) => id)),
  };
  for (const comment of comments) hearComment(draft, comment, labels, now);
  hearLabels(draft, labels, state, issue, now);
  return draft;
}

function hearComment(draft: Draft, comment: IssueComment, labels: SnoozeLabels, now: Date): void {
  if (comment.isOwn) return;
  const commands = commentCommands(comment.body, now);
  if (commands.length === 0) return;
  if (comment.isTrusted) {
    for (const command of commands) obey(draft, command, comment.author, labels);
  } else answerOnce(draft, STRANGERS, { kind: "not-trusted" });
}

function obey(draft: Draft, command: Command, author: string, labels: SnoozeLabels): void {
  switch (command.kind) {
    case "snooze":
      draft.snooze = { until: command.until, by: author };
      draft.answers = [...draft.answers, { kind: "snoozed", until: command.until }];
      return;
    case "unsnooze":
      draft.snooze = null;
      draft.spentLabels = [...new Set([...draft.spentLabels, ...labels.counting])];
      draft.answers = [...draft.answers, { kind: "unsnoozed" }];
      return;
    case "accept":
      draft.acceptedBy = author;
      return;
    case "not-understood":
      draft.answers = [...draft.answers, command];
      return;
    default:
      command satisfies never;
  }
}

/** A label snoozes as a command does; of both the later day counts. */
function hearLabels(
  draft: Draft,
  { counting, past, malformed }: SnoozeLabels,
  state: IssueState,
  issue: TrackedIssue,
  now: Date,
): void {
  const today = dayOf(now);
  const byLabel = counting
    .filter((label) => !draft.spentLabels.includes(label))
    .map(dayIn)
    .sort()
    .at(-1);
  if (byLabel !== undefined && byLabel > (draft.snooze?.until ?? ""))
    draft.snooze = { until: byLabel, by: null };
  const isOver = draft.snooze !== null && draft.snooze.until < today;
  if (isOver) draft.snooze = null;
  const before = state.snooze;
  const wasLifted = before?.by === null && !issue.labels.some((label) => label.endsWith(before.until));
  if (before !== null && draft.snooze === null && before.until < today && !wasLifted)
    draft.snoozeEnded = before.until;
  draft.spentLabels = [...new Set([...draft.spentLabels, ...past])];
  for (const label of malformed) {
    const why = "a label for it names a day, as snooze-until-2026-12-31";
    answerOnce(draft, label, { kind: "not-understood", text: label, why });
  }
}

function answerOnce(draft: Draft, to: string, answer: Answer): void {
  if (draft.answered.includes(to)) return;
  draft.answered = [...draft.answered, to];
  draft.answers = [...draft.answers, answer];
}
