/**
 * How much longer it takes to read a history, with every version of every file, than `git log --raw` alone takes over
 * the same paths: 5,000 commits over 500 Ingress files among others. Prints the median of five runs; exits with 1 at
 * twice the time or more.
 *
 * Run: node bench/git-history.ts [commits] [files]
 */
import { spawnSync } from "node:child_process";
import { openGitHistory } from "../src/adapters/git/open-git-history.ts";
import type { PathSelector } from "../src/ports/git-history.ts";
import { isolatedGitEnvironment } from "../test/support/repository/run-git.ts";
import { generateHistory } from "./generated-repository.ts";

const COMMITS = Number(process.argv[2] ?? 5_000);
const FILES = Number(process.argv[3] ?? 500);
const RUNS = 5;
const LIMIT = 2;

const selector: PathSelector = { pathspecs: ["deploy"], matches: (path) => path.endsWith(".yaml") };

using repository = await generateHistory(COMMITS, FILES).write();
await repository.git("gc", "--quiet"); // packed as a clone is
const history = await openGitHistory({ dir: repository.dir });
const head = await history.resolveCommit("main");
await measureOnce(); // fills the page cache

const runs: { logMs: number; readMs: number }[] = [];
for (let run = 0; run < RUNS; run++) runs.push(await measureOnce());
const ratio = median(runs.map((run) => run.readMs / run.logMs));
const logMs = median(runs.map((run) => run.logMs)).toFixed(0);
const readMs = median(runs.map((run) => run.readMs)).toFixed(0);
const fastest = Math.min(...runs.map((run) => run.readMs)) / Math.min(...runs.map((run) => run.logMs));
console.log(`${COMMITS} commits over ${FILES} files, medians of ${RUNS} runs`);
console.log(`git log --raw alone: ${logMs} ms; graph and every version: ${readMs} ms`);
console.log(`ratio ${ratio.toFixed(2)} (of the fastest runs: ${fastest.toFixed(2)})`);
console.log(
  `${Math.round(process.memoryUsage().rss / 1024 / 1024)} MB resident, the generated history included`,
);
if (ratio >= LIMIT) process.exitCode = 1;

async function measureOnce(): Promise<{ logMs: number; readMs: number }> {
  const logStart = performance.now();
  spawnSync("git", ["log", "--raw", "--no-abbrev", "main", "--", "deploy"], {
    cwd: repository.dir,
    env: isolatedGitEnvironment(),
    stdio: "ignore",
  });
  const readStart = performance.now();
  await readEverything();
  return { logMs: readStart - logStart, readMs: performance.now() - readStart };
}

async function readEverything(): Promise<void> {
  const graph = await history.readGraph(head, selector);
  const blobs = new Set(graph.changes.flatMap(({ blob }) => blob ?? []));
  let bytes = 0;
  for await (const { content } of history.readBlobs([...blobs])) bytes += content.length;
  if (graph.commits.length !== COMMITS || bytes === 0)
    throw new Error("The benchmark read less than it made");
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
