import { AuditError } from "../../model/audit-error.ts";
import { adviseRevision, mayName } from "./advise-revision.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";

/**
 * The commit that a revision names, in full.
 *
 * @throws {AuditError} `ref-not-found`, with refs that may be meant.
 */
export async function resolveCommit(repository: GitRepository, revision: string): Promise<string> {
  const sha = mayName(revision) ? await commitOf(repository, revision) : "";
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) return sha;
  throw new AuditError({
    code: "ref-not-found",
    what: `The repository has no commit named ${JSON.stringify(revision.slice(0, 200))}`,
    where: { ref: revision.slice(0, 200) },
    mend: await adviseRevision(repository, revision),
  });
}

/** Of a search (`:/text`), what stands behind it is text too: there the commit is asked for afterwards. */
async function commitOf(repository: GitRepository, revision: string): Promise<string> {
  const sha = await revParse(repository, `${revision}^{commit}`);
  if (sha !== "") return sha;
  const object = await revParse(repository, revision);
  return object === "" ? "" : await revParse(repository, `${object}^{commit}`);
}

/** @returns "" where git knows no such object. */
async function revParse(repository: GitRepository, revision: string): Promise<string> {
  try {
    const answer = await repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision]);
    return answer.toString("latin1").trim();
  } catch (error) {
    if (error instanceof GitFailure) return "";
    throw error;
  }
}
