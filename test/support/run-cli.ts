import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

export const MAIN = path.resolve(import.meta.dirname, "../../src/entry/cli/main.ts");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own, as a user would. */
export async function runCli(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly stdin?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<CliResult> {
  const { NO_COLOR: _, FORCE_COLOR: __, KUBECONFIG: ___, ...env } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { status, stdout, stderr };
}
