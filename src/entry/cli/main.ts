import { constants } from "node:os";
import { unwritable } from "../assembly/outputs.ts";
import { createProgram, HelpShown } from "./create-program.ts";
import { explainError } from "./explain-error.ts";
import { Interrupted } from "./until-interrupted.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may leave early: `ingress-audit audit | head`.
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  process.stderr.write(explainError(unwritable("standard output", error), false));
  process.exit(2);
});

try {
  await createProgram(process).parseAsync(process.argv);
} catch (error) {
  process.stderr.write(explainError(error, process.env.DEBUG !== undefined));
  process.exitCode = error instanceof HelpShown ? 0 : 2;
  if (error instanceof Interrupted) endBySignal(error.signal);
}

/**
 * Shells tell an interrupted command from one that failed by how it ended: by the signal itself, which they show as
 * 130 or 143. The first process of a container does not die of its own signals, so it ends with that status.
 */
function endBySignal(signal: NodeJS.Signals): void {
  process.exitCode = 128 + constants.signals[signal];
  process.kill(process.pid, signal);
}
