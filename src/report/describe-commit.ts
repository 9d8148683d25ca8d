import type { ReportedCommit, ReportedPerson } from "./audit-report.ts";
import { describeTime } from "./describe-time.ts";
import { elide } from "./elide.ts";
import { isUncommitted, type Links } from "./links.ts";
import { listed, own, type Phrase, say, value } from "./phrase.ts";

/** In characters; a commit may hold texts of any length. */
const MAX_SUBJECT = 160;
const MAX_NAME = 100;

export interface Telling {
  /** null where ages are left out. */
  readonly now: Date | null;
  readonly links: Links;
}

/** `Ann Lee <ann@example.com>, with Bo Chen <bo@example.com>`. */
export function describeAuthors(commit: ReportedCommit): Phrase {
  const author = describePerson(commit.author);
  if (commit.coAuthors.length === 0) return author;
  return say`${author}, with ${listed(commit.coAuthors.map(describePerson))}`;
}

/** `commit 1a2b3c4 "web: retry" in pull request #12, merged by cyd, approved by eve`. */
export function describeChange(commit: ReportedCommit, { links }: Telling): Phrase {
  if (isUncommitted(commit.sha)) return say`changes in the work tree that are not committed yet`;
  const ref = commit.ref === null ? [] : say` on ${value(commit.ref)}`;
  const subject = commit.subject === "" ? [] : say` “${elide(commit.subject, MAX_SUBJECT)}”`;
  const text = say`commit ${value(shortSha(commit.sha), links.commit(commit.sha))}${subject}${ref}`;
  return [...text, ...describePullRequest(commit, links)];
}

/** Author time; the committer's too where a rebase or a late merge moved it to another day. */
export function describeCommitTime(commit: ReportedCommit, { now }: Telling): Phrase {
  const authored = own(describeTime(commit.authoredAt, now));
  const isSameDay = commit.authoredAt.slice(0, 10) === commit.committedAt.slice(0, 10);
  if (isSameDay) return [authored];
  return say`written ${authored}, committed ${own(describeTime(commit.committedAt, now))}`;
}

/** All of a commit in one phrase. */
export function describeCommit(commit: ReportedCommit, telling: Telling): Phrase {
  const change = describeChange(commit, telling);
  if (isUncommitted(commit.sha)) return change;
  return say`${change} by ${describeAuthors(commit)}, ${describeCommitTime(commit, telling)}`;
}

export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

function describePerson(person: ReportedPerson): Phrase {
  const login = person.login === null ? [] : say` (${value(person.login)})`;
  const name = elide(person.name, MAX_NAME);
  const email = value(elide(person.email, MAX_NAME));
  if (name === "") return person.email === "" ? say`unknown` : [email, ...login];
  return person.email === "" ? say`${name}${login}` : say`${name} <${email}>${login}`;
}

function describePullRequest(commit: ReportedCommit, links: Links): Phrase {
  const pullRequest = commit.pullRequest;
  if (pullRequest === null) return [];
  const link = value(`#${pullRequest.number}`, links.pullRequest(pullRequest.number));
  const merged = pullRequest.mergedBy === null ? [] : say`, merged by ${value(pullRequest.mergedBy)}`;
  const approvers = pullRequest.approvedBy.map((login) => [value(login)]);
  const approved = approvers.length === 0 ? [] : say`, approved by ${listed(approvers)}`;
  return say` in pull request ${link}${merged}${approved}`;
}
