import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLogFiles } from "../../../src/adapters/audit-log/audit-log-files.ts";
import { apiReader } from "../../../src/adapters/kubernetes/api-reader.ts";
import type { CommentSettings } from "../../../src/audit/pull-request/post-review.ts";
import type { PullRequestFacts } from "../../../src/audit/pull-request/pull-request-request.ts";
import { runPullRequest } from "../../../src/audit/pull-request/run-pull-request.ts";
import { writerPolicyOf } from "../../../src/audit/writers/writer-policy-of.ts";
import { NO_CONFIGURATION } from "../../../src/model/configuration.ts";
import { forgeAt, HASTY } from "../../adapters/github/support/forge.ts";
import { sampleGitHub } from "../../github-server/support/sample-github.ts";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import {
  type IngressParts,
  manifest,
  pullRequestOf,
  reviewPorts,
} from "../../support/pull-request/pull-request-world.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";

/**
 * A pull request from opened to merged: a real repository, a real API server with kubectl and its audit log, and a GitHub
 * that checks each request. What the comment foretells is then done, and looked at.
 */

const alice = { name: "Alice", email: "alice@example.com" };
const bob = { name: "Bob", email: "7+bob@users.noreply.github.com" };
const policy = writerPolicyOf({
  ...NO_CONFIGURATION,
  deployers: { builtIn: true, users: ["ci-deployer"], fieldManagers: [] },
});

const PATHS = { "/": "web", "/api": "api" };
const GUARDED = { "nginx.ingress.kubernetes.io/auth-url": "https://sso.example.com" };
const deployed: IngressParts = { paths: PATHS, annotations: GUARDED };
const proposed: IngressParts = { paths: { ...PATHS, "/new": "new" } };
const adopting: IngressParts = { paths: { ...PATHS, "/api": "hotfix", "/new": "new" } };

let cluster: TestCluster;
let server: GitHubServer;
let repository: TestRepository;
let pull: number;

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.createNamespace("shop");
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add web", author: alice, files: { "web.yaml": manifest(deployed) } });
  builder.branch("feature", "main");
  builder.commit({
    branch: "feature",
    message: "web: serve /new to everybody",
    author: bob,
    files: { "web.yaml": manifest(proposed) },
  });
  repository = await builder.write({ remotes: { origin: "https://github.com/acme/shop.git" } });
  server = await sampleGitHub({ gitDir: repository.dir });
  pull = (await server.addPull({ title: "serve /new", author: "bob", head: "feature" })).number;
  await deploy(deployed);
  // managedFields have no more than seconds: the hand's write is to be later than the deployment.
  await sleep(1_100);
  const hotfix = [
    { op: "replace", path: "/spec/rules/0/http/paths/1/backend/service/name", value: "hotfix" },
  ];
  const patch = ["patch", "ingress/web", "-n", "shop", "--type=json", "--patch", JSON.stringify(hotfix)];
  await cluster.kubectl("alice@example.com", patch);
});

afterAll(async () => {
  await server.stop();
  await cluster.stop();
  repository.remove();
});

async function deploy(parts: IngressParts): Promise<void> {
  await cluster.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin: manifest(parts) });
}

async function run(
  id: number,
  options: { readonly token?: string; readonly facts?: Partial<PullRequestFacts> } = {},
) {
  const now = new Date();
  const forge = await forgeAt(server, {
    pace: HASTY,
    ...(options.token === undefined ? {} : { token: options.token }),
  });
  const settings: CommentSettings = {
    cluster: "prod",
    configurationPath: ".ingress-audit.yaml",
    commentKey: null,
    mentions: true,
    run: {
      run: id,
      attempt: 1,
      at: now.toISOString(),
      url: `https://github.com/acme/shop/actions/runs/${id}`,
      reportUrl: null,
    },
    wait: async () => {},
  };
  const request = await pullRequestOf(repository, { number: pull, ...options.facts }, { now, policy });
  const ports = await reviewPorts(repository, {
    cluster: apiReader({ namespaces: "all", kubeconfig: cluster.kubeconfig("auditor") }),
    auditTrail: auditLogFiles({
      files: [cluster.auditLogPath],
      cwd: cluster.scratchFolder,
      stdin: new PassThrough(),
    }),
    directory: forge.commits,
  });
  return await runPullRequest(request, settings, { ...ports, thread: forge.thread(pull) });
}

const posted = () => server.comments(pull).map(({ body }) => body);

describe("a pull request from opened to merged", () => {
  test("two runs at once make one comment, which tells whose hotfix the merge reverts", async () => {
    server.faults.meet(2, { operation: "issues/list-comments" });
    const results = await Promise.all([run(101), run(102)]);
    expect(results.map(({ comment }) => comment.kind)).toContain("created");
    const [body = "", ...others] = posted();
    expect(others).toEqual([]);
    expect(body.split("\n")[0]).toContain('"run":102');
    expect(body).toContain("## 🟠 High risk: changes one Ingress in `prod`");
    expect(body).toContain("Callers no longer need to authenticate. `authentication-removed`");
    expect(body).toMatch(
      /\*\*Reverts `alice@example\.com`’s hotfix on `\/api` of `shop\.example\.com`, made (?:just now|\d+ seconds? ago) with `kubectl`\*\*/,
    );
    expect(body).toMatch(/UTC · proven by audit event `[0-9a-f-]{36}` · a command line, operation `patch`/);
    expect(body).toContain(
      '<img src="https://github.com/bob.png?size=32" width="16" height="16" alt=""> @bob',
    );
    expect(body).not.toContain("@alice");
  });

  test("one that says the same writes nothing", async () => {
    const before = posted();
    const { comment } = await run(103);
    expect(comment.kind).toBe("unchanged");
    expect(posted()).toEqual(before);
  });

  test("a push that takes the hotfix over is told as that, and an older run does not undo it", async () => {
    // Git counts in seconds, and a date that is still to come is no date.
    await sleep(2_000);
    const at = new Date().toISOString();
    const sha = await repository.commit({
      branch: "feature",
      message: "web: keep the hotfix",
      author: bob,
      authoredAt: at,
      committedAt: at,
      files: { "web.yaml": manifest(adopting) },
    });
    const { comment, review } = await run(105);
    const older = await run(104);
    expect([comment.kind, older.comment.kind]).toEqual(["updated", "superseded"]);
    expect(review.ingresses[0]?.overwrites).toEqual([]);
    const [body = "", ...others] = posted();
    expect(others).toEqual([]);
    expect(body).toContain(sha.slice(0, 7));
    expect(body).toMatch(
      /- ✅ `\/api` of `shop\.example\.com`, service: already live, adopts `alice@example\.com`’s hotfix, /,
    );
    expect(body).toContain("Nothing that was made outside Git.");
  });

  test("what the merge makes of the cluster is what was foretold", async () => {
    const { review } = await run(106);
    await deploy(adopting);
    const after = await run(107);
    const [foretold, now] = [review, after.review].map(({ ingresses }) => ingresses[0]);
    expect(foretold?.before).not.toEqual(foretold?.after);
    expect(now?.before).toEqual(foretold?.after);
    expect(now?.changes.map(({ effect }) => effect)).toEqual([
      "already-live",
      "already-live",
      "already-live",
    ]);
  });

  test("once it is merged the comment is one line", async () => {
    await repository.merge({
      into: "main",
      from: "feature",
      message: "Merge pull request #1",
      author: alice,
    });
    const { comment } = await run(108, { facts: { state: "merged" } });
    expect(comment.kind).toBe("updated");
    expect(posted()).toHaveLength(1);
    const lines = posted()[0]?.split("\n") ?? [];
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^✅ Merged: nothing is left to look at for `prod` \(/);
  });
});

test("a token that may not write leaves the review to the summary, and says so", async () => {
  await repository.commit({
    branch: "feature",
    message: "web: once more",
    author: bob,
    files: { "web.yaml": manifest(proposed) },
  });
  const before = posted();
  const token = server.token("github-actions[bot]", {
    contents: "read",
    pull_requests: "read",
    issues: "read",
  });
  const { comment, markdown } = await run(109, { token });
  expect(comment).toMatchObject({ kind: "not-posted", error: { code: "forge-forbidden" } });
  expect(markdown).toContain("## ");
  expect(posted()).toEqual(before);
});
