import { githubContext } from "../assembly/github/github-context.ts";
import type { Surroundings } from "../assembly/surroundings.ts";
import { Progress } from "./progress.ts";

/**
 * Does one command's reading with what it needs around it: the time, the inputs, progress on standard error. Nothing of
 * it is left afterwards.
 *
 * @param signal Ends every read.
 */
export async function withSurroundings<Result>(
  process: NodeJS.Process,
  signal: AbortSignal,
  use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress(process.stderr);
  try {
    return await use({
      now: new Date(),
      signal,
      stdin: process.stdin,
      progress: progress.tell,
      github: githubContext(process.env),
    });
  } finally {
    progress.end();
  }
}
