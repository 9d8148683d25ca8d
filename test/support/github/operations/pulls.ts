import { created, invalid, list, ok, Refusal } from "../http/answer.ts";
import { addPull } from "../state/add-pull.ts";
import { commitsIn, filesBetween, findCommit } from "../state/commits.ts";
import type { PullFile } from "../state/repository.ts";
import { commitView, fileView } from "../views/commit-view.ts";
import { type PullRequest, pullView, reviewView, wholePullView } from "../views/pull-view.ts";
import { callerOf, isPull, type Operations, pullOf, type RepositoryCall } from "./operation.ts";
import { checkBodyText, checkTitle } from "./text-limits.ts";

export const PULLS: Operations = {
  "pulls/create": { needs: [["pull_requests", "write"]], run: createPull },
  "pulls/list": { needs: [["pull_requests", "read"]], run: listPulls },
  "pulls/get": { needs: [["pull_requests", "read"]], run: getPull },
  "pulls/list-files": { needs: [["pull_requests", "read"]], run: listFiles },
  "pulls/list-commits": { needs: [["pull_requests", "read"]], run: listCommits },
  "pulls/list-reviews": { needs: [["pull_requests", "read"]], run: listReviews },
};

interface PullBody {
  readonly title: string;
  readonly head: string;
  readonly base: string;
  readonly body?: string;
}

/** Both branches have to be there, apart from each other, and without a pull request that is open. */
async function createPull(call: RepositoryCall) {
  const { world, repository } = call;
  const { title, head, base, body } = call.body as PullBody;
  checkTitle(title);
  checkBodyText("PullRequest", body);
  for (const [field, branch] of Object.entries({ head, base })) {
    if ((await findCommit(repository, `refs/heads/${branch}`)) === null)
      throw new Refusal(invalid({ resource: "PullRequest", field, code: "invalid" }));
  }
  const isSame = ({ state, pull }: PullRequest) =>
    state === "open" && pull.head.ref === head && pull.base.ref === base;
  if ([...repository.issues.values()].filter(isPull).some(isSame))
    refuse(`A pull request already exists for ${repository.owner.login}:${head}.`);
  if ((await commitsIn(repository, `refs/heads/${base}..refs/heads/${head}`)).length === 0)
    refuse(`No commits between ${base} and ${head}`);
  const input = { title, head, base, author: callerOf(call).login };
  const request = await addPull(world, repository, body === undefined ? input : { ...input, body });
  if (!isPull(request)) throw new Error("An issue was made");
  return created(wholePullView(world, repository, request, await filesOfPull(call, request)));
}

function refuse(message: string): never {
  throw new Refusal(invalid({ resource: "PullRequest", code: "custom", message }));
}

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
