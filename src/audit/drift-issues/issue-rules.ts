import { sameJson } from "../../model/json.ts";
import type { IssueOutcome } from "../../report/drift-issue/issue-result.ts";
import type { IssueDecision } from "./issue-decision.ts";
import { isChanged, nextWrite, type Wanted } from "./next-write.ts";
import type { RunFacts, Situation } from "./situation.ts";
import { isBeyondAccepted, isNews } from "./what-happened.ts";

/** One row of the table: when it applies, and what is done then. */
export interface IssueRule {
  readonly name: string;
  readonly when: (situation: Situation, run: RunFacts) => boolean;
  readonly decide: (situation: Situation, run: RunFacts) => Done;
}

type Done = Pick<IssueDecision, "outcome" | "write" | "why">;

/** The first row that applies decides; the last of each group always does. */
export const ISSUE_RULES: readonly IssueRule[] = [
  // There is no issue yet.
  {
    name: "not-often-enough",
    when: (it) => it.known === null && !it.isMature,
    decide: () => nothing("waiting"),
  },
  {
    name: "new",
    when: (it) => it.known === null,
    decide: (it, run) =>
      written("opened", it, run, {
        status: "open",
        to: "open",
        events: [{ kind: "opened", detections: run.options.detections }],
        assigns: true,
      }),
  },

  // What an audit cannot judge.
  {
    name: "older-reading",
    when: (it, run) => Date.parse(run.at) < Date.parse(stateOf(it).at),
    decide: () => nothing("left", "a newer reading of the cluster has been written to it"),
  },
  {
    name: "not-known",
    when: (it) => it.standing.kind === "unknown",
    decide: (it, run) => attended(it, run, it.standing.kind === "unknown" ? it.standing.why : ""),
  },

  // The issue is open.
  {
    name: "accepted-by-command",
    when: (it) => isOpen(it) && differs(it) && it.heard.acceptedBy !== null,
    decide: (it, run) =>
      written("closed", it, run, {
        status: "accepted",
        to: "closed-not-planned",
        events: [{ kind: "accepted", by: it.heard.acceptedBy }],
        comment: "accepted",
      }),
  },
  {
    name: "reopened-though-in-sync",
    when: (it) => isOpen(it) && !differs(it) && stateOf(it).status === "resolved",
    decide: (it, run) => attended(it, run, "a person reopened it"),
  },
  {
    name: "resolved",
    when: (it) => isOpen(it) && !differs(it),
    decide: (it, run) =>
      written("closed", it, run, {
        status: "resolved",
        to: "closed-completed",
        events: [{ kind: "closed" }],
        ...aloud(it, "resolved"),
        insisted: false,
      }),
  },
  {
    name: "returned-while-open",
    when: (it) => isOpen(it) && stateOf(it).status === "resolved",
    decide: (it, run) =>
      written("updated", it, run, {
        status: "open",
        events: [{ kind: "returned" }],
        ...aloud(it, "returned"),
        assigns: true,
      }),
  },
  {
    name: "followed-again",
    when: (it) => isOpen(it) && stateOf(it).status === "accepted",
    decide: (it, run) =>
      written("updated", it, run, {
        status: "open",
        events: [{ kind: "reopened-by-a-person" }],
        ...(hasNews(it) ? aloud(it, "changed") : {}),
      }),
  },
  {
    name: "snooze-ended",
    when: (it) => isOpen(it) && it.heard.snoozeEnded !== null,
    decide: (it, run) =>
      written("updated", it, run, {
        status: "open",
        events: [{ kind: "snooze-ended", until: it.heard.snoozeEnded ?? "" }],
        comment: "snooze-ended",
      }),
  },
  {
    name: "something-new",
    when: (it) => isOpen(it) && hasNews(it) && !isSnoozed(it),
    decide: (it, run) =>
      written("updated", it, run, {
        status: "open",
        events: snoozing(it),
        comment: "changed",
        insisted: false,
      }),
  },
  {
    name: "changed-quietly",
    when: (it, run) => isOpen(it) && isChanged(it, run),
    decide: (it, run) => written("updated", it, run, { status: "open", events: snoozing(it) }),
  },
  { name: "same", when: isOpen, decide: () => nothing("unchanged") },

  // The issue is closed, and people go on talking in it.
  {
    name: "asked-while-closed",
    when: (it) => isAsked(it) && (isSnoozed(it) || !differs(it)),
    decide: (it, run) => attended(it, run, isSnoozed(it) ? "it is snoozed" : "it is closed"),
  },
  {
    name: "accepted-while-closed",
    when: (it) => differs(it) && it.heard.acceptedBy !== null,
    decide: (it, run) =>
      written("updated", it, run, {
        status: "accepted",
        to: "closed-not-planned",
        events: [{ kind: "accepted", by: it.heard.acceptedBy }],
      }),
  },

  // The issue is closed, and nothing differs.
  {
    name: "still-resolved",
    when: (it) => !differs(it) && stateOf(it).status === "resolved",
    decide: () => nothing("unchanged"),
  },
  {
    name: "confirmed",
    when: (it) => !differs(it),
    decide: (it, run) =>
      written("updated", it, run, {
        status: "resolved",
        events: [{ kind: "closed" }],
        ...(isAccepted(it) ? {} : aloud(it, "confirmed")),
        insisted: false,
      }),
  },

  // The issue is closed, and something differs.
  {
    name: "closed-after-the-reading",
    when: (it, run) =>
      stateOf(it).status === "open" && Date.parse(issueOf(it).closedAt ?? "") >= Date.parse(run.at),
    decide: () => nothing("left", "it was closed after the cluster was read"),
  },
  {
    name: "closed-and-snoozed",
    when: isSnoozed,
    decide: () => nothing("left", "it is snoozed"),
  },
  {
    name: "returned-not-often-enough",
    when: (it) => stateOf(it).status === "resolved" && !it.isMature,
    decide: () => nothing("waiting"),
  },
  {
    name: "returned",
    when: (it) => stateOf(it).status === "resolved",
    decide: (it, run) =>
      written("reopened", it, run, {
        status: "open",
        to: "open",
        events: [{ kind: "returned" }],
        comment: "returned",
        assigns: true,
      }),
  },
  {
    name: "still-differs",
    when: (it) => !isAccepted(it) && !stateOf(it).insisted,
    decide: (it, run) =>
      written("reopened", it, run, {
        status: "open",
        to: "open",
        events: [{ kind: "still-differs" }],
        comment: "still-differs",
        insisted: true,
      }),
  },
  {
    name: "beyond-what-was-accepted",
    when: (it) => it.happenings.some(isBeyondAccepted),
    decide: (it, run) =>
      written("reopened", it, run, {
        status: "open",
        to: "open",
        events: [{ kind: "no-longer-accepted" }],
        comment: "no-longer-accepted",
        insisted: false,
      }),
  },
  {
    name: "accepted-in-part",
    when: (it, run) => isChanged(it, run),
    decide: (it, run) =>
      written("updated", it, run, {
        status: "accepted",
        events: stateOf(it).status === "accepted" ? [] : [{ kind: "accepted", by: null }],
      }),
  },
  { name: "accepted", when: () => true, decide: () => nothing("left", "a person accepted it") },
];

function written(outcome: IssueOutcome, situation: Situation, run: RunFacts, wanted: Wanted): Done {
  return { outcome, write: nextWrite(situation, run, wanted), why: null };
}

function nothing(outcome: IssueOutcome, why: string | null = null): Done {
  return { outcome, write: null, why };
}

/** Nothing is concluded; what people asked for is heard all the same. */
function attended(situation: Situation, run: RunFacts, why: string): Done {
  const { known } = situation;
  if (known === null || !isAsked(situation)) return nothing("left", why);
  const asBefore = { ...situation, tracked: known.state.divergences, happenings: [] };
  const { status } = known.state;
  const { write } = written("updated", asBefore, run, {
    status,
    events: snoozing(situation),
    assigns: false,
  });
  if (write === null) return nothing("left", why);
  // What is known of the difference is as old as before.
  const { at, commit } = known.state;
  return { outcome: "updated", write: { ...write, state: { ...write.state, at, commit } }, why };
}

/** Whether something is to be answered or noted. Of an issue that is at rest it is noted too how far it was read. */
function isAsked(situation: Situation): boolean {
  const { heard, known } = situation;
  if (known === null) return false;
  const { state } = known;
  const isAtRest = !isOpen(situation) && state.status === "resolved";
  if (isAtRest && heard.heard > state.heard) return true;
  return heard.answers.length > 0 || !sameJson(heard.snooze, state.snooze);
}

/** A comment, unless the issue is snoozed. */
function aloud(situation: Situation, comment: NonNullable<Wanted["comment"]>): Pick<Wanted, "comment"> {
  return isSnoozed(situation) ? {} : { comment };
}

/** What the history says of a snooze that began or was lifted. */
function snoozing({ heard, known }: Situation): NonNullable<Wanted["events"]> {
  const before = known?.state.snooze ?? null;
  if (heard.snooze !== null && heard.snooze.until !== before?.until)
    return [{ kind: "snoozed", ...heard.snooze }];
  return before !== null && heard.snooze === null ? [{ kind: "unsnoozed" }] : [];
}

function stateOf({ known }: Situation) {
  if (known === null) throw new RangeError("There is no issue");
  return known.state;
}

function issueOf({ known }: Situation) {
  if (known === null) throw new RangeError("There is no issue");
  return known.issue;
}

function isOpen({ known }: Situation): boolean {
  return known?.issue.state === "open";
}

function differs({ standing }: Situation): boolean {
  return standing.kind === "differs";
}

function hasNews({ happenings }: Situation): boolean {
  return happenings.some(isNews);
}

function isSnoozed({ heard }: Situation): boolean {
  return heard.snooze !== null;
}

/** By a command, or by a person who closed the issue as anything but completed. */
function isAccepted(situation: Situation): boolean {
  const reason = issueOf(situation).stateReason;
  return stateOf(situation).status === "accepted" || reason === "not_planned" || reason === "duplicate";
}
