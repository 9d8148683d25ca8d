import type { BlobContent } from "../../ports/git-history.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { readObjects, type StoredObject } from "./read-objects.ts";

/**
 * The content of each blob, in the order asked for, in batches.
 *
 * @param atHand Contents that need not be in the object store, by object id: files of the work tree.
 * @throws {GitFailure} where a blob is missing or is no blob.
 */
export async function* readBlobs(
  repository: GitRepository,
  blobs: readonly string[],
  atHand: ReadonlyMap<string, Buffer>,
): AsyncGenerator<BlobContent[]> {
  const stored = blobs.filter((blob) => !atHand.has(blob));
  let next = 0;
  const nextAtHand = (): BlobContent[] => {
    const start = next;
    while (atHand.has(blobs[next] ?? "")) next += 1;
    return blobs.slice(start, next).flatMap((blob) => {
      const content = atHand.get(blob);
      return content === undefined ? [] : [{ blob, content }];
    });
  };
  yield nextAtHand();
  for await (const objects of readObjects(repository, stored)) {
    yield objects.flatMap((object) => {
      next += 1;
      return [toBlob(object), ...nextAtHand()];
    });
  }
}

function toBlob({ sha, type, content }: StoredObject): BlobContent {
  if (type !== "blob") throw new GitFailure("cat-file", `missing object: ${sha} is no blob`, sha);
  return { blob: sha, content };
}
