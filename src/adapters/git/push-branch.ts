import { AuditError } from "../../model/audit-error.ts";
import { reasonOf } from "./git-failure.ts";
import { gitRepository, type RepositoryPlace } from "./git-repository.ts";

/** Push a branch to `origin`, which must not have it. @throws {AuditError} `push-failed`. */
export async function pushBranch(place: RepositoryPlace, branch: string, signal: AbortSignal): Promise<void> {
  const ref = `refs/heads/${branch}`;
  try {
    // The lease of nothing: a branch of that name must not be there.
    await gitRepository(place, signal).online.raw([
      "push",
      "--porcelain",
      `--force-with-lease=${ref}:`,
      "origin",
      `${ref}:${ref}`,
    ]);
  } catch (error) {
    signal.throwIfAborted();
    const why = reasonOf(error);
    throw new AuditError({
      code: "push-failed",
      what: `The branch ${branch} is committed and cannot be pushed to origin: ${why.slice(-800)}`,
      where: { branch },
      mend: `Push it yourself (git push origin ${branch}) and open the pull request, or delete it (git branch -D ${branch}).`,
      cause: new Error(why),
    });
  }
}
