import { commitsIn, findCommit, mergeBase } from "./commits.ts";
import type { Issue, Pull, PullFile, Repository, Review } from "./repository.ts";
import type { World } from "./world.ts";
import { nextNumber } from "./world.ts";

export interface PullInput {
  readonly title: string;
  readonly author: string;
  /** The branch or commit to merge. */
  readonly head: string;
  /** The default branch unless given. */
  readonly base?: string;
  /** The next free number unless given. */
  readonly number?: number;
  readonly body?: string;
  readonly draft?: boolean;
  /** The owner of the fork that it comes from. */
  readonly fork?: string;
  /** Instead of those that Git tells. */
  readonly commits?: readonly string[];
  readonly files?: readonly PullFile[];
  readonly reviews?: readonly { readonly user: string; readonly state: Review["state"] }[];
  /** Closed by merging; `commit` is what the base got: the merge commit or the squashed one. */
  readonly merged?: { readonly by: string; readonly commit: string };
}

/** Open a pull request as its author would, in whatever state the test needs it. */
export async function addPull(world: World, repository: Repository, input: PullInput): Promise<Issue> {
  const pull = await pullFrom(world, repository, input);
  const now = world.now();
  const issue: Issue = {
    id: world.nextId(),
    number: input.number ?? nextNumber(repository),
    user: world.users.get(input.author),
    createdAt: now,
    updatedAt: now,
    listedAtMs: 0,
    indexedAtMs: 0,
    title: input.title,
    body: input.body ?? null,
    state: input.merged === undefined ? "open" : "closed",
    stateReason: null,
    labels: [],
    assignees: [],
    closedAt: pull.mergedAt,
    closedBy: pull.mergedBy,
    events: [],
    pull,
  };
  repository.issues.set(issue.number, issue);
  return issue;
}

async function pullFrom(world: World, repository: Repository, input: PullInput): Promise<Pull> {
  const base = input.base ?? repository.defaultBranch;
  const head = await shaOf(repository, input.head);
  const from = (await mergeBase(repository, await beforeMerge(repository, input, base), head)) ?? head;
  const commits = input.commits ?? (await commitsIn(repository, `${from}..${head}`)).map(({ sha }) => sha);
  return {
    head: { ref: input.head, sha: head, fork: input.fork ?? null },
    base: { ref: base, sha: from },
    draft: input.draft ?? false,
    commits,
    files: input.files ?? null,
    reviews: (input.reviews ?? []).map(({ user, state }) => ({
      id: world.nextId(),
      user: world.users.get(user),
      state,
      body: "",
      commit: head,
      submittedAt: world.now(),
    })),
    mergedAt: input.merged === undefined ? null : world.now(),
    mergedBy: input.merged === undefined ? null : world.users.get(input.merged.by),
    mergeCommit: input.merged?.commit ?? null,
  };
}

/** The base as it was: after the merge it holds the pull request's own commits. */
async function beforeMerge(repository: Repository, { merged }: PullInput, base: string): Promise<string> {
  if (merged === undefined) return base;
  return (await findCommit(repository, merged.commit))?.parents[0] ?? base;
}

async function shaOf(repository: Repository, ref: string): Promise<string> {
  const commit = await findCommit(repository, ref);
  if (commit === null) throw new Error(`The repository has no ${ref}`);
  return commit.sha;
}
