import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenComments } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const BODY_SIZE = "nginx.ingress.kubernetes.io/proxy-body-size";

const KUSTOMIZATION = `resources: [../base]
namespace: shop
patches:
  - { path: service.yaml, target: { kind: Ingress } }
`;
const patch = (service: string) => `# Which service answers.
- op: replace
  path: /spec/rules/0/http/paths/0/backend/service/name
  value: ${service}
`;

let world: WorkflowWorld;

/** An overlay renders what the cluster runs, but for the service that Alice put in by hand; Bob patches it otherwise. */
beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({
    message: "web: first version",
    author: ann,
    files: {
      "deploy/base/kustomization.yaml": "resources: [web.yaml]\n",
      "deploy/base/web.yaml": webManifest("web", { [BODY_SIZE]: "8m" }),
      "deploy/prod/kustomization.yaml": KUSTOMIZATION,
      "deploy/prod/service.yaml": patch("web-v1"),
      ".ingress-audit.yaml": "deployers:\n  users: [ci-deployer]\n",
    },
  });
  history.branch("move", "main");
  history.commit({
    branch: "move",
    message: "web: the second version",
    author: bob,
    files: { "deploy/prod/service.yaml": patch("web-v2") },
  });
  world = await WorkflowWorld.start(history, { users: [{ login: "bob", emails: ["bob@example.com"] }] });
  await world.cluster.createNamespace("shop");
  await world.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], {
    stdin: webManifest("web-v1", { [BODY_SIZE]: "8m" }),
  });
  const hotfix = [
    { op: "replace", path: "/spec/rules/0/http/paths/0/backend/service/name", value: "hotfix" },
  ];
  await world.cluster.kubectl("alice@example.com", [
    ...["patch", "ingress/web", "-n", "shop", "--type=json", "-p", JSON.stringify(hotfix)],
  ]);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test("a changed patch is told by what comes of it in the cluster, and whose hotfix goes", async () => {
  await openOrUpdate();
  const run = await review("opened");
  expect(run.ok).toBe(true);
  await expectGoldenComments("pull-request-rendered.md", 1, world);
});

test("an overlay that cannot be built any more fails the step, and the comment says why", async () => {
  await world.origin.commit({
    branch: "move",
    message: "web: tidy",
    author: bob,
    files: { "deploy/prod/service.yaml": null },
  });
  await openOrUpdate();
  const run = await review("synchronize");
  expect(run.ok).toBe(false);
  await expectGoldenComments("pull-request-unrendered.md", 1, world);
});

/** The pull request as GitHub has it after a push, with the commit that merges it for trial. */
async function openOrUpdate(): Promise<void> {
  await world.origin.ref("refs/pull/1/merge", "main");
  const trial = { into: "refs/pull/1/merge", from: "move", message: "Merge move into main", author: bob };
  await world.origin.merge(trial);
  await world.github.addPull({ number: 1, title: "Move", author: "bob", head: "move" });
}

async function review(action: string) {
  const payload = await world.pullRequestPayload(1, action);
  const ref = "refs/pull/1/merge";
  return await world.run({ example: "pull-request.yml", event: "pull_request", payload, ref });
}
