import type { Surroundings } from "./assemble.ts";
import { Progress } from "./progress.ts";

/**
 * Does one command's reading with what it needs around it: the time, the inputs, progress on standard error, and a
 * signal that ends every read when the user interrupts or a supervisor ends the run. Nothing of it is left afterwards.
 */
export async function withSurroundings<Result>(
  process: NodeJS.Process,
  use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress(process.stderr);
  const controller = new AbortController();
  const abort = (signal: NodeJS.Signals) => controller.abort(new Error(`Interrupted by ${signal}`));
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  try {
    return await use({
      now: new Date(),
      signal: controller.signal,
      stdin: process.stdin,
      progress: progress.tell,
    });
  } finally {
    progress.end();
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  }
}
