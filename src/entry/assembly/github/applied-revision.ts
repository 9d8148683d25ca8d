import { AuditError } from "../../../model/audit-error.ts";
import type { Problem } from "../../../model/problem.ts";
import type { Deployments } from "../../../ports/deployments.ts";
import type { GitHistory } from "../../../ports/git-history.ts";

/** `github:production`: the commit of that environment's newest deployment that succeeded. */
const FROM_GITHUB = /^github:(.*)$/s;

export interface AppliedRevision {
  /** null where it is not known. */
  readonly revision: string | null;
  /** Why not, where it was asked for. */
  readonly problems: readonly Problem[];
}

/**
 * The revision that an option names, looked up among GitHub's deployments where it says so.
 *
 * @param openDeployments Called only where it is needed.
 * @throws {AuditError} `usage`; `forge-…` where GitHub cannot be asked.
 */
export async function appliedRevision(
  option: string | undefined,
  git: Pick<GitHistory, "resolveCommit">,
  openDeployments: () => Promise<Deployments>,
  signal: AbortSignal,
): Promise<AppliedRevision> {
  const environment = FROM_GITHUB.exec(option ?? "")?.[1];
  if (environment === "") throw withoutEnvironment();
  if (environment === undefined) return { revision: option ?? null, problems: [] };
  const deployments = await openDeployments();
  const commit = await deployments.latestCommit(environment, signal);
  if (commit === null) {
    return unknown(
      `GitHub has no deployment to ${environment} that succeeded and was not followed by one that did not`,
      "Record deployments with the deploy mode, or name the revision itself.",
    );
  }
  const held = await git.resolveCommit(commit).catch((error: unknown) => {
    if (error instanceof AuditError && error.code === "ref-not-found") return null;
    throw error;
  });
  if (held !== null) return { revision: held, problems: [] };
  return unknown(
    `Commit ${commit}, which was deployed to ${environment}, is not in this clone`,
    "Fetch the branch that it was deployed from.",
  );
}

function withoutEnvironment(): AuditError {
  return new AuditError({
    code: "usage",
    what: "--applied-revision github: names no environment",
    mend: "Write the environment behind the colon, as in github:production.",
  });
}

function unknown(message: string, remedy: string): AppliedRevision {
  const place = { path: "GitHub deployments", line: null, code: "applied-revision-unknown" };
  return { revision: null, problems: [{ ...place, message, remedy, level: "warning" }] };
}
