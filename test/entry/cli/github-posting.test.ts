import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appKeys } from "../../support/github/app-keys.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { runCli } from "../../support/run-cli.ts";
import { webManifest } from "../../support/web-manifest.ts";

/** `github pr` and `github issues` as people run them: a process of its own against a GitHub server. */

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const keys = appKeys();

let repository: TestRepository;
let server: GitHubServer;
let folder: string;

/** Ann's version is live; Bob proposes another service in #1, and nothing of it is merged. */
beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web", author: ann, files: { "web.yaml": webManifest("web") } });
  history.branch("move", "main");
  history.commit({
    branch: "move",
    message: "web: move",
    author: bob,
    files: { "web.yaml": webManifest("api") },
  });
  repository = await history.write({ remotes: { origin: "git@github.com:acme/shop.git" } });
  server = await startGitHub({
    users: [{ login: "bob", emails: ["bob@example.com"] }, { login: "alice" }],
    repositories: [
      { fullName: "acme/shop", gitDir: path.join(repository.dir, ".git"), collaborators: ["alice"] },
    ],
  });
  await server.addPull({ title: "Move", author: "bob", head: "move" });
  server.addApp({
    id: 4711,
    slug: "drift-watch",
    publicKey: keys.publicKey,
    permissions: { contents: "read", issues: "write", pull_requests: "write" },
    repositories: ["acme/shop"],
  });
  folder = await temporaryFolder();
  await Promise.all([
    writeFile(path.join(folder, "key.pem"), keys.privateKey),
    writeFile(path.join(folder, "other.pem"), appKeys().privateKey),
    writeFile(path.join(folder, "live.yaml"), webManifest("web")),
    writeFile(path.join(folder, "hotfix.yaml"), webManifest("hotfix")),
  ]);
});
afterAll(async () => {
  repository.remove();
  await removeFolder(folder);
  await server.stop();
});

describe("github pr", () => {
  test("keeps one comment of a pull request that its number names, with a token", async () => {
    const first = await github(["pr", "--pull-request", "1", ...live("live.yaml")], withToken());
    expect(first.stderr).not.toContain("[");
    expect(first).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^The pull request has a comment: http/),
    });
    expect(server.comments(1)).toHaveLength(1);
    expect(server.comments(1)[0]).toMatchObject({
      user: { login: "github-actions[bot]" },
      body: expect.stringContaining("## 🟠 High risk: changes one Ingress in `live.yaml`"),
    });

    const again = await github(["pr", "--pull-request", "1", ...live("live.yaml")], withToken());
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("says the same already") });
    expect(server.comments(1)).toHaveLength(1);
  });

  test("signs in as an App, whose comment is another one", async () => {
    const result = await github(["pr", "--pull-request", "1", ...live("live.yaml"), ...asApp("key.pem")]);
    expect(result).toMatchObject({ status: 0, stderr: expect.not.stringContaining("[forge") });
    expect(server.comments(1).map(({ user }) => user.login)).toEqual([
      "github-actions[bot]",
      "drift-watch[bot]",
    ]);
  });

  test("saves the review for another run, and prints the report that was asked for", async () => {
    const saved = path.join(folder, "review.json");
    const args = ["pr", "--pull-request", "1", ...live("hotfix.yaml"), "--save-review", saved, "-o", "json"];
    const { status, stdout, stderr } = await github(args, withToken());
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "ingress-audit.report/v1", summary: { diverged: 1 } });
    expect(stderr).toContain("The pull request’s comment");
    expect(JSON.parse(await readFile(saved, "utf8"))).toMatchObject({
      pullRequest: { number: 1, headRef: "move" },
      ingresses: [{ name: "web", overwrites: [{ live: "hotfix", after: "api" }] }],
    });
  });

  test("without anything to sign in with says what it would post", async () => {
    const { status, stderr } = await github(["pr", "--pull-request", "1", ...live("live.yaml")]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/GITHUB_TOKEN|--token-file/);
  });

  test("a comment that GitHub refuses is told, and what it lacks, and fails with 2", async () => {
    const token = server.token("github-actions[bot]", { contents: "read", pull_requests: "read" });
    const { status, stderr, stdout } = await github(["pr", "--pull-request", "1", ...live("live.yaml")], {
      GITHUB_TOKEN: token,
    });
    expect(status).toBe(2);
    expect(stdout).toContain("No comment was posted");
    expect(stderr).toContain("[forge-forbidden]");
    expect(stderr).toContain("pull-requests: write");
  });
});

describe("github issues", () => {
  const issues = ["issues", "--ref", "main"];

  test("opens, keeps and closes an issue, with a token", async () => {
    const opened = await github([...issues, ...live("hotfix.yaml")], withToken());
    expect(opened).toMatchObject({ status: 0, stdout: expect.stringContaining("opened") });
    expect(server.issues()).toMatchObject([{ state: "open", user: { login: "github-actions[bot]" } }]);
    const body = server.issues()[0]?.body;

    const kept = await github([...issues, ...live("hotfix.yaml")], withToken());
    expect(kept.status).toBe(0);
    expect(server.issues()[0]?.body).toBe(body);

    const closed = await github([...issues, ...live("live.yaml")], withToken());
    expect(closed).toMatchObject({ status: 0, stdout: expect.stringContaining("closed") });
    expect(server.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("signs in as an App, and fails by what is found where that is asked for", async () => {
    const args = [...issues, ...live("hotfix.yaml"), ...asApp("key.pem"), "--fail-on", "out-of-band"];
    const { status } = await github(args);
    expect(status).toBe(1);
    expect(server.issues().map(({ user, state }) => [user.login, state])).toEqual([
      ["github-actions[bot]", "closed"],
      ["drift-watch[bot]", "open"],
    ]);
  });

  test("nothing to sign in with, issues that may not be written, and a server that is down are errors", async () => {
    const none = await github([...issues, ...live("hotfix.yaml")]);
    const reader = server.token("github-actions[bot]", { contents: "read", issues: "read" });
    const refused = await github([...issues, ...live("hotfix.yaml")], { GITHUB_TOKEN: reader });
    const down = await github([...issues, ...live("hotfix.yaml")], {
      ...withToken(),
      GITHUB_API_URL: "http://127.0.0.1:1",
    });
    expect([none.status, refused.status, down.status]).toEqual([2, 2, 2]);
    expect(none.stderr).toMatch(/GITHUB_TOKEN|--token-file/);
    expect(refused.stderr).toContain("issues: write");
    expect(down.stderr).toContain("[forge-unreachable]");
  });
});

describe.each([
  ["pr", ["--pull-request", "1"]],
  ["issues", ["--ref", "main"]],
])("github %s is not done, and says so with 2,", (command, more) => {
  const given = () => [command, ...more, ...live("live.yaml")];

  test("with a token that GitHub does not know", async () => {
    const { status, stderr } = await github(given(), { GITHUB_TOKEN: "ghp_nobody" });
    expect(status).toBe(2);
    expect(stderr).toContain("[forge-unauthorized]");
    expect(stderr).not.toContain("ghp_nobody");
  });

  test("with another App's key", async () => {
    const { status, stderr } = await github([...given(), ...asApp("other.pem")]);
    expect(status).toBe(2);
    expect(stderr).toContain("[forge-unauthorized]");
    expect(stderr).not.toContain("PRIVATE KEY");
  });

  test("with half of an App's credentials, and a key file that is not there", async () => {
    const half = await github([...given(), "--app-id", "4711"]);
    const gone = await github([...given(), "--app-id", "4711", "--app-key-file", "nowhere.pem"]);
    expect([half.status, gone.status]).toEqual([2, 2]);
    expect(half.stderr).toContain("needs both its id and its private key");
    expect(gone.stderr).toContain("credentials in nowhere.pem cannot be read");
  });
});

test("a pull request that is not there is an error", async () => {
  const { status, stderr } = await github(["pr", "--pull-request", "99", ...live("live.yaml")], withToken());
  expect(status).toBe(2);
  expect(stderr).toContain("[pull-request-unknown]");
});

const NO_TOKEN = { GITHUB_TOKEN: "" };

async function github(args: readonly string[], env: Readonly<Record<string, string>> = NO_TOKEN) {
  return await runCli(["github", ...args, "--repo", repository.dir], {
    env: { GITHUB_API_URL: server.url, ...env },
  });
}

function withToken(): Record<string, string> {
  return { GITHUB_TOKEN: server.tokens.actions };
}

function asApp(key: string): readonly string[] {
  return ["--app-id", "4711", "--app-key-file", path.join(folder, key)];
}

function live(snapshot: string): readonly string[] {
  return ["--snapshot", path.join(folder, snapshot)];
}
