import { failure, list, notFound, ok } from "../http/answer.ts";
import { type Commit, commitsIn, filesBetween, findCommit, holds, mergeBase } from "../state/commits.ts";
import type { Repository } from "../state/repository.ts";
import { commitView, fileView } from "../views/commit-view.ts";
import { type PullRequest, pullView } from "../views/pull-view.ts";
import { apiOf, htmlOf } from "../views/repository-view.ts";
import { isPull, type Operations, type RepositoryCall } from "./operation.ts";

export const COMMITS: Operations = {
  "repos/get-commit": { needs: [["contents", "read"]], run: getCommit },
  "repos/list-pull-requests-associated-with-commit": {
    needs: [["pull_requests", "read"]],
    run: pullsOfCommit,
  },
  "repos/compare-commits-with-basehead": { needs: [["contents", "read"]], run: compare },
};

/**
 * For a commit on the default branch the merged pull requests that brought it; for any other all whose branch holds it.
 *
 * @see https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export async function pullsWith(repository: Repository, sha: string): Promise<PullRequest[]> {
  const pulls = [...repository.issues.values()].filter(isPull);
  if (pulls.length === 0) return [];
  const tip = await findCommit(repository, repository.defaultBranch);
  const isOnDefault = tip !== null && holds(repository, tip.sha, sha);
  return pulls.filter(({ pull }) => {
    if (pull.mergeCommit === sha || pull.commits.includes(sha)) return pull.mergedAt !== null || !isOnDefault;
    return !isOnDefault && holds(repository, pull.head.sha, sha);
  });
}

/** The files that a commit changed against its first parent. */
export async function filesOf(repository: Repository, commit: Commit) {
  const [parent] = commit.parents;
  return parent === undefined ? [] : filesBetween(repository, parent, commit.sha);
}

async function getCommit(call: RepositoryCall) {
  const { world, repository } = call;
  const ref = String(call.path.ref);
  const commit = await findCommit(repository, ref);
  if (commit === null) return failure(422, `No commit found for SHA: ${ref}`);
  const files = await filesOf(repository, commit);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return ok({
    ...commitView(world, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => fileView(world, repository, commit.sha, file)),
  });
}

async function pullsOfCommit(call: RepositoryCall) {
  const sha = String(call.path.commit_sha);
  const commit = await findCommit(call.repository, sha);
  if (commit === null) return failure(422, `No commit found for SHA: ${sha}`);
  return list(
    (await pullsWith(call.repository, commit.sha)).map((request) =>
      pullView(call.world, call.repository, request),
    ),
  );
}

async function compare(call: RepositoryCall) {
  const { world, repository } = call;
  const [baseRef = "", headRef = ""] = String(call.path.basehead).split("...");
  const [base, head] = await Promise.all([findCommit(repository, baseRef), findCommit(repository, headRef)]);
  const root = base && head && (await mergeBase(repository, base.sha, head.sha));
  const from = root ? await findCommit(repository, root) : null;
  if (base === null || head === null || from === null) return notFound();
  const ahead = await commitsIn(repository, `${base.sha}..${head.sha}`);
  const behind = await commitsIn(repository, `${head.sha}..${base.sha}`);
  const files = await filesBetween(repository, from.sha, head.sha);
  const url = `${apiOf(world, repository)}/compare/${baseRef}...${headRef}`;
  const html = `${htmlOf(world, repository)}/compare/${baseRef}...${headRef}`;
  return ok({
    url,
    html_url: html,
    permalink_url: `${htmlOf(world, repository)}/compare/${base.sha}...${head.sha}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitView(world, repository, base),
    merge_base_commit: commitView(world, repository, from),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.map((commit) => commitView(world, repository, commit)),
    files: files.map((file) => fileView(world, repository, head.sha, file)),
  });
}

function statusOf(ahead: number, behind: number): "diverged" | "ahead" | "behind" | "identical" {
  if (ahead > 0 && behind > 0) return "diverged";
  if (ahead > 0) return "ahead";
  return behind > 0 ? "behind" : "identical";
}
