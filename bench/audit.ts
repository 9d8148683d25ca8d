/**
 * How long a whole audit takes, as a multiple of the `git log --raw` over the same paths, run beside it: 5,000 commits
 * over 500 Ingress files, of which 10, then all, diverge. Medians of five runs of the built command line.
 *
 * Run after `npm run build`: npx node bench/audit.ts [commits] [files]
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { isolatedGitEnvironment } from "../test/support/repository/run-git.ts";
import { generateHistory, ingressText } from "./generated-repository.ts";

const COMMITS = Number(process.argv[2] ?? 5_000);
const FILES = Number(process.argv[3] ?? 500);
const RUNS = 5;
const CLI = path.resolve(import.meta.dirname, "../dist/cli.js");
const LOG = [
  "log",
  "--raw",
  "--no-abbrev",
  "--no-renames",
  "--full-history",
  "--sparse",
  "--diff-merges=first-parent",
  "main",
  "--",
  "deploy",
];

using repository = await generateHistory(COMMITS, FILES).write();
await repository.git("gc", "--quiet"); // packed as a clone is
const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-bench-"));
try {
  console.log(`${COMMITS} commits over ${FILES} files, medians of ${RUNS} runs`);
  for (const diverged of [0, 10, FILES]) await measure(diverged);
} finally {
  await rm(folder, { recursive: true });
}

async function measure(diverged: number): Promise<void> {
  const snapshot = path.join(folder, `live-${diverged}.json`);
  await writeFile(
    snapshot,
    JSON.stringify({ apiVersion: "v1", kind: "List", items: await liveItems(diverged) }),
  );
  const runs = Array.from({ length: RUNS + 1 }, () => ({
    logMs: time("git", LOG, repository.dir),
    auditMs: time(
      process.execPath,
      [CLI, "audit", "deploy", "--snapshot", snapshot, "--output", "json"],
      repository.dir,
    ),
  })).slice(1);
  const ratio = median(runs.map(({ logMs, auditMs }) => auditMs / logMs));
  const logMs = median(runs.map((run) => run.logMs)).toFixed(0);
  const auditMs = median(runs.map((run) => run.auditMs)).toFixed(0);
  console.log(`${diverged} diverged: git log ${logMs} ms, audit ${auditMs} ms, ratio ${ratio.toFixed(1)}`);
}

function time(command: string, args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd,
    env: isolatedGitEnvironment(),
    maxBuffer: 1 << 30,
  });
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

/** The cluster holds what Git declares; the diverged ones hold the version before. */
async function liveItems(diverged: number) {
  const items = [];
  for (let file = 0; file < FILES; file++) {
    const versions = Array.from({ length: COMMITS }, (_, number) => number).filter(
      (number) => (number * 7919) % FILES === file,
    );
    const version = versions.at(file < diverged ? -2 : -1) ?? 0;
    items.push(parse(ingressText(file, version)));
  }
  const ingressClass = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx" },
    spec: {},
  };
  return [...items, ingressClass];
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
