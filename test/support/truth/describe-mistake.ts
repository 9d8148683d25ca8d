import type { ReportedDivergence } from "../../../src/report/audit-report.ts";
import { type Mistake, numberOf } from "./judge.ts";
import type { Story } from "./life.ts";
import type { TrueAnswer } from "./true-answer.ts";

/** All that is needed to understand a mistake: what was expected, what came, and the field's two timelines. */
export function describeMistake(story: Story, { mode, key, field, reasons, expected, got }: Mistake): string {
  return [
    `seed ${story.seed}, ${mode}: ${key} ${field || "(whole object)"}`,
    ...reasons.map((reason) => `  ! ${reason}`),
    `  expected ${expected === null ? "nothing" : describeAnswer(expected)}`,
    `  got      ${got === null ? "nothing" : describeReported(story, got)}`,
    ...(expected === null ? [] : timelines(story, expected)),
  ].join("\n");
}

function describeAnswer(answer: TrueAnswer): string {
  const list = (numbers: ReadonlySet<number>) => `{${[...numbers].join(",")}}`;
  const claim = ({ required, allowed }: TrueAnswer["commits"]) => `${list(required)} of ${list(allowed)}`;
  const { verdict, commits, conflict, actor, matches, causes } = answer;
  return `${answer.change} ${verdict} commits ${claim(commits)} conflict ${claim(conflict)} by ${actor?.user} matches ${list(matches)} causes ${list(causes)} refs ${[...answer.refs]}`;
}

function describeReported(story: Story, got: ReportedDivergence): string {
  const list = (commits: ReportedDivergence["commits"]) =>
    `{${commits.map(({ sha }) => numberOf(story, sha)).join(",")}}`;
  const actor =
    got.actor === null ? "nobody" : `${got.actor.user ?? got.actor.fieldManager} at ${got.actor.at}`;
  const matches = got.matchesCommit === null ? "nothing" : numberOf(story, got.matchesCommit.sha);
  return `${got.change} ${got.verdict} (${got.evidence}) commits ${list(got.commits)} conflict ${list(got.conflict)} by ${actor} matches ${matches} ref ${got.ref}\n           ${got.reason}`;
}

function timelines({ git, cluster }: Story, { key, probe }: TrueAnswer): string[] {
  const commits = git.commits
    .filter(({ number }) => git.isMover(number, key, probe))
    .map(({ number, subject, committedAt, author }) => {
      const where = git.mainline.includes(number)
        ? "main"
        : git.ancestors(git.head).has(number)
          ? "merged"
          : "elsewhere";
      return {
        at: committedAt * 1000,
        text: `git   ${number} (${where}, ${author.name}, ${subject}): ${git.text(number, key, probe)}`,
      };
    });
  const writes = cluster.writes(key).map((write) => ({
    at: write.from,
    text: `live  ${write.user.split(":").at(-1)} ${write.via}: ${probe.text(write.before)} -> ${probe.text(write.after)}`,
  }));
  return [...commits, ...writes]
    .sort((left, right) => left.at - right.at)
    .map(({ at, text }) => `  ${new Date(at).toISOString().slice(14, 23)} ${text}`);
}
