import type { Surroundings } from "../assembly/assemble.ts";
import { Progress } from "./progress.ts";

/**
 * Does one command's reading with what it needs around it: the time, the inputs, progress on standard error. Nothing of
 * it is left afterwards. An interrupt ends the process at once, as of any command: nothing is half written.
 */
export async function withSurroundings<Result>(
  process: NodeJS.Process,
  use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress(process.stderr);
  try {
    return await use({
      now: new Date(),
      signal: new AbortController().signal,
      stdin: process.stdin,
      progress: progress.tell,
    });
  } finally {
    progress.end();
  }
}
