import { AuditError } from "../../model/audit-error.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { Deepen } from "./source-options.ts";

/**
 * Fetch what a shallow clone lacks, from where it came from and with the credentials that it has (actions/checkout leaves
 * its token in the clone's configuration).
 *
 * @returns A warning where `auto` could not fetch it.
 * @throws {AuditError} `deepen-failed` where it was asked for outright.
 */
export async function completeHistory(
  git: Pick<GitHistory, "isShallow" | "deepen">,
  deepen: boolean | Deepen,
  progress: (what: string) => void,
): Promise<readonly Problem[]> {
  if (deepen === false || deepen === "never" || !(await git.isShallow())) return [];
  progress("Fetching the history that this shallow clone lacks");
  try {
    await git.deepen();
    return [];
  } catch (error) {
    if (deepen === true || !(error instanceof AuditError)) throw error;
    return [stillShallow(error)];
  }
}

function stillShallow({ code, what }: AuditError): Problem {
  return {
    path: "Git",
    line: null,
    code,
    message: `${what}; a commit beyond its end is not named`,
    remedy: "Check out the whole history: actions/checkout with fetch-depth: 0.",
    level: "warning",
  };
}
