import { chown, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltAction, buildAction } from "../../support/act/build-action.ts";
import { runStep } from "../../support/act/run-step.ts";
import { freePorts } from "../../support/cluster/free-ports.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { runGit } from "../../support/repository/run-git.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { webManifest } from "../../support/web-manifest.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
/** What would be a command to the runner where it stood at the start of a line, or anywhere. */
const COMMANDS =
  "\n::set-output name=diverged::0\n::error::pwned\n##[error]pwned\n::stop-commands::x\n%0A::error::pwned";

let action: BuiltAction;
let repository: TestRepository;
let folder: string;

beforeAll(async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "web.yaml": webManifest("web") } });
  repository = await history.write({ checkout: true });
  action = await buildAction();
  folder = await temporaryFolder();
});
afterAll(async () => {
  repository.remove();
  await action[Symbol.asyncDispose]();
});

test("a difference fails the step, and everything is left for those that follow", async () => {
  const snapshot = await live(webManifest("api"));
  const step = await runStep(action, { workspace: repository.dir, inputs: { mode: "audit", snapshot } });
  expect(step.status).toBe(1);
  expect(step.stdout).toMatch(
    /^::error title=high%2C out-of-band%3A shop\/web,file=web\.yaml,line=16::spec\.rules.*%0A.*api/m,
  );
  expect(step.stdout).toMatch(
    /^::error title=The cluster differs from Git::1 Ingress differs: 1 out-of-band\./m,
  );
  expect(step.outputs).toMatchObject({
    diverged: "1",
    "max-severity": "high",
    "severity-counts": '{"high":1}',
  });
  expect(step.summary).toContain("### `shop/web`");
  expect(step.stderr).toBe("");
});

test("fail-on decides what fails", async () => {
  const snapshot = await live(webManifest("api"));
  const inputs = { mode: "audit", snapshot, "fail-on": "none" };
  const step = await runStep(action, { workspace: repository.dir, inputs });
  expect(step.status).toBe(0);
  expect(step.outputs).toMatchObject({ diverged: "1" });
});

test("what goes wrong fails the step with what, where and how to mend it", async () => {
  const step = await runStep(action, { workspace: repository.dir, inputs: { mode: "watch" } });
  expect(step.status).toBe(1);
  expect(step.stdout).toBe(
    '::error title=ingress-audit%3A usage::mode: "watch" is not understood.%0Aoption: mode%0AWrite one of audit, pull-request, issues, deploy.\n',
  );
});

test("a folder outside of any repository says so", async () => {
  const snapshot = await live(webManifest("web"));
  const step = await runStep(action, { workspace: folder, inputs: { mode: "audit", snapshot } });
  expect(step.status).toBe(1);
  expect(step.stdout).toContain("not-a-repository");
});

test("hostile text commands nothing", async () => {
  const annotations = { "evil.example.com/note": COMMANDS };
  const snapshot = await live(webManifest(`web`, annotations));
  const inputs = { mode: "audit", snapshot, "fail-on": "none" };
  const step = await runStep(action, { workspace: repository.dir, inputs });
  expect(step.status).toBe(0);
  // The warning is our own: the snapshot is without managedFields.
  expect(commandsIn(step.stdout)).toEqual(["warning", "notice"]);
  expect(step.stdout).toContain("::warning title=audited%2C but%3A managed-fields-missing::");
  expect(step.outputs).toMatchObject({ diverged: "1" });
  expect(step.summary).toContain("evil.example.com/note");
});

test("a summary beyond what GitHub takes is cut between differences, and says so", async () => {
  const many = Array.from({ length: 400 }, (_, index) => {
    const value = "é".repeat(2_000);
    return webManifest("web", { "evil.example.com/long": value }).replace("name: web", `name: web-${index}`);
  });
  const snapshot = await live(many.join("---\n"));
  const step = await runStep(action, { workspace: repository.dir, inputs: { mode: "audit", snapshot } });
  const bytes = Buffer.byteLength(step.summary);
  expect(bytes).toBeLessThanOrEqual(1024 * 1024);
  expect(bytes).toBeGreaterThan(900 * 1024);
  expect(step.summary).toMatch(/_\d+ more differences are left out here/);
  expect(step.summary.match(/^<details>/gm)).toHaveLength(step.summary.match(/^<\/details>/gm)?.length ?? 0);
  // Nine beside the lines, one for the step itself.
  expect(step.stdout.match(/^::error /gm)?.length ?? 0).toBeLessThanOrEqual(10);
});

test("the token and the App's key are masked before anything else", async () => {
  const inputs = {
    mode: "audit",
    token: "ghs_very_secret",
    "app-private-key": "-----BEGIN\nMIIEowIBAAKC\n-----END",
  };
  const step = await runStep(action, { workspace: folder, inputs });
  expect(step.stdout).toMatch(/^::add-mask::ghs_very_secret\n/);
  expect(step.stdout).toContain("::add-mask::MIIEowIBAAKC\n");
});

test("a cancelled run leaves no kubeconfig behind", async () => {
  const [port = 0] = await freePorts(1);
  const kubeconfig = JSON.stringify({
    "current-context": "gone",
    contexts: [{ name: "gone", context: { cluster: "gone", user: "me" } }],
    clusters: [{ name: "gone", cluster: { server: `https://127.0.0.1:${port}` } }],
    users: [{ name: "me", user: { token: "sesame-open" } }],
  });
  const inputs = { mode: "deploy", kubeconfig, timeout: "5m" };
  const step = await runStep(action, { workspace: repository.dir, inputs, cancelAt: "cannot be read" });
  expect(step.status).toBe(1);
  expect(step.stdout).toContain("The run was cancelled");
  expect(step.stdout).not.toContain("an error that nobody foresaw");
  expect(step.left).toEqual([]);
});

test.runIf(process.getuid?.() === 0)("a workspace that another user owns is read all the same", async () => {
  const history = new RepositoryBuilder();
  history.commit({ message: "web: first", author: ann, files: { "web.yaml": webManifest("web") } });
  const theirs = await history.write({ checkout: true });
  await chown(theirs.dir, 12345, 12345);
  await chown(path.join(theirs.dir, ".git"), 12345, 12345);
  const snapshot = await live(webManifest("web"));
  const step = await runStep(action, { workspace: theirs.dir, inputs: { mode: "audit", snapshot } });
  expect(step.status).toBe(0);
  expect(step.left.filter((name) => name.includes("git"))).toEqual([]);
  await expect(runGit(theirs.dir, ["status"])).rejects.toThrow("dubious ownership");
});

const NGINX = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\n";

async function live(text: string): Promise<string> {
  const file = path.join(folder, `live-${Math.abs(hash(text))}.yaml`);
  await writeFile(file, `${text}---\n${NGINX}`);
  return file;
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) | 0, 7);
}

/** Which commands a runner would see, by both of its forms. */
function commandsIn(stdout: string): readonly string[] {
  return stdout.split("\n").flatMap((line) => {
    const command = /^\s*::([\w-]+)(?: [^:]*)?::/.exec(line)?.[1];
    if (command !== undefined) return [command];
    return /##\[([\w-]+)/.exec(line)?.[1] ?? [];
  });
}
