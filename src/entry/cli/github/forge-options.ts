import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { AuditError } from "../../../model/audit-error.ts";
import type { ForgeAccess } from "../../assembly/github/forge-access.ts";
import type { Environment } from "../../assembly/github/github-context.ts";
import { given } from "../../assembly/given.ts";

export interface ForgeOptions {
  readonly repository?: string;
  readonly tokenFile?: string;
  readonly appId?: string;
  readonly appKeyFile?: string;
}

export function addForgeOptions(command: Command): Command {
  return command
    .optionsGroup("GitHub:")
    .option("--repository <owner/name>", "the repository on GitHub; else $GITHUB_REPOSITORY, else origin's")
    .option("--token-file <file>", "file with a token; else $GITHUB_TOKEN")
    .option("--app-id <id>", "sign in as this GitHub App instead")
    .option("--app-key-file <file>", "file with the App's private key, PEM");
}

/**
 * As whom to talk to GitHub. A token is never an argument, as those are there for everybody to see.
 *
 * @throws {AuditError} `credentials-unreadable`.
 */
export async function forgeAccess(options: ForgeOptions, env: Environment): Promise<ForgeAccess> {
  const { repository, appId, tokenFile, appKeyFile } = options;
  const token = tokenFile === undefined ? env.GITHUB_TOKEN : await readSecret(tokenFile);
  const appPrivateKey = appKeyFile === undefined ? undefined : await readSecret(appKeyFile);
  return given({ repository, token, appId, appPrivateKey });
}

async function readSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw new AuditError({
      code: "credentials-unreadable",
      what: `The credentials in ${file} cannot be read`,
      where: { file },
      mend: "Name a file that exists and that you may read.",
      cause: error,
    });
  }
}
