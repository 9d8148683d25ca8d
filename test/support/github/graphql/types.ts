import { pullsWith } from "../operations/commits.ts";
import { isPull } from "../operations/operation.ts";
import { may, maySee, type Need } from "../state/caller.ts";
import { type Commit, findCommit, type Signature } from "../state/commits.ts";
import type { Issue, IssueEvent, Repository, Review } from "../state/repository.ts";
import type { User } from "../state/users.ts";
import type { PullRequest } from "../views/pull-view.ts";
import { fullName, htmlOf } from "../views/repository-view.ts";
import { userView } from "../views/user-view.ts";
import { type Context, GraphqlError, type ObjectType } from "./type.ts";

interface In<T> {
  readonly repository: Repository;
  readonly it: T;
}

const QUERY: ObjectType<null> = {
  fields: {
    repository: {
      type: "Repository",
      args: ["owner", "name", "followRenames"],
      of: (_, { owner, name }, context) => findRepository(`${owner}/${name}`, context),
    },
    viewer: { type: "User", of: (_, __, { token }) => token.user },
    rateLimit: { type: "RateLimit", of: () => ({}) },
  },
};

const RATE_LIMIT: ObjectType = {
  fields: {
    limit: { of: () => 5000 },
    cost: { of: () => 1 },
    remaining: { of: () => 4999 },
    resetAt: { of: () => new Date(Date.now() + 3_600_000).toISOString() },
  },
};

const REPOSITORY: ObjectType<Repository> = {
  fields: {
    id: { of: (repository) => `R_${repository.id}` },
    nameWithOwner: { of: fullName },
    url: { of: (repository, _, { world }) => htmlOf(world, repository) },
    defaultBranchRef: { type: "Ref", of: ({ defaultBranch }) => ({ name: defaultBranch }) },
    object: { type: "GitObject", args: ["oid", "expression"], of: findObject },
    pullRequest: { type: "PullRequest", args: ["number"], of: findPull },
    issue: { type: "Issue", args: ["number"], of: findIssue },
  },
};

const COMMIT: ObjectType<In<Commit>> = {
  fields: {
    id: { of: ({ it }) => `C_${it.sha}` },
    oid: { of: ({ it }) => it.sha },
    abbreviatedOid: { of: ({ it }) => it.sha.slice(0, 7) },
    message: { of: ({ it }) => it.message },
    messageHeadline: { of: ({ it }) => it.message.split("\n")[0] },
    authoredDate: { of: ({ it }) => it.author.date },
    committedDate: { of: ({ it }) => it.committer.date },
    url: { of: ({ repository, it }, _, { world }) => `${htmlOf(world, repository)}/commit/${it.sha}` },
    author: { type: "GitActor", of: ({ it }) => it.author },
    committer: { type: "GitActor", of: ({ it }) => it.committer },
    authors: { type: "GitActor", connection: true, of: ({ it }) => [it.author, ...coAuthors(it)] },
    associatedPullRequests: {
      type: "PullRequest",
      connection: true,
      args: ["orderBy"],
      of: async ({ repository, it }, _, context) => {
        require(context, repository, ["pull_requests", "read"]);
        return (await pullsWith(repository, it.sha)).map((request) => ({ repository, it: request }));
      },
    },
  },
};

const GIT_ACTOR: ObjectType<Signature> = {
  fields: {
    name: { of: ({ name }) => name },
    email: { of: ({ email }) => email },
    date: { of: ({ date }) => date },
    // A commit's bot keeps its "[bot]" here, while an Actor's login goes without it.
    user: { type: "User", of: ({ email }, _, { world }) => world.users.byEmail(email) },
  },
};

const USER: ObjectType<User> = {
  fields: {
    id: { of: ({ id }) => `U_${id}` },
    databaseId: { of: ({ id }) => id },
    login: { of: ({ login }) => login },
    name: { of: ({ name }) => name },
    url: { of: (user, _, { world }) => userView(world, user).html_url },
    avatarUrl: { args: ["size"], of: (user, _, { world }) => userView(world, user).avatar_url },
  },
};

const BOT: ObjectType<User> = {
  fields: {
    id: USER.fields.id ?? { of: () => null },
    login: { of: ({ login }) => login.replace(/\[bot\]$/, "") },
    url: { of: (user, _, { world }) => userView(world, user).html_url },
    avatarUrl: { args: ["size"], of: (user, _, { world }) => userView(world, user).avatar_url },
  },
};

const PULL_REQUEST: ObjectType<In<PullRequest>> = {
  fields: {
    id: { of: ({ it }) => `PR_${it.id}` },
    number: { of: ({ it }) => it.number },
    title: { of: ({ it }) => it.title },
    body: { of: ({ it }) => it.body ?? "" },
    url: { of: ({ repository, it }, _, { world }) => `${htmlOf(world, repository)}/pull/${it.number}` },
    state: { of: ({ it }) => (it.pull.mergedAt === null ? it.state.toUpperCase() : "MERGED") },
    merged: { of: ({ it }) => it.pull.mergedAt !== null },
    mergedAt: { of: ({ it }) => it.pull.mergedAt },
    isDraft: { of: ({ it }) => it.pull.draft },
    baseRefName: { of: ({ it }) => it.pull.base.ref },
    headRefName: { of: ({ it }) => it.pull.head.ref },
    headRefOid: { of: ({ it }) => it.pull.head.sha },
    author: { type: "Actor", of: ({ it }) => it.user },
    mergedBy: { type: "Actor", of: ({ it }) => it.pull.mergedBy },
    mergeCommit: { type: "Commit", of: ({ repository, it }) => commitIn(repository, it.pull.mergeCommit) },
    commits: {
      type: "PullRequestCommit",
      connection: true,
      of: ({ repository, it }) => it.pull.commits.map((sha) => ({ repository, sha })),
    },
    repository: { type: "Repository", of: ({ repository }) => repository },
    baseRepository: { type: "Repository", of: ({ repository, it }) => it.pull.base.repository ?? repository },
    reviews: { type: "PullRequestReview", connection: true, args: ["states", "author"], of: reviewsOf },
    latestReviews: {
      type: "PullRequestReview",
      connection: true,
      args: ["writersOnly"],
      of: (source) => latest(source, ["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]),
    },
    latestOpinionatedReviews: {
      type: "PullRequestReview",
      connection: true,
      args: ["writersOnly"],
      of: (source) => latest(source, ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"]),
    },
  },
};

const PULL_REQUEST_COMMIT: ObjectType<{ readonly repository: Repository; readonly sha: string }> = {
  fields: { commit: { type: "Commit", of: ({ repository, sha }) => commitIn(repository, sha) } },
};

const REF: ObjectType<{ readonly name: string }> = { fields: { name: { of: ({ name }) => name } } };

const ISSUE: ObjectType<Issue> = {
  fields: {
    id: { of: ({ id }) => `I_${id}` },
    number: { of: ({ number }) => number },
    timelineItems: {
      type: "IssueTimelineItems",
      connection: true,
      args: ["itemTypes", "since", "skip"],
      of: ({ events }, { itemTypes }) =>
        events.filter(({ event }) => !Array.isArray(itemTypes) || itemTypes.includes(TIMELINE[event].item)),
    },
  },
};

/** What the events are called on an issue's timeline. */
const TIMELINE: Readonly<Record<IssueEvent["event"], { readonly item: string; readonly type: string }>> = {
  labeled: { item: "LABELED_EVENT", type: "LabeledEvent" },
  unlabeled: { item: "UNLABELED_EVENT", type: "UnlabeledEvent" },
  assigned: { item: "ASSIGNED_EVENT", type: "AssignedEvent" },
  unassigned: { item: "UNASSIGNED_EVENT", type: "UnassignedEvent" },
  renamed: { item: "RENAMED_TITLE_EVENT", type: "RenamedTitleEvent" },
  closed: { item: "CLOSED_EVENT", type: "ClosedEvent" },
  reopened: { item: "REOPENED_EVENT", type: "ReopenedEvent" },
};

const TIMELINE_EVENT: ObjectType<IssueEvent> = {
  fields: {
    id: { of: ({ id }) => `E_${id}` },
    createdAt: { of: ({ createdAt }) => createdAt },
    actor: { type: "Actor", of: ({ actor }) => actor },
  },
};

const REVIEW: ObjectType<In<Review>> = {
  fields: {
    id: { of: ({ it }) => `PRR_${it.id}` },
    state: { of: ({ it }) => it.state },
    body: { of: ({ it }) => it.body },
    submittedAt: { of: ({ it }) => it.submittedAt },
    author: { type: "Actor", of: ({ it }) => it.user },
    commit: { type: "Commit", of: ({ repository, it }) => commitIn(repository, it.commit) },
  },
};

/** The types of GitHub's GraphQL schema that are known here, by name. */
export const TYPES: Readonly<Record<string, ObjectType>> = {
  Query: QUERY,
  RateLimit: RATE_LIMIT,
  Repository: REPOSITORY,
  GitObject: { fields: pick(COMMIT, ["id", "oid", "abbreviatedOid"]), typeOf: () => "Commit" },
  Commit: COMMIT,
  GitActor: GIT_ACTOR,
  User: USER,
  Bot: BOT,
  Organization: USER,
  Actor: { fields: pick(USER, ["login", "url", "avatarUrl"]), typeOf: (user) => (user as User).type },
  PullRequest: PULL_REQUEST,
  PullRequestReview: REVIEW,
  PullRequestCommit: PULL_REQUEST_COMMIT,
  Ref: REF,
  Issue: ISSUE,
  IssueTimelineItems: { fields: {}, typeOf: (event) => TIMELINE[(event as IssueEvent).event].type },
  ...Object.fromEntries(Object.values(TIMELINE).map(({ type }) => [type, TIMELINE_EVENT])),
};

function pick<S>(type: ObjectType<S>, names: readonly string[]): ObjectType<S>["fields"] {
  return Object.fromEntries(Object.entries(type.fields).filter(([name]) => names.includes(name)));
}

function findRepository(name: string, { world, token }: Context): Repository {
  const repository = world.repository(name);
  if (repository === undefined || !maySee(token, repository)) {
    throw new GraphqlError("NOT_FOUND", `Could not resolve to a Repository with the name '${name}'.`);
  }
  return repository;
}

function findObject(repository: Repository, { oid, expression }: Record<string, unknown>, context: Context) {
  require(context, repository, ["contents", "read"]);
  return commitIn(repository, String(oid ?? expression));
}

function findPull(repository: Repository, { number }: Record<string, unknown>, context: Context) {
  require(context, repository, ["pull_requests", "read"]);
  const issue = repository.issues.get(Number(number));
  if (issue === undefined || !isPull(issue)) {
    throw new GraphqlError("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
  }
  return { repository, it: issue };
}

function findIssue(repository: Repository, { number }: Record<string, unknown>, context: Context): Issue {
  require(context, repository, ["issues", "read"]);
  const issue = repository.issues.get(Number(number));
  if (issue === undefined || isPull(issue)) {
    throw new GraphqlError("NOT_FOUND", `Could not resolve to an Issue with the number of ${number}.`);
  }
  return issue;
}

async function commitIn(repository: Repository, sha: string | null): Promise<In<Commit> | null> {
  const commit = sha === null ? null : await findCommit(repository, sha);
  return commit === null ? null : { repository, it: commit };
}

function coAuthors({ message, author }: Commit): Signature[] {
  return [...message.matchAll(/^co-authored-by:\s*(.+?)\s*<([^<>\s]+)>\s*$/gim)].map(
    ([, name = "", email = ""]) => ({ name, email, date: author.date }),
  );
}

function reviewsOf({ repository, it }: In<PullRequest>, { states }: Record<string, unknown>) {
  const wanted = Array.isArray(states) ? states : null;
  return it.pull.reviews
    .filter(({ state }) => wanted === null || wanted.includes(state))
    .map((review) => ({ repository, it: review }));
}

/** The last review of each reviewer. */
function latest(source: In<PullRequest>, states: readonly string[]) {
  const byReviewer = new Map(reviewsOf(source, { states }).map((review) => [review.it.user.login, review]));
  return [...byReviewer.values()];
}

function require(context: Context, repository: Repository, need: Need): void {
  if (!may(context.token, repository, [need])) {
    throw new GraphqlError("FORBIDDEN", "Resource not accessible by integration");
  }
}
