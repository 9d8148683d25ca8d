import { spawn } from "node:child_process";
import { CONFIG } from "./git-environment.ts";
import { GitFailure } from "./git-failure.ts";

export interface GitProcess {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** For its standard input. */
  readonly input?: string | Buffer;
  readonly signal?: AbortSignal | undefined;
}

const STDERR_LIMIT = 64 * 1024;

/**
 * Run git and yield what it prints as it comes. Ending the loop early ends the process.
 *
 * @throws {GitFailure} after the last chunk, where git exits with anything but 0.
 */
export async function* streamGit(process: GitProcess): AsyncGenerator<Buffer> {
  const { args, cwd, env, signal } = process;
  signal?.throwIfAborted();
  const child = spawn("git", [...CONFIG.flatMap((entry) => ["-c", entry]), ...args], { cwd, env });
  const abort = () => child.kill();
  signal?.addEventListener("abort", abort, { once: true });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < STDERR_LIMIT) stderr += chunk.toString("utf8");
  });
  const status = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  status.catch(() => {}); // awaited below, unless the reader leaves before
  child.stdin.on("error", () => {}); // git may end without reading everything; its status tells
  child.stdin.end(process.input ?? "");
  try {
    for await (const chunk of child.stdout) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    const exit = await status;
    signal?.throwIfAborted();
    if (exit !== 0) throw new GitFailure(commandOf(args), stderr || `exit status ${exit}`);
  } finally {
    signal?.removeEventListener("abort", abort);
    child.kill();
  }
}

/** All that git prints, for short answers. */
export async function readGit(process: GitProcess): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of streamGit(process)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function commandOf(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith("-")) ?? "";
}
