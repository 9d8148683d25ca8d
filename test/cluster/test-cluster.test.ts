import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const START = path.join(ROOT, "test/support/cluster/start-cluster.ts");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-support-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("the test cluster", () => {
  test("ends with its process, even if that is killed, and leaves nothing behind", async () => {
    const script = `
      import { startCluster } from ${JSON.stringify(START)};
      const cluster = await startCluster();
      console.log(cluster.url + " " + cluster.scratchFolder);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line]: Buffer[] = await once(child.stdout, "data");
    const [url = "", scratchFolder = ""] = String(line).trim().split(" ");
    expect(await isListening(url)).toBe(true);
    child.kill("SIGKILL");
    await eventually(async () => !(await isListening(url)) && !(await exists(scratchFolder)));
  });
});

describe("the binaries", () => {
  test("in KUBEBUILDER_ASSETS are used, and an incomplete folder is an error that says what is missing", async () => {
    await executable(path.join(folder, "etcd"), "exit 0");
    const result = await prepare({ KUBEBUILDER_ASSETS: folder });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("has no executable kube-apiserver, kubectl");
    await executable(path.join(folder, "kube-apiserver"), "exit 0");
    await executable(path.join(folder, "kubectl"), "exit 0");
    expect(await prepare({ KUBEBUILDER_ASSETS: folder })).toEqual({ exitCode: 0, stderr: "" });
  });

  test("without Go and without KUBEBUILDER_ASSETS: says how to get either", async () => {
    const result = await prepare({ XDG_CACHE_HOME: folder, PATH: folder });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("Install Go");
    expect(result.stderr).toContain("KUBEBUILDER_ASSETS");
    expect(await cached()).toEqual([]);
  });

  test("a build that fails leaves nothing half done", async () => {
    await fakeGo('touch "$out/etcd"; exit 3');
    const result = await prepare({ XDG_CACHE_HOME: folder, PATH: goPath() });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("go build of kube-apiserver, etcd and kubectl 1.36.3 ended with 3");
    expect(await cached()).toEqual([]);
  });

  test("two builds at once both succeed, and the next run builds nothing", async () => {
    await fakeGo(
      'sleep 0.3; shift 2; for name in "$@"; do case "$out" in */) install -m 755 /dev/null "$out/$name";; *) install -m 755 /dev/null "$out";; esac; done',
    );
    const environment = { XDG_CACHE_HOME: folder, PATH: goPath() };
    const results = await Promise.all([prepare(environment), prepare(environment)]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await cached()).toEqual([
      expect.stringMatching(/^cluster-1\.36\.3-[0-9a-f]{12}$/),
      expect.stringMatching(/^renderers-[0-9a-f]{12}$/),
      expect.stringMatching(/^workflows-[0-9a-f]{12}$/),
    ]);
    expect(await prepare({ ...environment, PATH: folder })).toEqual({ exitCode: 0, stderr: "" });
  });
});

async function prepare(environment: Record<string, string>) {
  const { KUBEBUILDER_ASSETS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [path.join(ROOT, "scripts/prepare-tests.ts")], {
    env: { ...inherited, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { exitCode, stderr };
}

/** A compiler that is ready at once. `$out` is where the binaries belong. */
async function fakeGo(script: string): Promise<void> {
  await executable(path.join(folder, "go"), `while [ "$1" != -o ]; do shift; done; out=$2; ${script}`);
}

function goPath(): string {
  return `${folder}${path.delimiter}${process.env.PATH}`;
}

async function executable(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function cached(): Promise<readonly string[]> {
  return await readdir(path.join(folder, "ingress-audit"));
}

async function isListening(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    // The certificate is not trusted, but somebody showed one.
    (error: Error) => !String((error.cause as Error | undefined)?.message).includes("ECONNREFUSED"),
  );
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("it did not come to pass within 10 s");
    await sleep(50);
  }
}
