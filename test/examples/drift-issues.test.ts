import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenIssue, expectGoldenRun } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const BODY_SIZE = "nginx.ingress.kubernetes.io/proxy-body-size";

let world: WorkflowWorld;
beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({
    message: "web: first version",
    author: ann,
    files: {
      "deploy/web.yaml": webManifest("web", { [BODY_SIZE]: "8m" }),
      ".ingress-audit.yaml": "deployers:\n  users: [ci-deployer]\n",
      CODEOWNERS: "/deploy/ @carol\n",
    },
  });
  world = await WorkflowWorld.start(history, {
    users: [{ login: "bob", emails: ["bob@example.com"] }, { login: "carol" }, { login: "dave" }],
    collaborators: ["bob", "carol", "dave"],
  });
  await world.cluster.createNamespace("shop");
  await deploy("web", "8m");
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test("1: nothing differs, and nothing is written", async () => {
  const { writes } = await audit();
  expect(writes).toEqual([]);
});

test("2: a commit waits for its deployment: an issue, assigned to its author", async () => {
  await commit("web: move to api", "api", "8m");
  const { run } = await audit();
  expect(run.outputs.get("1.issue-numbers")).toBe("1");
  expect(issue()).toMatchObject({ state: "open", assignees: [{ login: "bob" }] });
  await expectGoldenIssue("drift-issue-2-opened.md", 1, world);
  await expectGoldenRun("drift-issue-2-opened.txt", run, world);
});

test("3: nothing new, and nothing is written", async () => {
  const { writes } = await audit();
  expect(writes).toEqual([]);
});

test("4: people's own title, label, assignee and words survive", async () => {
  const found = issue();
  found.title = "Who moved web?";
  found.assignees.splice(0, 1, found.assignees[0] ?? fail(), {
    ...(found.assignees[0] ?? fail()),
    login: "dave",
  });
  found.body = `We look at it tomorrow.\n\n${found.body}`;
  await audit();
  expect(issue()).toMatchObject({
    title: "Who moved web?",
    assignees: [{ login: "bob" }, { login: "dave" }],
  });
  expect(issue().body).toMatch(/^We look at it tomorrow\.\n/);
});

test("5: somebody changes another field by hand: one comment, and the whole in the text", async () => {
  await byHand(["annotate", "ingress/web", "--overwrite", `${BODY_SIZE}=64m`]);
  await audit();
  expect(world.github.comments(1)).toHaveLength(1);
  await expectGoldenIssue("drift-issue-5-worse.md", 1, world);
});

test("6: snoozed by a comment: kept up to date without a further word", async () => {
  await say("dave", "/ingress-audit snooze 14 days");
  await audit();
  await byHand(["annotate", "ingress/web", "--overwrite", `${BODY_SIZE}=128m`]);
  const before = ours();
  await audit();
  expect(ours()).toBe(before);
  expect(issue().body).toContain("128m");
  await say("dave", "/ingress-audit unsnooze");
});

test("7: the commit is deployed and the hand's value taken back: closed with both causes", async () => {
  await deploy("api", "8m");
  await audit();
  expect(issue()).toMatchObject({ state: "closed", stateReason: "completed" });
  await expectGoldenIssue("drift-issue-7-closed.md", 1, world);
});

test("8: it returns: the same issue is opened again", async () => {
  await byHand(["annotate", "ingress/web", "--overwrite", `${BODY_SIZE}=64m`]);
  await audit();
  expect(world.github.issues().map(({ number }) => number)).toEqual([1]);
  expect(issue()).toMatchObject({ state: "open" });
});

test("9: Git adopts the value in a pull request: closed, and by which", async () => {
  await world.origin.branch("adopt", "main");
  const files = { "deploy/web.yaml": webManifest("api", { [BODY_SIZE]: "64m" }) };
  const head = await world.origin.commit({ branch: "adopt", message: "web: adopt 64m", author: bob, files });
  const merge = await world.origin.merge({ into: "main", from: "adopt", message: "Merge #123", author: bob });
  const merged = { by: "carol", commit: merge };
  await world.github.addPull({ number: 123, title: "Adopt 64m", author: "bob", head, merged });
  await audit();
  expect(issue()).toMatchObject({ state: "closed" });
  await expectGoldenIssue("drift-issue-9-adopted.md", 1, world);
});

test("10: nothing differs, and nothing is written", async () => {
  const { writes } = await audit();
  expect(writes).toEqual([]);
});

async function audit() {
  const before = world.github.requests.length;
  const run = await world.run({ example: "drift-issues.yml", event: "schedule" });
  expect(run.ok).toBe(true);
  const writes = world.github.requests
    .slice(before)
    .filter(({ method, operation }) => method !== "GET" && operation !== "graphql");
  return { run, writes };
}

function issue() {
  return world.github.issues()[0] ?? fail();
}

/** How often the Action has said something. */
function ours(): number {
  return world.github.comments(1).filter(({ user }) => user.login === "github-actions[bot]").length;
}

async function say(login: string, body: string): Promise<void> {
  const answer = await fetch(`${world.github.url}/repos/acme/shop/issues/1/comments`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${world.github.token(login, { issues: "write" })}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ body }),
  });
  expect(answer.status).toBe(201);
}

async function commit(message: string, service: string, bodySize: string): Promise<void> {
  const files = { "deploy/web.yaml": webManifest(service, { [BODY_SIZE]: bodySize }) };
  await world.origin.commit({ message, author: bob, files });
}

async function deploy(service: string, bodySize: string): Promise<void> {
  const stdin = webManifest(service, { [BODY_SIZE]: bodySize });
  await world.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin });
}

async function byHand(args: readonly string[]): Promise<void> {
  await world.cluster.kubectl("alice@example.com", [...args, "-n", "shop"]);
}

function fail(): never {
  throw new Error("There is no issue");
}
