import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenComments, expectGoldenRun } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const BODY_SIZE = "nginx.ingress.kubernetes.io/proxy-body-size";
const SNIPPET = "nginx.ingress.kubernetes.io/server-snippet";

let world: WorkflowWorld;

/** The cluster runs Ann's version but for a service that Alice replaced by hand; Bob proposes another one. */
beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({
    message: "web: first version",
    author: ann,
    files: {
      "deploy/web.yaml": webManifest("web", { [BODY_SIZE]: "8m" }),
      ".ingress-audit.yaml": "deployers:\n  users: [ci-deployer]\n",
    },
  });
  history.branch("move", "main");
  history.commit({
    branch: "move",
    message: "web: move to api",
    author: bob,
    files: { "deploy/web.yaml": webManifest("api", { [BODY_SIZE]: "8m" }) },
  });
  world = await WorkflowWorld.start(history, {
    users: [{ login: "bob", emails: ["bob@example.com"] }, { login: "carol" }],
  });
  await world.cluster.createNamespace("shop");
  await world.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], {
    stdin: webManifest("web", { [BODY_SIZE]: "8m" }),
  });
  const patch = [{ op: "replace", path: "/spec/rules/0/http/paths/0/backend/service/name", value: "hotfix" }];
  await world.cluster.kubectl("alice@example.com", [
    ...["patch", "ingress/web", "-n", "shop", "--type=json", "-p", JSON.stringify(patch)],
  ]);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test("opened: one comment says what changes and whose hotfix the merge would overwrite", async () => {
  await openOrUpdate();
  const run = await review("opened");
  expect(run.ok).toBe(true);
  expect(world.github.comments(1)).toHaveLength(1);
  await expectGoldenComments("pull-request-opened.md", 1, world);
  await expectGoldenRun("pull-request-opened.txt", run, world);
});

test("run again: nothing is written", async () => {
  const before = world.github.requests.length;
  const run = await review("reopened");
  expect(run.ok).toBe(true);
  const writes = world.github.requests
    .slice(before)
    .filter(({ method, operation }) => method !== "GET" && operation !== "graphql");
  expect(writes).toEqual([]);
});

test("pushed to: the same comment tells the new risk", async () => {
  const [comment] = world.github.comments(1);
  await world.origin.commit({
    branch: "move",
    message: "web: allow everybody",
    author: bob,
    files: { "deploy/web.yaml": webManifest("api", { [BODY_SIZE]: "8m", [SNIPPET]: "allow all;" }) },
  });
  await openOrUpdate();
  const run = await review("synchronize");
  expect(run.ok).toBe(true);
  expect(world.github.comments(1).map(({ id }) => id)).toEqual([comment?.id]);
  await expectGoldenComments("pull-request-pushed.md", 1, world);
});

test("merged and deployed: collapsed to one line", async () => {
  const merge = await world.origin.merge({
    into: "main",
    from: "move",
    message: "Merge pull request #1",
    author: bob,
  });
  await world.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], {
    stdin: webManifest("api", { [BODY_SIZE]: "8m", [SNIPPET]: "allow all;" }),
  });
  const head = (await world.origin.git("rev-parse", "move")).trim();
  const merged = { by: "carol", commit: merge };
  await world.github.addPull({ number: 1, title: "Move web to api", author: "bob", head, merged });
  const run = await review("closed", "main");
  expect(run.ok).toBe(true);
  expect(world.github.comments(1)).toHaveLength(1);
  await expectGoldenComments("pull-request-merged.md", 1, world);
});

/** The pull request as GitHub has it after a push, with the commit that merges it for trial. */
async function openOrUpdate(): Promise<void> {
  await world.origin.ref("refs/pull/1/merge", "main");
  const trial = { into: "refs/pull/1/merge", from: "move", message: "Merge move into main", author: bob };
  await world.origin.merge(trial);
  await world.github.addPull({ number: 1, title: "Move web to api", author: "bob", head: "move" });
}

async function review(action: string, ref = "refs/pull/1/merge") {
  const payload = await world.pullRequestPayload(1, action);
  return await world.run({ example: "pull-request.yml", event: "pull_request", payload, ref });
}
