import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import { type Configuration, NO_CONFIGURATION } from "../../model/configuration.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { SourceOptions } from "./source-options.ts";

const DEFAULT_NAME = ".ingress-audit.yaml";

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly path: string;
  readonly problems: readonly Problem[];
}

/**
 * The configuration that `--config` names, else the one at the root of the audited commit (with `--worktree`, of the
 * work tree): rules are part of what is audited, and a change to them is reviewed like any other.
 *
 * @param commit The audited commit.
 * @throws {AuditError} `config-not-found`, `config-invalid`.
 */
export async function loadConfiguration(
  git: GitHistory,
  options: SourceOptions,
  commit: string,
): Promise<LoadedConfiguration> {
  if (options.config !== undefined) {
    const content = await readConfigFile(options.config);
    return { configuration: await parse(content, options.config), path: options.config, problems: [] };
  }
  const at =
    options.worktree === true ? ({ kind: "worktree" } as const) : ({ kind: "commit", sha: commit } as const);
  const selector = {
    pathspecs: [`:(literal)${DEFAULT_NAME}`],
    matches: (each: string) => each === DEFAULT_NAME,
  };
  const [file] = (await git.listFiles(at, selector)).files;
  if (file === undefined) return { ...NONE, problems: notCommitted(options) };
  for await (const { content } of git.readBlobs([file.blob])) {
    return { configuration: await parse(content, DEFAULT_NAME), path: DEFAULT_NAME, problems: [] };
  }
  return NONE;
}

/** The schema takes its time to load, and most repositories have no configuration. */
async function parse(content: Buffer, path: string): Promise<Configuration> {
  if (!isUtf8(content)) throw notUtf8(path);
  const { parseConfiguration } = await import("../../adapters/config/parse-configuration.ts");
  return parseConfiguration(content.toString("utf8"), path);
}

const NONE: LoadedConfiguration = { configuration: NO_CONFIGURATION, path: DEFAULT_NAME, problems: [] };

/** What is no text would be read as a name with U+FFFD in it, which matches nothing. */
function notUtf8(file: string): AuditError {
  return new AuditError({
    code: "config-invalid",
    what: `The configuration ${file} is not UTF-8`,
    where: { file },
    mend: "Save it as UTF-8.",
  });
}

async function readConfigFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new AuditError({
      code: "config-not-found",
      what: `The configuration ${file} cannot be read`,
      where: { file },
      mend: "Name a file that exists and that you may read.",
      cause: error,
    });
  }
}

/** Somebody who has just written the file would wonder why it has no effect. */
function notCommitted({ repo, worktree, ref }: SourceOptions): Problem[] {
  if (worktree === true || !existsSync(path.join(repo, DEFAULT_NAME))) return [];
  return [
    {
      path: DEFAULT_NAME,
      line: null,
      code: "config-not-committed",
      message: `${DEFAULT_NAME} lies in the work tree but is not part of ${ref ?? "HEAD"}, so it has no effect`,
      remedy: `Commit it, or name it with --config ${DEFAULT_NAME}.`,
      level: "warning",
    },
  ];
}
