import { grouped } from "../elide.ts";
import { markdownPhrase } from "../markdown-phrase.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import type { IssueResult } from "./issue-result.ts";
import { WHOLE_CLUSTER } from "./issue-state.ts";

const MOST_SHOWN = 100;

type Outcome = IssueResult["outcome"];

/** Worth a line each; what is unchanged is counted. */
const TOLD: readonly Outcome[] = ["failed", "opened", "reopened", "updated", "closed", "merged", "left"];

const WORDS: Readonly<Record<Outcome, string>> = {
  failed: "❌ could not be written",
  opened: "🆕 opened",
  reopened: "🔁 reopened",
  updated: "✏️ updated",
  closed: "✅ closed",
  merged: "✅ closed as a duplicate",
  left: "left as it is",
  unchanged: "unchanged",
  waiting: "not found often enough yet",
  "beyond-limit": "beyond the limit of this run",
};

/** What a run did to the issues, as Markdown for its summary. */
export function issuesSummary(issues: readonly IssueResult[]): string {
  const told = TOLD.flatMap((outcome) => issues.filter((issue) => issue.outcome === outcome));
  const shown = told.slice(0, MOST_SHOWN);
  const left = told.length - shown.length;
  return [
    "### Drift issues",
    ...(shown.length === 0 ? [] : [shown.map((issue) => `- ${markdownPhrase(issueLine(issue))}`).join("\n")]),
    ...(left === 0 ? [] : [`_${grouped(left)} more are left out here._`]),
    counts(issues),
  ].join("\n\n");
}

/** What a run did to one issue. */
export function issueLine({ outcome, subject, number, url, why }: IssueResult): Phrase {
  const name = subject === WHOLE_CLUSTER ? "the whole cluster" : subject;
  const issue = number === null ? [] : say` ${value(`#${number}`, safe(url))}`;
  return say`${own(WORDS[outcome])}${issue}: ${value(name)}${why === null ? [] : say`, as ${why}`}`;
}

function safe(url: string | null): string | null {
  return url !== null && /^https?:\/\/[^\s()<>"]+$/.test(url) ? url : null;
}

/** What waits is said, and why: nothing is left out without a word. */
function counts(issues: readonly IssueResult[]): string {
  const count = (outcome: Outcome) => issues.filter((issue) => issue.outcome === outcome).length;
  const sentences = [
    [count("unchanged"), "unchanged"],
    [count("waiting"), "not found in enough audits in a row yet"],
    [
      count("beyond-limit"),
      "waiting for the next run, as one run opens no more issues; the worst came first",
    ],
  ] as const;
  const told = sentences.flatMap(([many, words]) => (many === 0 ? [] : [`${grouped(many)} ${words}`]));
  return told.length === 0 ? `${grouped(issues.length)} in all.` : `${told.join("; ")}.`;
}
