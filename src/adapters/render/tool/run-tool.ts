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
  /** The tool refused its input; the same input is refused again. */
  | { readonly kind: "failed"; readonly reason: string }
  /** The run came to no end of its own: time, memory, or the program could not be started. Another one may. */
  | { readonly kind: "cut"; readonly reason: string };

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
  child.once("error", (error) => resolve({ kind: "cut", reason: error.message }));
  // What it left behind would hold its output open, and outlive it.
  child.once("exit", () => killGroup(child.pid));
  child.once("close", (status, signal) => {
    if (cut !== null) resolve({ kind: "cut", reason: cut });
    else if (status === 0) resolve({ kind: "done", stdout: Buffer.concat(stdout) });
    else if (status === null) resolve({ kind: "cut", reason: `it was ended by ${signal}` });
    else resolve({ kind: "failed", reason: lastLines(stderr) ?? `it ended with status ${status}` });
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
    // Nothing of it runs any more.
  }
}

/** What went wrong stands at the end; warnings and hints for the user of the tool come before or after it. */
function lastLines(stderr: string): string | null {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !NOISE.some((noise) => noise.test(line)));
  const text = lines
    .slice(-3)
    .join(" ")
    .replace(/^Error:\s*/, "");
  return text === "" ? null : text.slice(0, 600);
}

const NOISE = [/^(?:#\s*)?warning:/i, /^level=WARN/i, /^Use --debug flag to render out invalid YAML$/];
