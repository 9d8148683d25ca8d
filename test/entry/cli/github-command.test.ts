import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { runCli } from "../../support/run-cli.ts";
import { webManifest } from "../../support/web-manifest.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };

let repository: TestRepository;
let server: GitHubServer;
let folder: string;
let first: string;
let second: string;

/** Ann's version was deployed, Bob's is to be. */
beforeAll(async () => {
  const history = new RepositoryBuilder();
  const labels = [
    history.commit({ message: "web", author: ann, files: { "web.yaml": webManifest("web") } }),
    history.commit({ message: "web: move", author: bob, files: { "web.yaml": webManifest("api") } }),
  ];
  repository = await history.write({ remotes: { origin: "git@github.com:acme/shop.git" } });
  [first = "", second = ""] = labels.map((label) => repository.sha(label));
  server = await startGitHub({
    users: [{ login: "bob", emails: ["bob@example.com"] }],
    repositories: [{ fullName: "acme/shop", gitDir: path.join(repository.dir, ".git") }],
  });
  folder = await temporaryFolder();
  await writeFile(path.join(folder, "token"), `${server.tokens.actions}\n`);
  await writeFile(path.join(folder, "before.yaml"), webManifest("web"));
  await writeFile(path.join(folder, "after.yaml"), webManifest("api"));
});
afterAll(async () => {
  repository.remove();
  await server.stop();
});

test("a deployment is awaited, and recorded by the token that a file holds", async () => {
  const { status, stdout } = await github("deploy", "after.yaml", "--environment", "production");
  expect(stdout).toMatch(/^after.yaml agrees with [0-9a-f]{7} after/);
  expect(status).toBe(0);
  const [deployment] = server.repository().deployments.values();
  expect(deployment).toMatchObject({
    sha: second,
    environment: "production",
    statuses: [{ state: "success" }],
  });
});

test("what GitHub has recorded is the applied revision of later audits", async () => {
  const args = ["audit", ...source("before.yaml"), "--applied-revision", "github:production", "-o", "json"];
  const { stdout, status } = await runCli(args, {
    env: { ...address(), GITHUB_TOKEN: server.tokens.actions },
  });
  expect(status).toBe(1);
  const report = JSON.parse(stdout);
  expect(report.cluster.appliedRevision).toBe(second);
  expect(report.ingresses[0].divergences[0].verdict).toBe("out-of-band");
});

test("an environment without a record leaves it unknown, and says so", async () => {
  const args = ["audit", ...source("before.yaml"), "--applied-revision", "github:staging", "-o", "json"];
  const { stdout } = await runCli(args, { env: { ...address(), GITHUB_TOKEN: server.tokens.actions } });
  const report = JSON.parse(stdout);
  expect(report.cluster.appliedRevision).toBeNull();
  expect(report.problems).toContainEqual(
    expect.objectContaining({ code: "applied-revision-unknown", level: "warning" }),
  );
});

test("one that does not come to pass fails with 1, and names the commit and its author with the login", async () => {
  const { status, stdout } = await github("deploy", "before.yaml", "--timeout", "1s");
  expect(status).toBe(1);
  expect(stdout).toMatch(/does not agree with [0-9a-f]{7} after .*: 1 difference is pending\n/);
  expect(stdout).toContain("“web: move” by Bob Roy <bob@example.com> (bob)");
  expect(stdout).toContain("── shop/web");
});

test("what was deployed before may be named, and must be there", async () => {
  const named = await github("deploy", "after.yaml", "--previous-revision", first);
  expect(named.status).toBe(0);
  const wrong = await github("deploy", "after.yaml", "--previous-revision", "nothing-such");
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("[ref-not-found]") });
});

test("standard output holds the format that was asked for, and nothing else", async () => {
  const { stdout, stderr } = await github("deploy", "after.yaml", "-o", "json");
  expect(JSON.parse(stdout)).toMatchObject({ schema: "ingress-audit.report/v1" });
  expect(stderr).toContain("agrees with");
});

test("a record that GitHub refuses does not fail the deployment, and is told", async () => {
  const token = server.token("github-actions[bot]", { contents: "read" });
  const args = ["github", "deploy", ...source("after.yaml"), "--environment", "production"];
  const { status, stderr } = await runCli(args, { env: { ...address(), GITHUB_TOKEN: token } });
  expect(status).toBe(0);
  expect(stderr).toContain("[forge-forbidden]");
  expect(stderr).toContain("deployments: write");
});

test.each([
  [["--timeout", "soon"], "--timeout"],
  [["--app-id", "7"], "needs both its id and its private key"],
  [["--token-file", "nowhere", "--environment", "x"], "credentials in nowhere cannot be read"],
])("%s is told to be wrong", async (args, message) => {
  const { status, stderr } = await runCli(["github", "deploy", ...source("before.yaml"), ...args], {
    env: address(),
  });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

async function github(command: string, snapshot: string, ...args: readonly string[]) {
  const token = ["--token-file", path.join(folder, "token")];
  return await runCli(["github", command, ...source(snapshot), ...token, ...args], { env: address() });
}

function source(snapshot: string): readonly string[] {
  return ["--repo", repository.dir, "--ref", "main", "--snapshot", path.join(folder, snapshot)];
}

function address(): Record<string, string> {
  return { GITHUB_API_URL: server.url };
}
