import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import type { Environment } from "../assembly/github/github-context.ts";

/**
 * Does something with the checkout, whoever owns it. In a container the workspace may belong to another user than the one
 * that runs the step, and git refuses to read it; it is the workflow's own checkout, so that git is told to trust it, for
 * this process and its children alone, and as long as it takes. Nothing that the repository holds is run in any case.
 *
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory
 */
export async function trustWorkspace<Result>(
  repo: string,
  env: Environment,
  use: () => Promise<Result>,
): Promise<Result> {
  const workspace = env.GITHUB_WORKSPACE ?? "";
  const folder = path.resolve(workspace === "" ? "." : workspace, repo);
  if (workspace === "" || !isWithin(folder, workspace) || (await belongsToUs(folder))) return await use();
  const scratch = await mkdtemp(path.join(env.RUNNER_TEMP || tmpdir(), "ingress-audit-git-"));
  const before = process.env.GIT_CONFIG_GLOBAL;
  try {
    const config = path.join(scratch, "config");
    await writeFile(config, configText(folder, before === undefined ? globalFiles(env) : [before]));
    process.env.GIT_CONFIG_GLOBAL = config;
    return await use();
  } finally {
    if (before === undefined) delete process.env.GIT_CONFIG_GLOBAL;
    else process.env.GIT_CONFIG_GLOBAL = before;
    await rm(scratch, { recursive: true, force: true });
  }
}

async function belongsToUs(folder: string): Promise<boolean> {
  const owners = await Promise.all(
    [folder, path.join(folder, ".git")].map((each) =>
      stat(each).then(
        ({ uid }) => uid,
        () => null,
      ),
    ),
  );
  return owners.every((uid) => uid === null || uid === process.getuid?.());
}

function isWithin(folder: string, workspace: string): boolean {
  const relative = path.relative(workspace, folder);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`);
}

/** Git reads both, the second one over the first. */
function globalFiles(env: Environment): readonly string[] {
  const home = env.HOME ?? homedir();
  return [
    path.join(env.XDG_CONFIG_HOME || path.join(home, ".config"), "git/config"),
    path.join(home, ".gitconfig"),
  ];
}

function configText(folder: string, included: readonly string[]): string {
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, "\\$&")}"`;
  const includes = included.map((file) => `[include]\n\tpath = ${quoted(file)}\n`);
  return `${includes.join("")}[safe]\n\tdirectory = ${quoted(folder)}\n`;
}
