import type { BlobContent } from "../../ports/git-history.ts";
import type { BlobMemory } from "./blob-memory.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { readObjects, type StoredObject } from "./read-objects.ts";

/**
 * The content of each blob, in the order asked for, in batches.
 *
 * @param atHand What need not be read from the object store.
 * @throws {GitFailure} where a blob is missing or is no blob.
 */
export async function* readBlobs(
  repository: GitRepository,
  blobs: readonly string[],
  atHand: BlobMemory,
): AsyncGenerator<BlobContent[]> {
  // Others may read and remember while this goes on.
  const held = new Map(blobs.flatMap((blob) => entryOf(blob, atHand.get(blob))));
  const stored = blobs.filter((blob) => !held.has(blob));
  let next = 0;
  const nextAtHand = (): BlobContent[] => {
    const start = next;
    while (held.has(blobs[next] ?? "")) next += 1;
    return blobs.slice(start, next).map((blob) => ({ blob, content: held.get(blob) ?? Buffer.of() }));
  };
  yield nextAtHand();
  for await (const objects of readObjects(repository, stored)) {
    yield objects.flatMap((object) => {
      next += 1;
      return [toBlob(object), ...nextAtHand()];
    });
  }
}

function entryOf(blob: string, content: Buffer | undefined): (readonly [string, Buffer])[] {
  return content === undefined ? [] : [[blob, content]];
}

function toBlob({ sha, type, content }: StoredObject): BlobContent {
  if (type !== "blob") throw new GitFailure("cat-file", `missing object: ${sha} is no blob`, sha);
  return { blob: sha, content };
}
