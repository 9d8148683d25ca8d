import { type Json, sameJson } from "../../model/json.ts";
import { describeHappening } from "../../report/drift-issue/describe-happening.ts";
import type { Headline } from "../../report/drift-issue/drift-comment.ts";
import type { Happening } from "../../report/drift-issue/happening.ts";
import { historyEntry } from "../../report/drift-issue/history-entry.ts";
import { type IssueState, remembered, WHOLE_CLUSTER } from "../../report/drift-issue/issue-state.ts";
import type { Links } from "../../report/links.ts";
import type { IssueWrite } from "./issue-decision.ts";
import { assigneesAmong } from "./responsible-for.ts";
import type { RunFacts, Situation } from "./situation.ts";
import { changedLabels, wantedLabels } from "./wanted-labels.ts";

const MOST_HISTORY = 20;
const MOST_ANSWERED = 20;
const NO_LINKS: Links = { commit: () => null, pullRequest: () => null, file: () => null };

/** What a rule wants written, beyond what follows from the situation. */
export interface Wanted {
  readonly status: IssueState["status"];
  readonly to?: IssueWrite["to"];
  /** What happened to the issue itself. */
  readonly events?: readonly Happening[];
  readonly comment?: Headline;
  /** Assign anew; by default where the verdicts have changed. */
  readonly assigns?: boolean;
  readonly insisted?: boolean;
}

/** The whole write: state, labels, assignees, comment and answers. Pure. */
export function nextWrite(situation: Situation, run: RunFacts, wanted: Wanted): IssueWrite {
  const { shown, responsible, heard } = situation;
  const happenings = [...(wanted.events ?? []), ...situation.happenings];
  const labels = labelsFor(situation, run, wanted);
  const assigns = wanted.assigns ?? hasOtherVerdicts(situation);
  return {
    state: nextState(situation, run, wanted, happenings, labels.own),
    to: wanted.to ?? "stay",
    comment:
      wanted.comment === undefined
        ? null
        : { headline: wanted.comment, happenings, responsible: assigns ? responsible : [] },
    answers: heard.answers,
    mayBeSaid:
      situation.known !== null && situation.known.issue.commentCount !== situation.known.state.comments,
    labels,
    assign: assigns && run.options.assign && wanted.status === "open" ? assigneesAmong(responsible) : null,
    view: { shown, responsible },
  };
}

/** Whether the situation leaves anything to write into an issue of which nothing else is to be said. */
export function isChanged(situation: Situation, run: RunFacts): boolean {
  const { known, heard, happenings, tracked } = situation;
  if (known === null) return true;
  const { state, issue } = known;
  const { divergences, more } = remembered(tracked);
  const labels = changedLabels(labelsWanted(situation, run), state.labels, issue.labels);
  const isSame =
    isEqual(divergences, state.divergences) &&
    isEqual(more, state.more) &&
    isEqual(heard.snooze, state.snooze) &&
    isEqual(heard.spentLabels, state.spentLabels) &&
    isEqual(labels.own, state.labels);
  return !isSame || happenings.length > 0 || heard.answers.length > 0 || heard.heard > state.heard;
}

function isEqual(left: Json | Readonly<object>, right: Json | Readonly<object>): boolean {
  return sameJson(left as Json, right as Json);
}

function labelsWanted(situation: Situation, { options, report }: RunFacts): readonly string[] {
  return wantedLabels(situation, options, report.cluster);
}

/** What no longer differs keeps the labels that it had. */
function labelsFor(situation: Situation, run: RunFacts, { status }: Wanted) {
  const own = situation.known?.state.labels ?? [];
  if (status !== "open") return { add: [], remove: [], own };
  return changedLabels(labelsWanted(situation, run), own, situation.known?.issue.labels ?? []);
}

function nextState(
  { subject, known, tracked, heard }: Situation,
  run: RunFacts,
  { status, insisted }: Wanted,
  happenings: readonly Happening[],
  labels: readonly string[],
): IssueState {
  const before = known?.state;
  const telling = { now: null, links: NO_LINKS };
  const isCluster = subject === WHOLE_CLUSTER;
  const entries = happenings.map((happening) =>
    historyEntry(run.at, happening, describeHappening(happening, telling, isCluster)),
  );
  const history = [...entries, ...(before?.history ?? [])];
  return {
    ...{ v: 1, key: run.key, subject, status, mergedInto: null },
    serial: (before?.serial ?? 0) + 1,
    at: run.at,
    commit: run.report.git.commit,
    ...remembered(tracked),
    history: history.slice(0, MOST_HISTORY),
    forgotten: (before?.forgotten ?? 0) + Math.max(0, history.length - MOST_HISTORY),
    labels,
    assigned: before?.assigned ?? [],
    snooze: heard.snooze,
    spentLabels: heard.spentLabels,
    answered: heard.answered.slice(-MOST_ANSWERED),
    heard: heard.heard,
    comments: known?.issue.commentCount ?? 0,
    insisted: insisted ?? before?.insisted ?? false,
  };
}

/** Whether other verdicts stand now than when the issue was last written. */
function hasOtherVerdicts({ known, tracked }: Situation): boolean {
  const verdicts = (list: Situation["tracked"]) => [...new Set(list.map(({ verdict }) => verdict))].sort();
  return !isEqual(verdicts(tracked), verdicts(known?.state.divergences ?? []));
}
