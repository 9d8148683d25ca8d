import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltAction, buildAction } from "../../support/act/build-action.ts";
import { runStep } from "../../support/act/run-step.ts";
import { appKeys } from "../../support/github/app-keys.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { webManifest } from "../../support/web-manifest.ts";

/** The bundled Action signs in as a GitHub App, and not by the workflow's token. */

const ann = { name: "Ann Lee", email: "ann@example.com" };
const keys = appKeys();

let action: BuiltAction;
let repository: TestRepository;
let server: GitHubServer;
let folder: string;

beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "web.yaml": webManifest("web") } });
  repository = await history.write({ checkout: true });
  action = await buildAction();
  server = await startGitHub({
    repositories: [{ fullName: "acme/shop", gitDir: path.join(repository.dir, ".git") }],
  });
  server.addApp({
    id: 4711,
    slug: "drift-watch",
    publicKey: keys.publicKey,
    permissions: { contents: "read", issues: "write", pull_requests: "read" },
    repositories: ["acme/shop"],
  });
  folder = await temporaryFolder();
  await writeFile(path.join(folder, "live.yaml"), webManifest("hotfix"));
});
afterAll(async () => {
  repository.remove();
  await removeFolder(folder);
  await action[Symbol.asyncDispose]();
  await server.stop();
});

test("what it posts is the App's, by one token of its installation", async () => {
  const step = await run({ "app-id": "4711", "app-private-key": keys.privateKey, token: "ghs_actions" });
  expect(step.status).toBe(0);
  expect(step.outputs).toMatchObject({ diverged: "1", "issue-numbers": "1" });
  expect(server.issues().map(({ user }) => user.login)).toEqual(["drift-watch[bot]"]);
  expect(server.count("apps/create-installation-access-token")).toBe(1);
});

test("the key is masked line by line, and stands nowhere else", async () => {
  const step = await run({ "app-id": "4711", "app-private-key": keys.privateKey });
  const line = keys.privateKey.split("\n")[1] ?? "";
  const shown = step.stdout.split("\n").filter((each) => each.includes(line));
  expect(shown).not.toEqual([]);
  expect(shown.filter((each) => !each.startsWith("::add-mask::"))).toEqual([]);
  expect(step.summary + step.stderr).not.toContain(line);
});

test("a secret whose line ends are written as \\n is understood", async () => {
  const step = await run({
    "app-id": "4711",
    "app-private-key": keys.privateKey.trim().replaceAll("\n", "\\n"),
  });
  expect(step.status).toBe(0);
});

test.each([
  ["another App's key", { "app-id": "4711", "app-private-key": appKeys().privateKey }, "forge-unauthorized"],
  ["an App that is not there", { "app-id": "9", "app-private-key": keys.privateKey }, "forge-unauthorized"],
  ["an id without a key", { "app-id": "4711" }, "needs both its id and its private key"],
  ["a key that is none", { "app-id": "4711", "app-private-key": "x" }, "private key cannot be read"],
])("%s fails the step, and writes nothing", async (_, inputs, message) => {
  const before = server.count("issues/create");
  const step = await run(inputs);
  expect(step.status).toBe(1);
  expect(step.stdout).toMatch(new RegExp(`^::error .*${message}`, "m"));
  expect(server.count("issues/create")).toBe(before);
});

async function run(inputs: Readonly<Record<string, string>>) {
  return await runStep(action, {
    workspace: repository.dir,
    inputs: { mode: "issues", snapshot: path.join(folder, "live.yaml"), ...inputs },
    env: { GITHUB_API_URL: server.url, GITHUB_GRAPHQL_URL: server.graphqlUrl },
  });
}
