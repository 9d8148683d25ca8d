import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface SupervisedProcess {
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** The last lines that it wrote. */
  logTail(): string;
  /** Kill it at once; settles when it is gone. */
  kill(): Promise<void>;
}

/**
 * Ends the command as soon as the pipe on standard input closes: that is when this process ends for whatever
 * reason, a SIGKILL included, which no exit handler could see. Then it removes the command's folder.
 */
const WATCHDOG = `
exec 3<&0
"$@" 3<&- </dev/null & command=$!
(cat <&3 >/dev/null; kill -KILL $command 2>/dev/null; rm -rf -- "$SCRATCH_FOLDER") & 
wait $command
`;

/**
 * Run a server for as long as this process lives.
 *
 * @param scratchFolder Removed if this process dies before it calls `kill`.
 */
export function startSupervised(
  command: readonly string[],
  { logFile, scratchFolder }: { readonly logFile: string; readonly scratchFolder: string },
): SupervisedProcess {
  const log = openSync(logFile, "a");
  const shell = spawn("sh", ["-c", WATCHDOG, "sh", ...command], {
    // Its own process group, so that a Ctrl-C in the terminal reaches it through the watchdog only.
    detached: true,
    stdio: ["pipe", log, log],
    env: { ...process.env, SCRATCH_FOLDER: scratchFolder },
  });
  closeSync(log);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let isOver = false;
  const end = () => {
    isOver = true;
    resolve();
  };
  shell.once("error", end);
  shell.once("exit", end);
  return {
    ended,
    hasEnded: () => isOver,
    logTail: () => readFileSync(logFile, "utf8").split("\n").slice(-12).join("\n"),
    kill: async () => {
      if (!isOver && shell.pid !== undefined) process.kill(-shell.pid, "SIGKILL");
      await ended;
    },
  };
}
