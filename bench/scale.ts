/**
 * What an audit takes where there is much of something, each as a multiple of a yardstick run beside it:
 *
 * - `history`: 80,000 commits of a monorepo, 500 of which touch Ingress files; of `git log --raw` over the same paths.
 * - `objects`: 10,000 Ingresses in 10,000 files, in sync and with 100 diverged; of parsing snapshot and manifests.
 * - `log`: an audit log of 200 MB, 1 line in 100 about an Ingress; of `grep -c ingresses`.
 * - `refs`: 3,000 refs of pull requests, each with a commit of its own; of `git log --raw --all` over the same paths.
 *
 * Run after `npm run build`: node bench/scale.ts [history|objects|log|refs]… [--cli dist/cli.js] [--runs 3] [--small]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { isolatedGitEnvironment, runGit } from "../test/support/repository/run-git.ts";
import { ingressText, pathOf } from "./generated-repository.ts";
import { ratioOf, timed } from "./timed.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cli: { type: "string", default: path.resolve(import.meta.dirname, "../dist/cli.js") },
    runs: { type: "string", default: "3" },
    small: { type: "boolean", default: false },
  },
});
const cli = path.resolve(values.cli);
const size = values.small ? 0.1 : 1;
const SCENES = { history, objects, log, refs };
const LOG = ["log", "--raw", "--no-abbrev", "--no-renames", "--full-history", "--sparse"];

for (const name of Object.keys(SCENES) as (keyof typeof SCENES)[]) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-scale-"));
  try {
    await SCENES[name](folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function history(folder: string): Promise<void> {
  const [commits, files] = [80_000 * size, 100 * size];
  const every = 160; // 500 of 80,000
  await fastImport(folder, function* () {
    for (let number = 0; number < commits; number++) {
      const isIngress = number % every === 0;
      const file = (number / every) % files;
      const change = isIngress
        ? { path: pathOf(file), text: ingressText(file, number) }
        : { path: `src/part-${number % 400}/module-${number % 7}.ts`, text: `export default ${number};\n` };
      yield commit("refs/heads/main", [change], number);
    }
  });
  const last = (file: number, back: number) =>
    (Math.floor((commits / every - 1 - file) / files) - back) * files * every + file * every;
  for (const diverged of [0, 10, files]) {
    const items = Array.from({ length: files }, (_, file) =>
      parse(ingressText(file, last(file, file < diverged ? 1 : 0))),
    );
    const snapshot = await writeSnapshot(folder, items);
    compare(`history: ${commits} commits, ${diverged} of ${files} diverged`, folder, {
      yardstick: () => timed("git", [...LOG, "--diff-merges=first-parent", "main", "--", "deploy"], folder),
      args: ["audit", "deploy", "--snapshot", snapshot],
    });
  }
}

async function objects(folder: string): Promise<void> {
  const count = 10_000 * size;
  await fastImport(folder, function* () {
    const texts = Array.from({ length: count }, (_, file) => ({
      path: pathOf(file),
      text: ingressText(file, 1),
    }));
    yield commit("refs/heads/main", texts, 0);
    const changed = texts.slice(0, 100).map((each, file) => ({ ...each, text: ingressText(file, 2) }));
    yield commit("refs/heads/main", changed, 1);
  });
  const floor = path.join(folder, "floor.mjs");
  const yaml = import.meta.resolve("yaml");
  await writeFile(
    floor,
    `import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { parse } from ${JSON.stringify(yaml)};
JSON.parse(readFileSync(process.argv[2], "utf8"));
const files = execFileSync("git", ["archive", "main"], { maxBuffer: 1 << 30 }).toString("latin1");
for (const [text] of files.matchAll(/apiVersion:[^\\0]*/g)) parse(text);
`,
  );
  for (const diverged of [0, 100]) {
    const items = Array.from({ length: count }, (_, file) =>
      parse(ingressText(file, file < 100 ? (file < diverged ? 1 : 2) : 1)),
    );
    const snapshot = await writeSnapshot(folder, items);
    compare(`objects: ${count} Ingresses, ${diverged} diverged`, folder, {
      yardstick: () => timed(process.execPath, [floor, snapshot], folder),
      args: ["audit", "deploy", "--snapshot", snapshot],
    });
  }
}

async function log(folder: string): Promise<void> {
  await fastImport(folder, function* () {
    yield commit("refs/heads/main", [{ path: pathOf(0), text: ingressText(0, 1) }], 0);
  });
  const snapshot = await writeSnapshot(folder, [parse(ingressText(0, 1))]);
  const file = path.join(folder, "audit.jsonl");
  const out = createWriteStream(file);
  const padding = "x".repeat(1200);
  let bytes = 0;
  for (let number = 0; bytes < 200_000_000 * size; number++) {
    const line = eventLine(number, number % 100 === 0 ? "ingresses" : "pods", padding);
    bytes += line.length;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  compare(`log: ${Math.round(bytes / 1e6)} MB`, folder, {
    // Through a pipe: to nowhere, grep would end at the first line that it finds.
    yardstick: () => timed("sh", ["-c", 'grep -c ingresses "$1" | cat', "sh", file], folder),
    args: ["audit", "deploy", "--snapshot", snapshot, "--audit-log", file],
  });
}

async function refs(folder: string): Promise<void> {
  const [count, files] = [3000 * size, 100];
  await fastImport(folder, function* () {
    const all = Array.from({ length: files }, (_, file) => ({
      path: pathOf(file),
      text: ingressText(file, 1),
    }));
    yield commit("refs/heads/main", all, 0);
    const changed = all.map((each, file) => ({ ...each, text: ingressText(file, 2) }));
    yield commit("refs/heads/main", changed, 1);
    for (let number = 1; number <= count; number++) {
      const file = number % files;
      const change = { path: pathOf(file), text: ingressText(file, 1000 + number) };
      yield commit(`refs/pull/${number}/head`, [change], 1 + number, 2);
    }
  });
  const items = Array.from({ length: files }, (_, file) => parse(ingressText(file, 1000 + file + files)));
  const snapshot = await writeSnapshot(folder, items);
  compare(`refs: ${count} refs, ${files} diverged`, folder, {
    yardstick: () => timed("git", [...LOG, "--diff-merges=first-parent", "--all", "--", "deploy"], folder),
    args: ["audit", "deploy", "--snapshot", snapshot],
  });
}

function compare(
  what: string,
  folder: string,
  { yardstick, args }: { yardstick: () => ReturnType<typeof timed>; args: readonly string[] },
): void {
  const audit = () => timed(process.execPath, [cli, ...args], folder);
  const { wall, cpu, wallMs, yardstickMs } = ratioOf(yardstick, audit, Number(values.runs));
  const figures = [
    `yardstick ${yardstickMs.toFixed(0)} ms`,
    `audit ${wallMs.toFixed(0)} ms`,
    `ratio ${wall.toFixed(1)}`,
    `of processor time ${cpu.toFixed(1)}`,
  ];
  console.log(`${what}: ${figures.join(", ")}`);
}

async function writeSnapshot(folder: string, items: readonly unknown[]): Promise<string> {
  const file = path.join(folder, ".git", `live-${items.length}.json`);
  const ingressClass = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx" },
    spec: {},
  };
  await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: [...items, ingressClass] }));
  return file;
}

interface Change {
  readonly path: string;
  readonly text: string;
}

/** One commit as `git fast-import` reads it. */
function commit(ref: string, changes: readonly Change[], number: number, from?: number): string {
  const message = `change ${number}`;
  const who = `Author ${number % 8} <a${number % 8}@example.com> ${1_700_000_000 + number * 60} +0000`;
  const files = changes.map(
    ({ path, text }) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const parent = from === undefined ? "" : `from :${from}\n`;
  return `commit ${ref}\nmark :${number + 1}\ncommitter ${who}\ndata ${message.length}\n${message}\n${parent}${files.join("")}\n`;
}

async function fastImport(dir: string, commits: () => Iterable<string>): Promise<void> {
  await runGit(dir, ["init", "--quiet", "--initial-branch=main", "."]);
  const child = spawn("git", ["fast-import", "--quiet"], {
    cwd: dir,
    env: isolatedGitEnvironment(),
    stdio: ["pipe", "inherit", "inherit"],
  });
  for (const each of commits()) if (!child.stdin.write(each)) await once(child.stdin, "drain");
  child.stdin.end();
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`git fast-import ended with ${status}`);
  await runGit(dir, ["repack", "-adq"]);
  await runGit(dir, ["pack-refs", "--all"]);
}

function eventLine(number: number, resource: string, padding: string): string {
  const time = new Date(1_700_000_000_000 + number * 1000).toISOString();
  return `${JSON.stringify({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "RequestResponse",
    auditID: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    stage: "ResponseComplete",
    verb: "get",
    user: { username: "alice@example.com", groups: ["system:authenticated"] },
    objectRef: {
      resource,
      namespace: "team-0",
      name: "app-0",
      apiGroup: "networking.k8s.io",
      apiVersion: "v1",
    },
    responseStatus: { code: 200 },
    responseObject: { padding },
    requestReceivedTimestamp: time,
    stageTimestamp: time,
  })}\n`;
}
