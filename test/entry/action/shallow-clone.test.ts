import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltAction, buildAction } from "../../support/act/build-action.ts";
import { runStep } from "../../support/act/run-step.ts";
import { type GitServer, startGitServer } from "../../support/git-server.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { runGit } from "../../support/repository/run-git.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { webManifest } from "../../support/web-manifest.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };

let action: BuiltAction;
let origin: TestRepository;
let server: GitServer;
let snapshot: string;

/** Bob changed the service, and a commit later the cluster still has Ann's. */
beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "web.yaml": webManifest("web") } });
  history.commit({ message: "web: move to api", author: bob, files: { "web.yaml": webManifest("api") } });
  history.commit({ message: "docs", author: ann, files: { "README.md": "shop\n" } });
  origin = await history.write({ bare: true });
  server = await startGitServer(origin.dir, "ghs_checkout");
  action = await buildAction();
  snapshot = path.join(await temporaryFolder(), "live.yaml");
  await writeFile(snapshot, webManifest("web"));
});
afterAll(async () => {
  origin.remove();
  await Promise.all([server[Symbol.asyncDispose](), action[Symbol.asyncDispose]()]);
});

test("a checkout of depth 1 is completed with the credentials that it holds", async () => {
  const workspace = await checkout(server.authorization);
  const before = server.refused();
  const step = await runStep(action, { workspace, inputs: { mode: "audit", snapshot } });
  expect(step.summary).toContain("Bob Roy");
  expect(step.stdout).not.toContain(server.authorization.slice("basic ".length));
  expect(server.refused()).toBe(before);
  expect(await runGit(workspace, ["rev-list", "--count", "HEAD"])).toBe("3");
});

test("it stays as it is where it shall, and nobody is named", async () => {
  const workspace = await checkout(server.authorization);
  const step = await runStep(action, { workspace, inputs: { mode: "audit", snapshot, deepen: "never" } });
  expect(step.summary).toContain("shallow clone");
  expect(step.summary).not.toContain("Bob Roy");
  expect(step.summary).toContain("git fetch --unshallow");
  expect(await runGit(workspace, ["rev-list", "--count", "HEAD"])).toBe("1");
});

test("where it cannot be fetched the audit goes on, and says what to do", async () => {
  const workspace = await checkout(server.authorization);
  await runGit(workspace, ["config", "--unset-all", `http.${server.url}.extraheader`]);
  const step = await runStep(action, { workspace, inputs: { mode: "audit", snapshot, "fail-on": "none" } });
  expect(step.status).toBe(0);
  expect(step.summary).not.toContain("Bob Roy");
  expect(step.stdout).toMatch(/^::warning title=.*deepen-failed::.*fetch-depth: 0/m);
});

/** What actions/checkout does: https://github.com/actions/checkout/blob/v5/src/git-source-provider.ts */
async function checkout(authorization: string): Promise<string> {
  const dir = await temporaryFolder();
  const git = (...args: readonly string[]) => runGit(dir, args);
  await git("init", "--quiet", ".");
  await git("remote", "add", "origin", server.url);
  await git("config", "--local", `http.${server.url}.extraheader`, `AUTHORIZATION: ${authorization}`);
  const sha = (await origin.git("rev-parse", "main")).trim();
  await git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", `+${sha}:refs/remotes/origin/main`);
  await git("checkout", "--quiet", "-B", "main", "refs/remotes/origin/main");
  return dir;
}
