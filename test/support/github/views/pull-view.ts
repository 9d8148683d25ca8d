import type { Issue, Pull, PullFile, Repository, Review } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { associationOf } from "./association.ts";
import { commonView } from "./issue-view.ts";
import { apiOf, htmlOf, repositoryView } from "./repository-view.ts";
import { userOrNull, userView } from "./user-view.ts";

export type PullRequest = Issue & { readonly pull: Pull };

/** A pull request as lists show it. */
export function pullView(world: World, repository: Repository, request: PullRequest) {
  const { pull } = request;
  const url = `${apiOf(world, repository)}/pulls/${request.number}`;
  const html = `${htmlOf(world, repository)}/pull/${request.number}`;
  return {
    ...commonView(world, repository, request),
    node_id: `PR_${request.id}`,
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    ...flatLinks(world, repository, request),
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    draft: pull.draft,
    requested_reviewers: [],
    requested_teams: [],
    head: sideView(world, repository, pull.head, pull.head.fork),
    base: sideView(world, pull.base.repository ?? repository, pull.base, null),
    _links: halLinks(url, html, flatLinks(world, repository, request)),
    auto_merge: null,
  };
}

/** A pull request as it is shown alone: with who merged it and its counts. */
export function wholePullView(
  world: World,
  repository: Repository,
  request: PullRequest,
  files: readonly PullFile[],
) {
  const sum = (count: (file: PullFile) => number) => files.reduce((total, file) => total + count(file), 0);
  const merged = request.pull.mergedAt !== null;
  return {
    ...pullView(world, repository, request),
    merged,
    mergeable: merged ? null : true,
    rebaseable: merged ? null : true,
    mergeable_state: merged ? "unknown" : "clean",
    merged_by: userOrNull(world, request.pull.mergedBy),
    comments: [...repository.comments.values()].filter(({ issue }) => issue === request.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: request.pull.commits.length,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    changed_files: files.length,
  };
}

export function reviewView(world: World, repository: Repository, request: PullRequest, review: Review) {
  const api = `${apiOf(world, repository)}/pulls/${request.number}`;
  const html = `${htmlOf(world, repository)}/pull/${request.number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userView(world, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: api,
    _links: { html: { href: html }, pull_request: { href: api } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: associationOf(repository, review.user),
  };
}

function sideView(
  world: World,
  repository: Repository,
  side: { ref: string; sha: string },
  fork: string | null,
) {
  const owner = fork === null ? repository.owner : world.users.get(fork);
  const repo = repositoryView(world, fork === null ? repository : { ...repository, owner });
  return {
    label: `${owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: userView(world, owner),
    repo: { ...repo, fork: fork !== null },
  };
}

function flatLinks(world: World, repository: Repository, request: PullRequest) {
  const api = apiOf(world, repository);
  const url = `${api}/pulls/${request.number}`;
  return {
    issue_url: `${api}/issues/${request.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${request.number}/comments`,
    statuses_url: `${api}/statuses/${request.pull.head.sha}`,
  };
}

function halLinks(self: string, html: string, flat: ReturnType<typeof flatLinks>) {
  return {
    self: { href: self },
    html: { href: html },
    issue: { href: flat.issue_url },
    comments: { href: flat.comments_url },
    review_comments: { href: flat.review_comments_url },
    review_comment: { href: flat.review_comment_url },
    commits: { href: flat.commits_url },
    statuses: { href: flat.statuses_url },
  };
}
