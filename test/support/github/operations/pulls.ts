import { list, ok } from "../http/answer.ts";
import { filesBetween, findCommit } from "../state/commits.ts";
import type { PullFile } from "../state/repository.ts";
import { commitView, fileView } from "../views/commit-view.ts";
import { type PullRequest, pullView, reviewView, wholePullView } from "../views/pull-view.ts";
import { isPull, type Operations, pullOf, type RepositoryCall } from "./operation.ts";

export const PULLS: Operations = {
  "pulls/list": { needs: [["pull_requests", "read"]], run: listPulls },
  "pulls/get": { needs: [["pull_requests", "read"]], run: getPull },
  "pulls/list-files": { needs: [["pull_requests", "read"]], run: listFiles },
  "pulls/list-commits": { needs: [["pull_requests", "read"]], run: listCommits },
  "pulls/list-reviews": { needs: [["pull_requests", "read"]], run: listReviews },
};

function listPulls(call: RepositoryCall) {
  const { state = "open", head, base } = call.query as { state?: string; head?: string; base?: string };
  const found = [...call.repository.issues.values()]
    .filter(isPull)
    .filter((request) => state === "all" || request.state === state)
    .filter(({ pull }) => base === undefined || pull.base.ref === base)
    .filter(
      ({ pull }) =>
        head === undefined || head === `${pull.head.fork ?? call.repository.owner.login}:${pull.head.ref}`,
    );
  const sorted = found.sort((left, right) => right.number - left.number);
  return list(sorted.map((request) => pullView(call.world, call.repository, request)));
}

async function getPull(call: RepositoryCall) {
  const request = pullOf(call);
  return ok(wholePullView(call.world, call.repository, request, await filesOfPull(call, request)));
}

async function listFiles(call: RepositoryCall) {
  const request = pullOf(call);
  const files = await filesOfPull(call, request);
  return list(files.map((file) => fileView(call.world, call.repository, request.pull.head.sha, file)));
}

async function listCommits(call: RepositoryCall) {
  const { world, repository } = call;
  const commits = await Promise.all(pullOf(call).pull.commits.map((sha) => findCommit(repository, sha)));
  return list(
    commits.filter((commit) => commit !== null).map((commit) => commitView(world, repository, commit)),
  );
}

/** Oldest first, as GitHub lists them. */
function listReviews(call: RepositoryCall) {
  const request = pullOf(call);
  return list(request.pull.reviews.map((review) => reviewView(call.world, call.repository, request, review)));
}

async function filesOfPull(call: RepositoryCall, { pull }: PullRequest): Promise<readonly PullFile[]> {
  return pull.files ?? (await filesBetween(call.repository, pull.base.sha, pull.head.sha));
}
