/**
 * How long a whole audit takes, Node's start included, as a multiple of the `git log --raw` over the same paths, run
 * beside it: 5,000 commits over 500 Ingress files, of which none, 10, then all diverge. Exits with 1 beyond the limits.
 *
 * Run after `npm run build`: node bench/audit.ts [--commits 5000] [--files 500] [--runs 7] [--cli dist/cli.js]
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { generateHistory, ingressText, versionsOf } from "./generated-repository.ts";
import { ratioOf, timed } from "./timed.ts";

const { values } = parseArgs({
  options: {
    commits: { type: "string", default: "5000" },
    files: { type: "string", default: "500" },
    runs: { type: "string", default: "7" },
    cli: { type: "string", default: path.resolve(import.meta.dirname, "../dist/cli.js") },
  },
});
const [commits, files, runs] = [Number(values.commits), Number(values.files), Number(values.runs)];
const cli = path.resolve(values.cli);
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

using repository = await generateHistory(commits, files).write();
await repository.git("gc", "--quiet"); // packed as a clone is
const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-bench-"));
try {
  console.log(`${commits} commits over ${files} files, medians of ${runs} runs`);
  await measure(0, 5);
  await measure(Math.min(10, files), 7);
  await measure(files, 14);
} finally {
  await rm(folder, { recursive: true });
}

/** @param limit Beyond this multiple of the log's wall time, something has become slower. */
async function measure(diverged: number, limit: number): Promise<void> {
  const snapshot = path.join(folder, `live-${diverged}.json`);
  await writeFile(snapshot, JSON.stringify({ apiVersion: "v1", kind: "List", items: liveItems(diverged) }));
  const audit = [cli, "audit", "deploy", "--snapshot", snapshot];
  const { wall, cpu, wallMs, yardstickMs } = ratioOf(
    () => timed("git", LOG, repository.dir),
    () => timed(process.execPath, audit, repository.dir),
    runs,
  );
  console.log(
    `${diverged} diverged: git log ${yardstickMs.toFixed(0)} ms, audit ${wallMs.toFixed(0)} ms, ratio ${wall.toFixed(1)} (limit ${limit}); of processor time ${cpu.toFixed(1)}`,
  );
  if (wall > limit) process.exitCode = 1;
}

/** The cluster holds what Git declares; the diverged ones hold the version before. */
function liveItems(diverged: number) {
  const items = Array.from({ length: files }, (_, file) => {
    const version = versionsOf(file, commits, files).at(file < diverged ? -2 : -1);
    return parse(ingressText(file, version ?? 0));
  });
  const ingressClass = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx" },
    spec: {},
  };
  return [...items, ingressClass];
}
