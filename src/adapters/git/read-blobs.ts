import type { BlobContent } from "../../ports/git-history.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { readObjects } from "./read-objects.ts";

/**
 * The content of each blob, in the order asked for.
 *
 * @param atHand Contents that need not be in the object store, by object id: files of the work tree.
 * @throws {GitFailure} where a blob is missing or is no blob.
 */
export async function* readBlobs(
  repository: GitRepository,
  blobs: readonly string[],
  atHand: ReadonlyMap<string, Buffer>,
): AsyncGenerator<BlobContent> {
  const stored = readObjects(
    repository,
    blobs.filter((blob) => !atHand.has(blob)),
  );
  try {
    for (const blob of blobs) {
      const content = atHand.get(blob) ?? (await nextBlob(stored, blob));
      yield { blob, content };
    }
  } finally {
    await stored.return(undefined);
  }
}

async function nextBlob(stored: ReturnType<typeof readObjects>, blob: string): Promise<Buffer> {
  const next = await stored.next();
  if (next.done === true || next.value.type !== "blob") {
    throw new GitFailure("cat-file", `missing object: ${blob} is no blob`, blob);
  }
  return next.value.content;
}
