import { readCodeOwners } from "../../../src/audit/drift-issues/code-owners.ts";
import { responsibleFor } from "../../../src/audit/drift-issues/responsible-for.ts";
import { foundIn } from "../../../src/audit/drift-issues/situation.ts";
import { newlyTracked } from "../../../src/audit/drift-issues/track-divergence.ts";
import type { AuditReport } from "../../../src/report/audit-report.ts";
import { describeHappening } from "../../../src/report/drift-issue/describe-happening.ts";
import type { Happening } from "../../../src/report/drift-issue/happening.ts";
import { historyEntry } from "../../../src/report/drift-issue/history-entry.ts";
import { type IssueState, issueState, remembered } from "../../../src/report/drift-issue/issue-state.ts";
import type { IssueView, RunNote } from "../../../src/report/drift-issue/issue-view.ts";
import { linksFor } from "../../../src/report/links.ts";
import { type ShownIngress, worstFirst } from "../../../src/report/worst-first.ts";

export const RUN_URL = "https://github.com/acme/shop/actions/runs/7";

export function runNote(report: AuditReport, more: Partial<RunNote> = {}): RunNote {
  return { telling: { now: null, links: linksFor(report) }, url: RUN_URL, mentions: false, ...more };
}

/** The view of an issue about everything that a report shows, as if it had appeared there twice. */
export function viewOf(
  report: AuditReport,
  more: { readonly state?: Partial<IssueState>; readonly run?: Partial<RunNote> } = {},
): IssueView {
  const shown = worstFirst(report, { showIgnored: false });
  const at = report.cluster.observedAt ?? "2026-03-04T10:15:00Z";
  const tracked = foundIn(shown).map(({ ingress, divergence }) => newlyTracked(ingress, divergence, at));
  const state = issueState.parse({
    ...{ v: 1, key: "0123456789abcdef", subject: "*", status: "open", serial: 2 },
    ...{ at, commit: report.git.commit },
    ...remembered(tracked),
    history: [
      ...happeningsIn(shown.slice(0, 1))
        .slice(0, 12)
        .map((happening) => historyOf(happening, at, report)),
      historyOf({ kind: "opened", detections: 1 }, "2026-03-01T10:00:00Z", report),
    ],
    ...more.state,
  });
  return {
    state,
    shown,
    git: report.git,
    cluster: report.cluster,
    responsible: responsibleFor(shown, readCodeOwners("* @edge-owner @acme/edge edge@example.com\n")),
    run: runNote(report, more.run),
  };
}

/** Every kind of happening, of what a report shows. */
export function happeningsIn(shown: readonly ShownIngress[]): readonly Happening[] {
  const found = foundIn(shown);
  const happenings = found.flatMap(({ ingress, divergence }): Happening[] => {
    const { actor, commits, field } = divergence;
    const by =
      actor === null
        ? ({ kind: "unknown", why: divergence.reason } as const)
        : ({ kind: "known", actor } as const);
    return [
      { kind: "appeared", ingress, divergence },
      { kind: "severity", ingress, divergence, from: "low" },
      { kind: "verdict", ingress, divergence, from: "pending" },
      { kind: "actor", ingress, divergence },
      { kind: "conflict", ingress, divergence },
      { kind: "moved", ingress, divergence, side: "live" },
      { kind: "resolved", ingress, field, cause: { kind: "reached", commits, by } },
      { kind: "resolved", ingress, field, cause: { kind: "reverted", by } },
      { kind: "resolved", ingress, field, cause: { kind: "adopted", commits, doubt: divergence.reason } },
      { kind: "resolved", ingress, field, cause: { kind: "removed", commits, by } },
      {
        kind: "resolved",
        ingress,
        field,
        cause: { kind: "ignored", rule: field, reason: divergence.reason },
      },
      { kind: "resolved", ingress, field, cause: { kind: "unknown", why: divergence.reason } },
    ];
  });
  return happenings;
}

function historyOf(happening: Happening, at: string, report: AuditReport) {
  const telling = { now: null, links: linksFor(report) };
  return historyEntry(at, happening, describeHappening(happening, telling, true));
}
