import { spawn } from "node:child_process";

/** Git's environment without anything of the user's or the machine's: no config, no prompts, no GIT_* leftovers. */
export function isolatedGitEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("GIT_"),
  );
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Nobody",
    GIT_AUTHOR_EMAIL: "nobody@example.com",
    GIT_COMMITTER_NAME: "Nobody",
    GIT_COMMITTER_EMAIL: "nobody@example.com",
    LC_ALL: "C",
  };
}

/**
 * Run the real git, isolated from the user's and the system's configuration.
 *
 * @param input Bytes for its standard input.
 * @returns What it printed, as text without the last newline.
 * @throws {Error} with git's standard error where it exits with anything but 0.
 */
export function runGit(dir: string, args: readonly string[], input?: Buffer | string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd: dir, env: isolatedGitEnvironment() });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve(Buffer.concat(out).toString("utf8").replace(/\n$/, ""));
      else reject(new Error(`git ${args.join(" ")} exited with ${status}: ${Buffer.concat(err)}`));
    });
    child.stdin.on("error", () => {}); // git may exit before it has read everything; its status tells
    child.stdin.end(input ?? "");
  });
}
