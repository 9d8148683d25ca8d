import { type CommitDetails, type Person, UNCOMMITTED } from "../../model/commit.ts";
import type { CommitGraph } from "../../model/commit-graph.ts";
import type { GitRepository } from "./git-repository.ts";
import { type LoggedDetails, readDetails } from "./log-details.ts";
import { mailmapOf, mapPeople, parsePerson } from "./mailmap.ts";
import { type Ancestry, ancestryOf, mergesOf, parseAncestry } from "./merges-of.ts";
import {
  locatePullRequest,
  type NamedPullRequest,
  pullRequestOfMerge,
  pullRequestOfSquash,
} from "./pull-request.ts";

export interface DescribeOptions {
  /** The audited commit: its .mailmap counts, and the merges that lead to it. */
  readonly head: string;
  /** When the description is made: the date of what is not committed. */
  readonly now: Date;
  /** A graph that holds the head's history, where one has been read. */
  readonly graph: CommitGraph | null;
  /** Gets blobs that a partial clone lacks. */
  readonly ensureBlobs: (blobs: readonly string[]) => Promise<void>;
  /** "" where there is no origin. */
  readonly originUrl: () => Promise<string>;
}

/**
 * Who wrote commits, when, and through which pull request they came.
 *
 * @param shas {@link UNCOMMITTED} stands for the work tree.
 * @returns In the order asked for.
 */
export async function describeCommits(
  repository: GitRepository,
  shas: readonly string[],
  options: DescribeOptions,
): Promise<readonly CommitDetails[]> {
  const { head, now, ensureBlobs } = options;
  const committed = [...new Set(shas)].filter((sha) => sha !== UNCOMMITTED);
  if (committed.length === 0) return shas.map(() => notCommitted(now));
  const mailmap = await mailmapOf(repository, head);
  if (mailmap !== null) await ensureBlobs([mailmap]);
  const details = await readDetails(repository, mailmap, committed);
  const coAuthors = await readCoAuthors(repository, mailmap, details);
  const pullRequests = await findPullRequests(repository, details, options);
  const described = new Map(
    details.map((commit): [string, CommitDetails] => [
      commit.sha,
      {
        sha: commit.sha,
        author: commit.author,
        coAuthors: coAuthors.get(commit.sha) ?? [],
        authoredAt: commit.authoredAt,
        committedAt: commit.committedAt,
        subject: commit.subject,
        pullRequest: pullRequests.get(commit.sha) ?? null,
      },
    ]),
  );
  return shas.flatMap((sha) => (sha === UNCOMMITTED ? notCommitted(now) : (described.get(sha) ?? [])));
}

function notCommitted(now: Date): CommitDetails {
  const at = `${now.toISOString().slice(0, 19)}Z`;
  return {
    sha: UNCOMMITTED,
    author: { name: "Not committed yet", email: "", login: null },
    coAuthors: [],
    authoredAt: at,
    committedAt: at,
    subject: "Uncommitted changes in the work tree",
    pullRequest: null,
  };
}

/** `Co-authored-by:` trailers; whoever is the author too is no co-author. */
async function readCoAuthors(
  repository: GitRepository,
  mailmap: string | null,
  commits: readonly LoggedDetails[],
): Promise<Map<string, Person[]>> {
  const named = commits.flatMap(({ sha, author, coAuthors }) =>
    coAuthors.flatMap((text) => {
      const person = parsePerson(text);
      return person === null ? [] : [{ sha, author, person }];
    }),
  );
  const mapped = await mapPeople(
    repository,
    mailmap,
    named.map(({ person }) => person),
  );
  const found = new Map<string, Person[]>();
  for (const [index, { sha, author }] of named.entries()) {
    const person = mapped[index];
    const already = found.get(sha) ?? [];
    if (person === undefined || [author, ...already].some((other) => isSame(other, person))) continue;
    found.set(sha, [...already, person]);
  }
  return found;
}

function isSame(left: Person, right: Person): boolean {
  return left.email === "" && right.email === ""
    ? left.name === right.name
    : left.email.toLowerCase() === right.email.toLowerCase();
}

/**
 * GitHub itself commits a squash merge, so there the subject's number is its pull request. Elsewhere a number in the
 * subject may be an issue's, and the merge that brought the commit knows better, the outermost that names one.
 */
async function findPullRequests(
  repository: GitRepository,
  commits: readonly LoggedDetails[],
  { head, graph, originUrl }: DescribeOptions,
) {
  const ancestry = graph === null ? await readAncestry(repository, head) : ancestryOf(graph);
  const mergesTo = mergesOf(ancestry, head);
  const merges = new Map(commits.map(({ sha }) => [sha, mergesTo(sha)]));
  const messages = await readDetails(repository, null, [...new Set([...merges.values()].flat())]);
  const named = new Map(messages.map(({ sha, subject, body }) => [sha, pullRequestOfMerge(subject, body)]));
  const remoteUrl = await originUrl();
  return new Map(
    commits.flatMap((commit) => {
      const fromMerge = (merges.get(commit.sha) ?? []).map((merge) => named.get(merge) ?? null);
      const found = choosePullRequest(commit, fromMerge);
      return found === null ? [] : [[commit.sha, locatePullRequest(found, remoteUrl)] as const];
    }),
  );
}

async function readAncestry(repository: GitRepository, head: string): Promise<Ancestry> {
  const answer = await repository.run(["rev-list", "--parents", head, "--"]);
  return parseAncestry(answer.toString("latin1"));
}

function choosePullRequest(
  commit: LoggedDetails,
  fromMerges: readonly (NamedPullRequest | null)[],
): NamedPullRequest | null {
  const own = commit.isMerge ? pullRequestOfMerge(commit.subject, commit.body) : null;
  const squash = pullRequestOfSquash(commit.subject);
  if (own !== null) return own;
  if (squash !== null && commit.committerEmail === "noreply@github.com") return squash;
  return fromMerges.find((each) => each !== null) ?? squash;
}
