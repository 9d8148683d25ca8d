import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenRun } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const CONFIGURATION = "deployers:\n  users: [ci-deployer]\n";

let world: WorkflowWorld;
let first: string;

beforeAll(async () => {
  const history = new RepositoryBuilder();
  const files = { "deploy/web.yaml": webManifest("web"), ".ingress-audit.yaml": CONFIGURATION };
  const label = history.commit({ message: "web: first version", author: ann, files });
  world = await WorkflowWorld.start(history, { users: [{ login: "bob", emails: ["bob@example.com"] }] });
  first = world.origin.sha(label);
  await world.cluster.createNamespace("shop");
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test("a deployment that the cluster agrees with is recorded", async () => {
  const run = await world.run({ example: "deploy.yml", event: "push" });
  expect(run.ok).toBe(true);
  await expectGoldenRun("deploy-agreed.txt", run, world);
  expect(deployments()).toEqual([
    [
      first,
      "production",
      "success",
      expect.stringMatching(/^test agrees with [0-9a-f]{7} after \d+ seconds?$/),
    ],
  ]);
});

test("one that somebody overwrites fails, names them, and is recorded as failed", async () => {
  const files = { "deploy/web.yaml": webManifest("api") };
  const second = await world.origin.commit({ message: "web: move to api", author: bob, files });
  const alice = await world.kubeconfig("alice@example.com");
  const run = await world.run({
    example: "deploy.yml",
    event: "push",
    payload: { before: first, after: second },
    secrets: { ALICE: alice },
    change: (text) =>
      text
        .replace("timeout: 10m", "timeout: 3s")
        .replace(/(?=\n {6}- uses: ingress-audit)/, ALICE_IS_QUICKER),
  });
  expect(run.ok).toBe(false);
  await expectGoldenRun("deploy-overwritten.txt", run, world);
  expect(deployments().map(([sha, , state]) => [sha, state])).toEqual([
    [first, "success"],
    [second, "failure"],
  ]);
});

test("one that never reaches the cluster names the commit and its author", async () => {
  await world.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin: webManifest("api") });
  const files = { "deploy/web.yaml": webManifest("api-v2") };
  await world.origin.commit({ message: "web: move to the second version", author: bob, files });
  const run = await world.run({
    example: "deploy.yml",
    event: "push",
    change: (text) => text.replace("timeout: 10m", "timeout: 1s").replace(/kubectl .* apply .*/, "true"),
  });
  expect(run.ok).toBe(false);
  await expectGoldenRun("deploy-pending.txt", run, world);
});

const ALICE_IS_QUICKER = `
      - env:
          ALICE: \${{ secrets.ALICE }}
        run: |
          printf '%s' "$ALICE" > "$RUNNER_TEMP/alice"
          kubectl --kubeconfig "$RUNNER_TEMP/alice" -n shop patch ingress web --type=json -p \\
            '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"hotfix"}]'
`;

function deployments() {
  return [...world.github.repository().deployments.values()].map(({ sha, environment, statuses }) => {
    const { state, description } = statuses.at(-1) ?? {};
    return [sha, environment, state, description] as const;
  });
}
