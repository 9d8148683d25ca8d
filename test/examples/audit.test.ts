import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenRun } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const BODY_SIZE = "nginx.ingress.kubernetes.io/proxy-body-size";

let world: WorkflowWorld;

/** Ann's version is deployed and recorded; Alice raised the body size by hand, and Bob's commit waits. */
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
    files: { "deploy/web.yaml": webManifest("api", { [BODY_SIZE]: "8m" }) },
  });
  world = await WorkflowWorld.start(history, {
    private: true,
    users: [{ login: "bob", emails: ["bob@example.com"] }, { login: "carol" }],
  });
  await world.cluster.createNamespace("shop");
  const run = await world.run({ example: "deploy.yml", event: "push" });
  expect(run.ok).toBe(true);
  const head = world.origin.sha(":2");
  await world.origin.merge({ into: "main", from: "move", message: "Merge pull request #1", author: ann });
  const merge = (await world.origin.git("rev-parse", "main")).trim();
  const merged = { by: "carol", commit: merge };
  await world.github.addPull({ title: "Move web to api", author: "bob", head, merged, commits: [head] });
  await world.cluster.kubectl("alice@example.com", [
    ...["annotate", "ingress/web", "-n", "shop", "--overwrite", `${BODY_SIZE}=64m`],
  ]);
}, 120_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test("what waits and what was done by hand is told apart, and uploaded for code scanning", async () => {
  const run = await world.run({ example: "audit.yml", event: "schedule" });
  expect(run.ok).toBe(true);
  await expectGoldenRun("audit.txt", run, world);
  const [upload] = world.github.repository().sarifs.values();
  expect(upload?.sarif).toMatchObject({
    runs: [{ results: [{ ruleId: "pending/high" }, { ruleId: "out-of-band/medium" }] }],
  });
});

test("a token that may read nothing but the code leaves pull requests out, and says so", async () => {
  const token = world.github.token("github-actions[bot]", { contents: "read", security_events: "write" });
  const run = await world.run({
    example: "audit.yml",
    event: "schedule",
    secrets: { GITHUB_TOKEN: token },
    change: (text) => text.replace(/\n.*applied-revision.*/, ""),
  });
  expect(run.ok).toBe(true);
  expect(run.summaries.join()).toContain("Bob Roy");
  expect(run.summaries.join()).not.toContain("`carol`");
  expect(run.annotations.map(({ message }) => message).join()).toContain("pull-requests: read");
});
