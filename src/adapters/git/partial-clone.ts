import { AuditError } from "../../model/audit-error.ts";
import { reasonOf } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";

/**
 * Fetch in one request the blobs that a partial clone lacks. Left alone, git would fetch them one by one.
 *
 * @throws {AuditError} `fetch-failed`.
 * @see https://git-scm.com/docs/partial-clone
 */
export async function fetchMissingBlobs(
  repository: GitRepository,
  remote: string,
  blobs: readonly string[],
): Promise<void> {
  const local = await localObjects(repository);
  const missing = [...new Set(blobs)].filter((blob) => !local.has(blob));
  for (let start = 0; start < missing.length; start += IDS_PER_FETCH) {
    await fetchBlobs(repository, remote, missing.slice(start, start + IDS_PER_FETCH));
  }
}

/** As many as fit on a command line with ease. */
const IDS_PER_FETCH = 1500;

async function fetchBlobs(
  repository: GitRepository,
  remote: string,
  blobs: readonly string[],
): Promise<void> {
  try {
    await repository.online.raw([
      "-c",
      "fetch.negotiationAlgorithm=noop", // else the server leaves out what it thinks a clone must have
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-write-fetch-head",
      "--filter=blob:none",
      "--end-of-options",
      remote,
      ...blobs,
    ]);
  } catch (error) {
    const message = reasonOf(error);
    throw new AuditError({
      code: "fetch-failed",
      what: `The clone is partial, and what it lacks cannot be fetched from ${remote}: ${message.slice(0, 1000)}`,
      where: { remote },
      mend: "Make the remote reachable, or clone without --filter.",
      cause: new Error(message),
    });
  }
}

async function localObjects(repository: GitRepository): Promise<Set<string>> {
  const output = await repository.run([
    "cat-file",
    "--batch-all-objects",
    "--batch-check=%(objectname)",
    "--unordered",
  ]);
  return new Set(output.toString("latin1").split("\n"));
}
