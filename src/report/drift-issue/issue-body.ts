import { AuditError } from "../../model/audit-error.ts";
import { describeGit } from "../describe-report.ts";
import { describeTime } from "../describe-time.ts";
import { elide, grouped } from "../elide.ts";
import { markdownPhrase } from "../markdown-phrase.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import { describeResponsible } from "./describe-responsible.ts";
import { fittingSections } from "./fitting-sections.ts";
import { recalled } from "./history-entry.ts";
import { historyTable } from "./history-table.ts";
import { type IssueState, stateMarker, WHOLE_CLUSTER } from "./issue-state.ts";
import type { IssueView } from "./issue-view.ts";
import { overviewTable } from "./overview-table.ts";
import { type OthersText, withOthersText } from "./own-part.ts";
import { shortField } from "./short-field.ts";

/** GitHub takes 65,536 characters; some stay free for those who count otherwise. */
export const MAX_BODY = 65_000;

/**
 * The whole body of an issue: the risk first, then what differs, what changed since the last time, each difference with
 * its evidence and its remedy, and what happened before. What people wrote around it stays, whatever becomes of ours.
 *
 * @throws {AuditError} `issue-full` where it leaves no room even for what the issue has to remember.
 */
export function issueBody(view: IssueView, others: OthersText): string {
  for (const most of SHORTER) {
    const body = drawn(view, others, most);
    if (body.length <= MAX_BODY) return body;
  }
  for (const state of [view.state, withoutHistory(view.state)]) {
    const body = bare({ ...view, state }, others);
    if (body.length <= MAX_BODY) return body;
  }
  throw new AuditError({
    code: "issue-full",
    what: `The text that people wrote into the issue of ${view.state.subject} leaves no room for the audit's part`,
    where: { characters: others.before.length + others.after.length, most: MAX_BODY },
    mend: "Move some of it into a comment; nothing of it is ever cut away.",
  });
}

const SHORTER = [
  { rows: 60, entries: 20 },
  { rows: 10, entries: 3 },
  { rows: 0, entries: 0 },
] as const;

/** People's text takes nearly all: what is left says how it stands, and remembers. */
function bare(view: IssueView, others: OthersText): string {
  const { state, run } = view;
  const where = run.url === null ? "the audit’s report" : `[this run](${run.url})`;
  const own = [
    ...(state.status === "open" || state.status === "accepted" ? risk(view) : []),
    markdownPhrase(standing(view)),
    `_The text around this part leaves no room for more; ${where} has all._`,
  ];
  return withOthersText(stateMarker(state), own.join("\n\n"), others);
}

function withoutHistory(state: IssueState): IssueState {
  return { ...state, history: [], forgotten: state.forgotten + state.history.length };
}

function drawn(view: IssueView, others: OthersText, most: { rows: number; entries: number }): string {
  const marker = stateMarker(view.state);
  const before = [...heading(view), ...overviewTable(view, most.rows), ...sinceLastTime(view)];
  const history = historyTable(view.state, view.run.telling.links, most.entries);
  const after = [...history, ...howTo(view.state), runNote(view)];
  const taken = [...before, ...after].reduce((sum, part) => sum + part.length + 2, 0);
  const room = MAX_BODY - marker.length - taken - others.before.length - others.after.length - 200;
  const sections = fittingSections(view.shown, view.run, room);
  return withOthersText(marker, [...before, ...sections, ...after].join("\n\n"), others);
}

function heading(view: IssueView): string[] {
  const { state, run } = view;
  const responsible = markdownPhrase(describeResponsible(view.responsible, run));
  return [
    ...(state.status === "open" || state.status === "accepted" ? risk(view) : []),
    markdownPhrase(standing(view)),
    ...(state.snooze === null ? [] : [markdownPhrase(snoozed(state.snooze))]),
    ...(responsible === "" || state.status !== "open" ? [] : [responsible]),
  ];
}

/** The worst that can happen because of the difference, before anything else. */
function risk({ shown, state }: IssueView): string[] {
  const worst = shown[0]?.divergences[0];
  if (worst === undefined) return [];
  const where = state.subject === WHOLE_CLUSTER ? say`${value(ingressOf(shown))} ` : [];
  const words = say`${where}${shortField(worst.field)}: ${elide(worst.severityReason, 400)}`;
  return [`${SEVERITY_SIGNS[worst.severity]} **${worst.severity}** · ${markdownPhrase(words)}`];
}

function ingressOf(shown: IssueView["shown"]): string {
  const ingress = shown[0]?.ingress;
  return ingress === undefined ? "" : `${ingress.namespace}/${ingress.name}`;
}

function standing({ state, git, cluster }: IssueView): Phrase {
  const what =
    state.subject === WHOLE_CLUSTER ? say`This cluster’s Ingresses` : say`Ingress ${value(state.subject)}`;
  const where = cluster.name === null ? say`the cluster` : say`${value(cluster.name)}`;
  const sides = say`between Git (${describeGit({ git })}) and ${where}`;
  const count = state.divergences.length + (state.more?.count ?? 0);
  const at = own(describeTime(state.at, null));
  switch (state.status) {
    case "open":
      return say`${what} ${own(state.subject === WHOLE_CLUSTER ? "differ" : "differs")} ${sides}, in ${own(places(count))}. Last change seen ${at}; every audit since has found the same.`;
    case "accepted":
      return say`${what}: the difference ${sides}, in ${own(places(count))}, is accepted until it changes. Reopen this issue to follow it again.`;
    case "resolved":
      return say`✅ ${what}: nothing differs any more ${sides}, since ${at}.`;
    case "merged":
      return say`${what} is followed in ${state.mergedInto === null ? "another issue" : own(`#${state.mergedInto}`)}.`;
    default:
      return state.status satisfies never;
  }
}

function places(count: number): string {
  return `${grouped(count)} ${count === 1 ? "place" : "places"}`;
}

function snoozed({ until, by }: NonNullable<IssueState["snooze"]>): Phrase {
  const who = by === null ? say`a label` : say`${value(by)}`;
  return say`😴 Snoozed by ${who} until the end of ${own(until)} (UTC): kept up to date, without comments.`;
}

/** What the newest write of the state brought; the first one brought everything. */
function sinceLastTime({ state: { history, status }, run }: IssueView): string[] {
  const [newest] = history;
  const news = history.filter(({ at }) => at === newest?.at);
  if (status === "merged" || newest === undefined || news.length === history.length) return [];
  return [
    `### Since last time`,
    news.map((entry) => `- ${markdownPhrase(recalled(entry, run.telling.links))}`).join("\n"),
  ];
}

function howTo({ status }: IssueState): string[] {
  if (status !== "open") return [];
  return [
    "### What you can do",
    [
      "- **Mend** it: once Git and the cluster agree again, this issue is closed with the cause.",
      "- **Accept** it as it is, until it changes: close this issue as _not planned_, or comment `/ingress-audit accept`.",
      "- **Snooze** it: comment `/ingress-audit snooze 14 days` or `/ingress-audit snooze until YYYY-MM-DD`, or add the label `snooze-until-YYYY-MM-DD`. `/ingress-audit unsnooze` ends it.",
      "- Title, labels, assignees, and all text above and below this part are yours to change.",
    ].join("\n"),
  ];
}

function runNote({ run }: IssueView): string {
  return run.url === null
    ? "_Written by ingress-audit._"
    : `_Written by ingress-audit in [this run](${run.url})._`;
}
