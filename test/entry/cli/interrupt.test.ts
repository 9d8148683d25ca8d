import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { MAIN } from "../../support/run-cli.ts";
import { webLive, webManifest, webSnapshot } from "../../support/web-ingress.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

test("a cluster that does not answer: nothing is written, and the shell sees the signal", async () => {
  const repository = await newRepository();
  const server = await silentServer();
  const kubeconfig = await kubeconfigWith(repository, server.url, { token: "t" });
  const report = path.join(repository.dir, "report.json");
  await writeFile(report, "yesterday's\n");
  const run = start(repository, ["audit", "--kubeconfig", kubeconfig, "-o", `json=${report}`]);
  await server.asked;

  const ended = await run.endedBy("SIGINT");

  expect(ended).toEqual({
    code: null,
    signal: "SIGINT",
    stdout: "",
    stderr: "ingress-audit: ended by SIGINT before it was done\n",
  });
  expect(await readFile(report, "utf8")).toBe("yesterday's\n");
});

test("a snapshot, or an audit log, that somebody types in", async () => {
  const repository = await newRepository();
  const snapshot = path.join(repository.dir, "live.json");
  await writeFile(snapshot, webSnapshot(webLive("web")));
  for (const args of [
    ["--snapshot", "-"],
    ["--snapshot", snapshot, "--audit-log", "-"],
  ]) {
    const dir = await temporaryFolder();
    onTestFinished(() => removeFolder(dir));
    const run = start(repository, ["audit", ...args], { PATH: await pathWithGitThatNotes(dir, "rev-parse") });
    run.child.stdin?.write("{");
    await noted(path.join(dir, "git-pid"));
    // By then it waits for more, which does not come.
    await sleep(2_000);

    expect(await run.endedBy("SIGTERM")).toMatchObject({
      signal: "SIGTERM",
      stdout: "",
      stderr: "ingress-audit: ended by SIGTERM before it was done\n",
    });
  }
});

test("a credential plugin that waits for a login dies too", async () => {
  const repository = await newRepository();
  const note = path.join(repository.dir, "plugin");
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    interactiveMode: "Never",
    command: "sh",
    args: ["-c", `echo $$ >'${note}'; exec sleep 60`],
  };
  const kubeconfig = await kubeconfigWith(repository, "http://127.0.0.1:1", { exec });
  const run = start(repository, ["snapshot", "--kubeconfig", kubeconfig]);
  const plugin = await noted(note);

  expect(await run.endedBy("SIGTERM")).toMatchObject({ signal: "SIGTERM", stdout: "" });
  await expectDead(plugin);
});

test("git dies too, though it waits for a remote", async () => {
  const whole = await newRepository();
  await whole.commit({ message: "again", author: ann, files: { "deploy/web.yaml": webManifest("web-v2") } });
  const dir = await temporaryFolder();
  onTestFinished(() => removeFolder(dir));
  await whole.git("clone", "--quiet", "--depth=1", `file://${whole.dir}`, path.join(dir, "clone"));
  await whole.git("-C", path.join(dir, "clone"), "remote", "set-url", "origin", "ssh://git.example/shop.git");
  const ssh = path.join(dir, "ssh");
  // Like the real one, it never hears from its server, and ends when nobody talks to it any longer.
  await writeFile(ssh, `#!/bin/sh\necho $$ >'${dir}/ssh-pid'\nexec cat\n`);
  await chmod(ssh, 0o755);
  const PATH = await pathWithGitThatNotes(dir, "fetch");
  const run = start({ dir: path.join(dir, "clone") }, ["audit", "--deepen"], { GIT_SSH: ssh, PATH });
  const [git, transport] = [await noted(path.join(dir, "git-pid")), await noted(path.join(dir, "ssh-pid"))];

  expect(await run.endedBy("SIGTERM")).toMatchObject({ signal: "SIGTERM", stdout: "" });
  await expectDead(git);
  await expectDead(transport);
});

test("the demo leaves no folder behind", async () => {
  const dir = await temporaryFolder();
  onTestFinished(() => removeFolder(dir));
  await mkdir(path.join(dir, "tmp"));
  const PATH = await pathWithGitThatNotes(dir, "fast-import", "exec sleep 60");
  const run = start({ dir }, ["demo"], { PATH, TMPDIR: path.join(dir, "tmp") });
  const git = await noted(path.join(dir, "git-pid"));
  expect(await readdir(path.join(dir, "tmp"))).toHaveLength(1);

  expect(await run.endedBy("SIGINT")).toMatchObject({ signal: "SIGINT", stdout: "" });
  expect(await readdir(path.join(dir, "tmp"))).toEqual([]);
  await expectDead(git);
});

test("a run that was not interrupted ends as ever", async () => {
  const repository = await newRepository();
  const snapshot = path.join(repository.dir, "live.json");
  await writeFile(snapshot, webSnapshot(webLive("web")));
  const run = start(repository, ["audit", "--snapshot", snapshot]);
  const code = await new Promise((resolve) => run.child.once("exit", resolve));
  expect(code).toBe(0);
});

async function newRepository(): Promise<TestRepository> {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add web", author: ann, files: { "deploy/web.yaml": webManifest("web") } });
  const repository = await builder.write();
  onTestFinished(() => repository.remove());
  return repository;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in a process of its own; only that process gets the signal, and none of its children. */
function start(
  { dir }: { readonly dir: string },
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly endedBy: (signal: NodeJS.Signals) => Promise<Ended> } {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: dir, env: { ...process.env, ...env } });
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once("exit", (code, signal) => resolve([code, signal])),
  );
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return {
    child,
    endedBy: async (wanted) => {
      child.kill(wanted);
      const [code, signal] = await ended;
      const [stdout, stderr] = await output;
      return { code, signal, stdout, stderr };
    },
  };
}

/** Takes requests and never answers them. */
async function silentServer(): Promise<{ readonly url: string; readonly asked: Promise<void> }> {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const server = http.createServer(() => resolve());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

async function kubeconfigWith({ dir }: TestRepository, server: string, user: object): Promise<string> {
  const file = path.join(dir, "kubeconfig");
  const config = {
    "current-context": "test",
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    clusters: [{ name: "test", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "test", user }],
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** The real git, except that one command notes its process before it runs, or does something else. */
async function pathWithGitThatNotes(dir: string, command: string, instead = ""): Promise<string> {
  const PATH = process.env.PATH ?? "";
  const script = `#!/bin/sh
PATH='${PATH}'
case " $* " in *" ${command} "*) echo $$ >'${dir}/git-pid'; ${instead === "" ? ":" : instead};; esac
exec git "$@"
`;
  await mkdir(path.join(dir, "bin"));
  await writeFile(path.join(dir, "bin/git"), script);
  await chmod(path.join(dir, "bin/git"), 0o755);
  return `${path.join(dir, "bin")}${path.delimiter}${PATH}`;
}

/** The process that a script has noted in a file. */
async function noted(file: string): Promise<number> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
    const written = await readFile(file, "utf8").catch(() => "");
    if (written.endsWith("\n")) return Number(written);
    await sleep(50);
  }
  throw new Error(`nothing was noted in ${file}`);
}

async function expectDead(pid: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < 5_000; waitedMs += 50) {
    if (!isAlive(pid)) return;
    await sleep(50);
  }
  expect(isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
