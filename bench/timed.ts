import { spawnSync } from "node:child_process";
import { isolatedGitEnvironment } from "../test/support/repository/run-git.ts";

/** What a command took, the processes that it started included. */
export interface Timing {
  readonly wallMs: number;
  /** User and system time: what tells on a machine that is busy with other things as well. */
  readonly cpuMs: number;
}

/** @throws {Error} where it ends with anything but 0, or 1, which tells of divergences. */
export function timed(command: string, args: readonly string[], cwd: string): Timing {
  const start = performance.now();
  // The shell's own `times` tells on its last line what its children took.
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", '"$@" > /dev/null; status=$?; times; exit $status', "sh", command, ...args],
    { cwd, env: isolatedGitEnvironment(), encoding: "utf8" },
  );
  const wallMs = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}: ${stderr}`);
  const cpuMs = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000)
    .reduce((sum, each) => sum + each, 0);
  return { wallMs, cpuMs };
}

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The same command beside a yardstick, run in turns so that both meet the same machine; the first turn fills the caches. */
export function ratioOf(
  yardstick: () => Timing,
  command: () => Timing,
  runs: number,
): { readonly wall: number; readonly cpu: number; readonly wallMs: number; readonly yardstickMs: number } {
  const turns = Array.from({ length: runs + 1 }, () => ({ base: yardstick(), own: command() })).slice(1);
  return {
    wall: median(turns.map(({ base, own }) => own.wallMs / base.wallMs)),
    cpu: median(turns.map(({ base, own }) => own.cpuMs / base.cpuMs)),
    wallMs: median(turns.map(({ own }) => own.wallMs)),
    yardstickMs: median(turns.map(({ base }) => base.wallMs)),
  };
}
