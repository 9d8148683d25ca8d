import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryOf } from "../../support/adopt/adopt-in.ts";
import { liveIngress, rule, WEB } from "../../support/adopt/live-ingress.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { type CliResult, runCli } from "../../support/run-cli.ts";

let repository: TestRepository;
let folder: string;

beforeAll(async () => {
  repository = await repositoryOf({ "deploy/web.yaml": WEB });
  folder = await temporaryFolder();
  const items = [liveIngress({ rules: [rule("shop.example.com", "web-v2")] }), liveIngress({ name: "new" })];
  await writeFile(path.join(folder, "live.json"), JSON.stringify({ apiVersion: "v1", kind: "List", items }));
});
afterAll(() => repository.remove());

function adopt(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const source = ["--repo", repository.dir, "--snapshot", path.join(folder, "live.json")];
  return runCli(["adopt", ...args, ...source], { env });
}

test("prints a patch on standard output and what it adopts, and from whom, on standard error", async () => {
  const { status, stdout, stderr } = await adopt(["shop/web"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^diff --git a\/deploy\/web\.yaml b\/deploy\/web\.yaml\nindex [0-9a-f]{40}\.\.[0-9a-f]{40} 100644\n/,
  );
  expect(stderr).toBe(`Adopts 1 live value of shop/web:
  deploy/web.yaml:19  spec.rules[host="shop.example.com"].http.paths[path="/",pathType="Prefix"].backend.service.name: web → web-v2
      who wrote it in the cluster is not known (out-of-band, evidence: inferred)
`);
});

describe("a branch", () => {
  test("holds the change, by its user, and leaves everything else as it is", async () => {
    const before = await repository.git("rev-parse", "main");

    const { status, stdout } = await adopt(["shop/web", "--branch", "keep/web-v2"]);

    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^Committed [0-9a-f]{7} on the new branch keep\/web-v2\.\n$/),
    });
    expect(await repository.git("log", "-1", "--format=%an <%ae>%n%s", "keep/web-v2")).toBe(
      "Cyd Day <cyd@example.com>\nAdopt what is live of Ingress shop/web",
    );
    expect(await repository.git("log", "-1", "--format=%b", "keep/web-v2")).toMatch(
      /^- spec\.rules.*: web → web-v2\n {2}who wrote it in the cluster is not known \(out-of-band, evidence: inferred\)\n?$/,
    );
    expect(await repository.git("diff", "--numstat", "main", "keep/web-v2")).toBe("1\t1\tdeploy/web.yaml");
    expect(await repository.git("status", "--porcelain", "--branch")).toBe("## main");
    expect(await repository.git("rev-parse", "main", "keep/web-v2^")).toBe(`${before}\n${before}`);
  });

  test("that is there is not overwritten", async () => {
    await repository.branch("taken", "main");
    const { status, stderr } = await adopt(["shop/web", "--branch", "taken"]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("[branch-exists]") });
    expect(await repository.git("rev-parse", "taken")).toBe(await repository.git("rev-parse", "main"));
  });

  test.each([
    ["--branch=-x", "[branch-name]"],
    ["--branch=a..b", "[branch-name]"],
    ["--branch=main/sub", "[branch-exists]"],
  ])("%s is refused", async (branch, code) => {
    const { status, stderr } = await adopt(["shop/web", branch]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(code) });
  });

  test("needs somebody who commits", async () => {
    await repository.git("config", "--unset", "user.email");
    await repository.git("config", "user.useConfigOnly", "true");
    const env = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", EMAIL: "" };
    const { status, stderr } = await adopt(["shop/web", "--branch", "nobody"], env);
    await repository.git("config", "user.email", "cyd@example.com");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("[git-identity-missing]"),
    });
  });
});

describe("a pull request", () => {
  let server: GitHubServer;
  let origin: TestRepository;

  beforeAll(async () => {
    origin = await new RepositoryBuilder().write({ bare: true });
    await repository.git("remote", "add", "origin", origin.dir);
    await repository.git("push", "--quiet", "origin", "main");
    server = await startGitHub({ repositories: [{ fullName: "acme/shop", gitDir: origin.dir }] });
  });
  afterAll(async () => {
    origin.remove();
    await server.stop();
  });

  const github = (...args: readonly string[]) =>
    adopt(["shop/web", "--pull-request", "--repository", "acme/shop", ...args], {
      GITHUB_API_URL: server.url,
      GITHUB_TOKEN: server.tokens.actions,
    });

  test("is opened for the branch that is pushed, and says what it adopts", async () => {
    const { status, stdout, stderr } = await github("--ref", "main");
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("Adopts 1 live value") });
    expect(stdout).toMatch(/Opened pull request #1: \S+\/acme\/shop\/pull\/1\n$/);
    expect([...server.repository().issues.values()]).toMatchObject([
      {
        title: "Adopt what is live of Ingress shop/web",
        body: expect.stringContaining("web-v2"),
        pull: { head: { ref: "ingress-audit/adopt-shop-web" }, base: { ref: "main" } },
      },
    ]);
    expect(await origin.git("diff", "--name-only", "main", "ingress-audit/adopt-shop-web")).toBe(
      "deploy/web.yaml",
    );
  });

  test("a branch that origin has is not overwritten", async () => {
    await origin.git("branch", "theirs", "main");
    const before = await origin.git("rev-parse", "theirs");
    const { status, stderr } = await github("--branch", "theirs");
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("[push-failed]") });
    expect(await origin.git("rev-parse", "theirs")).toBe(before);
  });

  test("that GitHub refuses leaves a branch, which is told", async () => {
    const { status, stderr } = await github("--branch", "orphan", "--base", "nowhere");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(
        /branch orphan is pushed, and no pull request opened[\s\S]*git branch -D orphan/,
      ),
    });
  });

  test("needs a branch to be merged into", async () => {
    const { status, stderr } = await github("--ref", "main~0", "--branch", "never");
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("--base") });
    expect(await origin.git("branch", "--list", "never")).toBe("");
  });

  test("without a token nothing is committed", async () => {
    const { status, stderr } = await adopt(["shop/web", "--pull-request", "--branch", "early"], {
      GITHUB_TOKEN: "",
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/\[(forge-unauthorized|usage)\]/),
    });
    expect(await repository.git("branch", "--list", "early")).toBe("");
  });
});

test.each([
  [[], "NAMESPACE/NAME is missing"],
  [["web"], "does not name an Ingress"],
  [["shop/none"], "[ingress-not-found]"],
  [["shop/new"], "[file-needed]"],
  [["shop/web", "--file", "../elsewhere.yaml"], "lies outside the repository"],
  [["shop/web", "--file", "deploy/other.yaml"], "is declared in deploy/web.yaml"],
  [["shop/web", "--worktree", "--branch", "x"], "--worktree"],
  [["shop/web", "--base", "main"], "--pull-request"],
  [["shop/web", "--field", "spec.tls"], "[field-agrees]"],
])("%j is told to be wrong, with status 2", async (args, message) => {
  const { status, stdout, stderr } = await adopt(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
});
