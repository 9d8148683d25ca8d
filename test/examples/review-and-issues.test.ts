import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenRun } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const BODY_SIZE = "nginx.ingress.kubernetes.io/proxy-body-size";

let world: WorkflowWorld;
let head: string;

/** Ann's version is deployed; Alice raised the body size by hand, and Bob's pull request would take that back. */
beforeAll(async () => {
  const history = new RepositoryBuilder();
  const first = history.commit({
    message: "web: first version",
    author: ann,
    files: {
      "deploy/web.yaml": webManifest("web", { [BODY_SIZE]: "8m" }),
      ".ingress-audit.yaml": "deployers:\n  users: [ci-deployer]\n",
    },
  });
  history.branch("move", first);
  history.commit({
    branch: "move",
    message: "web: move to api",
    author: bob,
    files: { "deploy/web.yaml": webManifest("api", { [BODY_SIZE]: "16m" }) },
  });
  world = await WorkflowWorld.start(history, {
    private: true,
    users: [{ login: "bob", emails: ["bob@example.com"] }, { login: "carol" }],
  });
  await world.cluster.createNamespace("shop");
  const run = await world.run({ example: "deploy.yml", event: "push" });
  expect(run.ok).toBe(true);
  head = world.origin.sha(":2");
  await world.github.addPull({ title: "Move web to api", author: "bob", head, commits: [head] });
  await world.cluster.kubectl("alice@example.com", [
    ...["annotate", "ingress/web", "-n", "shop", "--overwrite", `${BODY_SIZE}=64m`],
  ]);
}, 120_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

function pullRequestEvent() {
  const repo = { full_name: "acme/shop" };
  const base = { ref: "main", sha: world.origin.sha(":1"), repo };
  return { action: "opened", pull_request: { number: 1, base, head: { ref: "move", sha: head, repo } } };
}

test("one comment says what a pull request changes and what its merge would overwrite", async () => {
  const asked = {
    example: "pull-request.yml",
    event: "pull_request",
    payload: pullRequestEvent(),
    ref: "move",
  };

  const first = await world.run(asked);
  const second = await world.run(asked);

  expect([first.ok, second.ok]).toEqual([true, true]);
  const comments = world.github.comments(1);
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain("alice@example.com");
  await expectGoldenRun("pull-request.txt", first, world);
});

test("an issue is opened for an Ingress that differs, and stays the only one", async () => {
  const first = await world.run({ example: "drift-issues.yml", event: "schedule" });
  const second = await world.run({ example: "drift-issues.yml", event: "schedule" });

  expect([first.ok, second.ok]).toEqual([true, true]);
  expect(world.github.issues()).toHaveLength(1);
  expect(world.github.issues()[0]?.title).toContain("shop/web");
  await expectGoldenRun("drift-issues.txt", first, world);
});

test("an issue is closed with its cause when the difference is gone", async () => {
  await world.cluster.kubectl("alice@example.com", [
    ...["annotate", "ingress/web", "-n", "shop", "--overwrite", `${BODY_SIZE}=8m`],
  ]);

  const run = await world.run({ example: "drift-issues.yml", event: "schedule" });

  expect(run.ok).toBe(true);
  const [issue] = world.github.issues();
  expect(issue?.state).toBe("closed");
  expect(world.github.comments(issue?.number ?? 0).at(-1)?.body).toContain("alice@example.com");
});
