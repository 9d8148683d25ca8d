import { spawn } from "node:child_process";

export interface RunLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ToolRun extends RunLimits {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Bytes of standard output that are taken; more ends the run. */
  readonly maxBytes: number;
}

export type ToolResult =
  | { readonly kind: "done"; readonly stdout: Buffer }
  | { readonly kind: "failed"; readonly reason: string };

/** Run a renderer; it and all that it started end with the run, also where it is cut short. */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  run.signal.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<ToolResult>();
  const child = spawn(run.command, run.args, {
    cwd: run.cwd,
    env: run.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  let bytes = 0;
  let stderr = "";
  let cut: string | null = null;
  const end = (reason: string) => {
    cut ??= reason;
    killGroup(child.pid);
  };
  const timer = setTimeout(() => end(`it took longer than ${run.timeoutMs / 1000} s`), run.timeoutMs);
  const onAbort = () => end("it was interrupted");
  run.signal.addEventListener("abort", onAbort, { once: true });
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > run.maxBytes) end(`it printed more than ${run.maxBytes} bytes`);
    else stdout.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < MAX_STDERR) stderr += chunk.toString("utf8");
  });
  child.once("error", (error) => resolve({ kind: "failed", reason: error.message }));
  child.once("close", (status, signal) => {
    if (cut === null && status === 0) resolve({ kind: "done", stdout: Buffer.concat(stdout) });
    else resolve({ kind: "failed", reason: cut ?? lastLines(stderr) ?? `it ended with ${status ?? signal}` });
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener("abort", onAbort);
  }
}

const MAX_STDERR = 64 * 1024;

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}

/** What went wrong stands at the end; warnings come before it. */
function lastLines(stderr: string): string | null {
  const lines = stderr
    .trim()
    .split("\n")
    .filter((line) => !/^(?:#\s*)?warning:/i.test(line.trim()));
  const text = lines.slice(-3).join(" ").trim();
  return text === "" ? null : text.slice(0, 600);
}
