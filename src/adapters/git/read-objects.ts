import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";

export interface StoredObject {
  readonly sha: string;
  readonly type: string;
  readonly content: Buffer;
}

/**
 * The content of each object, in the order asked for, through one `git cat-file --batch`. They come in batches, as
 * git's output does: to wait for thousands of small objects one by one would cost more than to read them.
 *
 * @throws {GitFailure} where one is missing.
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
export async function* readObjects(
  repository: GitRepository,
  shas: readonly string[],
): AsyncGenerator<StoredObject[]> {
  if (shas.length === 0) return;
  const parse = objectParser(shas);
  let isComplete = false;
  for await (const chunk of repository.stream(["cat-file", "--batch", "--buffer"], `${shas.join("\n")}\n`)) {
    const parsed = parse(chunk);
    yield parsed.objects;
    isComplete = parsed.isComplete;
  }
  if (!isComplete) throw new GitFailure("cat-file", "the output ended early, corrupt objects?");
}

/** Takes chunks of any size, gives the objects that each completes. */
function objectParser(shas: readonly string[]) {
  let held: Buffer[] = [];
  let heldLength = 0;
  let neededLength = 0;
  let next = 0;
  return (chunk: Buffer): { objects: StoredObject[]; isComplete: boolean } => {
    held.push(chunk);
    heldLength += chunk.length;
    const objects: StoredObject[] = [];
    if (heldLength < neededLength) return { objects, isComplete: false }; // a large one joins its chunks once
    const bytes = held.length === 1 ? chunk : Buffer.concat(held);
    let start = 0;
    neededLength = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      const sha = shas[next] ?? "";
      const match = /^[0-9a-f]+ (\w+) (\d+)$/.exec(bytes.toString("latin1", start, end));
      if (match === null) throw new GitFailure("cat-file", `missing object ${sha}`, sha);
      const contentEnd = end + 1 + Number(match[2]);
      if (contentEnd + 1 > bytes.length) {
        neededLength = contentEnd + 1 - start;
        break;
      }
      objects.push({ sha, type: match[1] ?? "", content: bytes.subarray(end + 1, contentEnd) });
      next += 1;
      start = contentEnd + 1;
    }
    held = [bytes.subarray(start)];
    heldLength = bytes.length - start;
    return { objects, isComplete: next === shas.length };
  };
}
