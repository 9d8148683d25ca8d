import { AuditError } from "../../model/audit-error.ts";
import { reasonOf } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";

/**
 * Fetch the history that a shallow clone lacks, from the remote that it came from, with the user's own credentials.
 *
 * @param isShallow Asks whether anything is still lacking.
 * @throws {AuditError} `deepen-failed`.
 */
export async function deepenClone(
  repository: GitRepository,
  isShallow: () => Promise<boolean>,
): Promise<void> {
  if (!(await isShallow())) return;
  const remote = await originOf(repository);
  await fetchWhole(repository, remote, []);
  if (!(await isShallow())) return;
  // A checkout of a pull request's merge lies on no branch, so that fetching the branches does not reach it.
  const head = (await repository.text("rev-parse", "--verify", "--quiet", "HEAD^{commit}")).trim();
  await fetchWhole(repository, remote, [head]);
  if (await isShallow()) throw deepenFailed(remote, "the clone is still shallow after the fetch");
}

async function fetchWhole(repository: GitRepository, remote: string, revisions: readonly string[]) {
  try {
    await repository.online.raw([
      "fetch",
      "--unshallow",
      "--no-write-fetch-head",
      "--no-recurse-submodules",
      "--progress",
      "--end-of-options",
      remote,
      ...revisions,
    ]);
  } catch (error) {
    throw deepenFailed(remote, reasonOf(error));
  }
}

async function originOf(repository: GitRepository): Promise<string> {
  const remotes = (await repository.text("remote")).split("\n").filter((name) => name !== "");
  const branch = (await repository.text("symbolic-ref", "--quiet", "--short", "HEAD").catch(() => "")).trim();
  const upstream =
    branch === ""
      ? ""
      : (await repository.text("config", "--get", `branch.${branch}.remote`).catch(() => "")).trim();
  const remote = [upstream, "origin", remotes[0]].find(
    (name) => name !== undefined && remotes.includes(name),
  );
  if (remote === undefined) throw deepenFailed("", "it has no remote");
  return remote;
}

function deepenFailed(remote: string, why: string): AuditError {
  const message = why.slice(-1000);
  return new AuditError({
    code: "deepen-failed",
    what: `The shallow clone cannot fetch the rest of its history: ${message}`,
    where: remote === "" ? {} : { remote },
    mend: "Run git fetch --unshallow there, or clone with the whole history (actions/checkout: fetch-depth: 0).",
    cause: new Error(message),
  });
}
