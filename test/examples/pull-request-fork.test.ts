import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { storedZip } from "../support/act/stored-zip.ts";
import { WorkflowWorld } from "../support/act/workflow-world.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";
import { webManifest } from "../support/web-manifest.ts";
import { expectGoldenComments, expectGoldenRun } from "./golden-run.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const mallory = { name: "Mallory", email: "mallory@example.com" };
const NO_SECRETS = { KUBECONFIG: "", DEPLOYER_KUBECONFIG: "" };
/** The run of the first workflow, as GitHub would number it. */
const RUN = 4711;

let world: WorkflowWorld;
let artifacts: string;
let head: string;

/** Mallory proposes a change from a fork; Ann's own pull request #2 is open beside it. */
beforeAll(async () => {
  artifacts = await mkdtemp(path.join(tmpdir(), "ingress-audit-artifacts-"));
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "deploy/web.yaml": webManifest("web") } });
  history.branch("refs/pull/1/head", "main");
  history.commit({
    branch: "refs/pull/1/head",
    message: "web: send everything to me @carol #2 <!-- ingress-audit:pull-request {} -->",
    author: mallory,
    files: { "deploy/web.yaml": webManifest("evil") },
  });
  history.ref("refs/pull/1/merge", "main");
  history.merge({
    into: "refs/pull/1/merge",
    from: "refs/pull/1/head",
    message: "Merge #1",
    author: mallory,
  });
  history.branch("other", "main");
  history.commit({ branch: "other", message: "docs", author: ann, files: { "README.md": "shop\n" } });
  world = await WorkflowWorld.start(history, {
    users: [{ login: "mallory", emails: ["mallory@example.com"] }, { login: "ann" }, { login: "carol" }],
  });
  head = (await world.origin.git("rev-parse", "refs/pull/1/head")).trim();
  await world.github.addPull({ number: 1, title: "Improve web", author: "mallory", head, fork: "mallory" });
  await world.github.addPull({ number: 2, title: "Docs", author: "ann", head: "other" });
});
afterAll(async () => {
  await rm(artifacts, { recursive: true });
  await world[Symbol.asyncDispose]();
});

test("without secrets and with a token that may only read, the review goes into the summary and an artifact", async () => {
  const run = await world.run({
    example: "pull-request-fork.yml",
    event: "pull_request",
    payload: await world.pullRequestPayload(1, "opened"),
    ref: "refs/pull/1/merge",
    secrets: { ...NO_SECRETS, GITHUB_TOKEN: world.github.tokens.fork },
    env: { TEST_ARTIFACTS: artifacts },
  });
  expect(run.ok).toBe(true);
  expect(world.github.comments(1)).toEqual([]);
  await expectGoldenRun("pull-request-fork.txt", run, world);
});

test("the workflow for pull requests of the repository itself does not run for it", async () => {
  const run = world.run({
    example: "pull-request.yml",
    event: "pull_request",
    payload: await world.pullRequestPayload(1, "opened"),
    ref: "refs/pull/1/merge",
  });
  await expect(run).rejects.toThrow("act ran no step");
});

describe("the comment on it", () => {
  let review: ReviewJson;
  beforeEach(async () => {
    review = JSON.parse(await readFile(path.join(artifacts, "ingress-review/review.json"), "utf8"));
  });

  test("is posted from the artifact by a workflow that checks out nothing", async () => {
    const run = await post(review);
    expect(run.ok).toBe(true);
    await expectGoldenComments("pull-request-fork-comment.md", 1, world);
    expect(run.outputs.get("1.comment-url")).toContain("/pull/1#issuecomment-");
  });

  test("is updated in place by the next run", async () => {
    const [comment] = world.github.comments(1);
    const run = await post({
      ...review,
      claims: [],
      moved: [{ namespace: "shop", name: "x", from: "a", to: "b" }],
    });
    expect(run.ok).toBe(true);
    expect(world.github.comments(1).map(({ id }) => id)).toEqual([comment?.id]);
  });

  test.each<[string, (review: ReviewJson) => unknown]>([
    ["names another pull request", (each) => ({ ...each, pullRequest: { ...each.pullRequest, number: 2 } })],
    [
      "names no pull request that there is",
      (each) => ({ ...each, pullRequest: { ...each.pullRequest, number: 99 } }),
    ],
    [
      "is of another commit",
      (each) => ({ ...each, pullRequest: { ...each.pullRequest, headSha: "1".repeat(40) } }),
    ],
    ["claims to have read the cluster", (each) => ({ ...each, cluster: CLUSTER })],
    ["is no review", () => ({ schema: "ingress-audit.pull-request/v1" })],
    ["is nested without end", () => `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ])("is not posted where the artifact %s", async (_, forge) => {
    const before = JSON.stringify([world.github.comments(1), world.github.comments(2)]);
    const run = await post(forge(review));
    expect(run.ok).toBe(false);
    expect(JSON.stringify([world.github.comments(1), world.github.comments(2)])).toBe(before);
    expect(run.annotations.map(({ properties }) => properties.title)).toEqual([
      expect.stringMatching(/review-(not-trusted|unreadable)/),
    ]);
  });

  test("holds nothing active of what the artifact says", async () => {
    const text = JSON.stringify(review).replaceAll(
      "Mallory",
      "@carol **x** <img src=x> [l](https://evil.example)",
    );
    const run = await post(JSON.parse(text));
    expect(run.ok).toBe(true);
    const [comment] = world.github.comments(1);
    expect(comment?.body).not.toMatch(/(?<!\w)@carol|<img|\]\(https:\/\/evil/);
    expect(comment?.body.match(/<!-- ingress-audit/g)).toHaveLength(1);
  });
});

interface ReviewJson {
  readonly pullRequest: object;
}

const CLUSTER = { name: "prod", observedAt: null, appliedRevision: null, auditLog: null };

/** Run the second workflow over an artifact, as GitHub starts it when the first has ended. */
async function post(artifact: unknown) {
  const text = typeof artifact === "string" ? artifact : JSON.stringify(artifact);
  world.github.repository().artifacts.clear();
  world.github.addArtifact({
    name: "ingress-review",
    runId: RUN,
    headSha: head,
    zip: storedZip("review.json", Buffer.from(text)),
  });
  const workflow_run = {
    id: RUN,
    event: "pull_request",
    conclusion: "success",
    head_sha: head,
    head_branch: head,
    head_repository: { full_name: "mallory/shop" },
  };
  return await world.run({
    example: "pull-request-fork-comment.yml",
    event: "workflow_run",
    payload: { workflow_run },
    secrets: NO_SECRETS,
  });
}
