/**
 * How long the bundled Action takes to start, and to audit a small repository, as a multiple of a bare Node.js; and how
 * large the bundle is. Medians of eleven runs of the sources as they are now.
 *
 *   npx node bench/action.ts
 */
import { spawnSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundle } from "../scripts/build/bundle.ts";
import { loadedAtStart } from "../scripts/build/loaded-at-start.ts";
import { RepositoryBuilder } from "../test/support/repository/build-repository.ts";
import { temporaryFolder } from "../test/support/repository/temporary-folder.ts";
import { webManifest } from "../test/support/web-manifest.ts";

const RUNS = 11;

const folder = await temporaryFolder();
const history = new RepositoryBuilder();
const ann = { name: "Ann Lee", email: "ann@example.com" };
history.commit({ message: "web", author: ann, files: { "web.yaml": webManifest("web") } });
using repository = await history.write();
try {
  const metafile = await bundle(folder);
  // As the package says, so that Node.js need not find out.
  await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
  for (const entry of ["src/entry/action/main.ts", "src/entry/cli/main.ts"]) {
    const { bytes, parts } = loadedAtStart(metafile, entry);
    const largest = parts.slice(0, 6).map(([name, size]) => `${name} ${kilobytes(size)}`);
    console.log(`${entry} loads ${kilobytes(bytes)} at its start: ${largest.join(", ")} …`);
  }
  const whole = Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`The whole bundle, both entries: ${kilobytes(whole)}`);
  await measure();
} finally {
  await rm(folder, { recursive: true });
}

/** Run in turns, so that whatever else the machine does slows down all alike. */
async function measure(): Promise<void> {
  const snapshot = path.join(folder, "live.yaml");
  await writeFile(snapshot, webManifest("api"));
  const action = path.join(folder, "action.js");
  const runs = Array.from({ length: RUNS + 1 }, () => ({
    node: time(["-e", "0"], {}),
    start: time([action], { INPUT_MODE: "nothing such" }),
    audit: time([action], { INPUT_MODE: "audit", INPUT_SNAPSHOT: snapshot, RUNNER_TEMP: folder }),
  })).slice(1);
  const node = median(runs.map((run) => run.node));
  console.log(`A bare Node.js: ${node.toFixed(0)} ms`);
  for (const [what, times] of [
    ["start, until the inputs are read", runs.map(({ start }) => start)],
    ["whole audit of one Ingress that differs, from a snapshot", runs.map(({ audit }) => audit)],
  ] as const) {
    const ms = median(times);
    console.log(`${what}: ${ms.toFixed(0)} ms, ratio ${(ms / node).toFixed(1)}`);
  }
}

function time(args: readonly string[], env: Readonly<Record<string, string>>): number {
  const began = performance.now();
  const { error } = spawnSync(process.execPath, args, {
    cwd: repository.dir,
    env: { PATH: process.env.PATH ?? "", HOME: folder, ...env },
    stdio: "ignore",
  });
  if (error !== undefined) throw error;
  return performance.now() - began;
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
