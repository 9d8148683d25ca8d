#!/usr/bin/env node
import { unwritable } from "../assembly/outputs.ts";
import { createProgram, HelpShown } from "./create-program.ts";
import { explainError } from "./explain-error.ts";

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
}
