import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

let world: WorkflowWorld;
beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "deploy/web.yaml": webManifest("web") } });
  history.branch("move", "main");
  const files = { "deploy/web.yaml": webManifest("api") };
  history.commit({ branch: "move", message: "web: move", author: ann, files });
  history.ref("refs/pull/1/merge", "main");
  history.merge({ into: "refs/pull/1/merge", from: "move", message: "Merge move into main", author: ann });
  world = await WorkflowWorld.start(history, { users: [{ login: "ann", emails: ["ann@example.com"] }] });
  await world.cluster.createNamespace("shop");
  await world.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin: webManifest("web") });
  await world.github.addPull({ number: 1, title: "Move web", author: "ann", head: "move" });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test("two runs at once, over lists that lag behind, leave one comment", async () => {
  world.github.lag.lists = 700;
  const payload = await world.pullRequestPayload(1, "opened");
  const input = { example: "pull-request.yml", event: "pull_request", payload, ref: "refs/pull/1/merge" };

  const runs = await Promise.all([world.run(input), world.run(input)]);

  expect(runs.map(({ ok }) => ok)).toEqual([true, true]);
  const comments = world.github.comments(1);
  expect(comments).toHaveLength(1);
  const urls = runs.map(({ outputs }) => outputs.get("1.comment-url"));
  expect(urls.filter((url) => url !== "")).toContain(
    `https://github.com/acme/shop/pull/1#issuecomment-${comments[0]?.id}`,
  );
});

test("two scheduled runs at once leave one issue", async () => {
  await world.cluster.kubectl("alice@example.com", [
    ...["annotate", "ingress/web", "-n", "shop", "nginx.ingress.kubernetes.io/app-root=/hotfix"],
  ]);
  const input = { example: "drift-issues.yml", event: "schedule" };

  const runs = await Promise.all([world.run(input), world.run(input)]);
  const last = await world.run(input);

  expect([...runs, last].map(({ ok }) => ok)).toEqual([true, true, true]);
  const open = world.github.issues().filter(({ state }) => state === "open");
  expect(open.map(({ title }) => title)).toEqual(["Ingress shop/web differs between Git and test"]);
  expect(last.outputs.get("1.issue-numbers")).toBe(String(open[0]?.number));
});
