import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";

export interface StoredObject {
  readonly sha: string;
  readonly type: string;
  readonly content: Buffer;
}

/**
 * The content of each object, in the order asked for, through one `git cat-file --batch`. One object is held at a time.
 *
 * @throws {GitFailure} where one is missing.
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
export async function* readObjects(
  repository: GitRepository,
  shas: readonly string[],
): AsyncGenerator<StoredObject> {
  if (shas.length === 0) return;
  const chunks = repository.stream(["cat-file", "--batch", "--buffer"], `${shas.join("\n")}\n`);
  const output = byteReader(chunks);
  try {
    for (const sha of shas) {
      const match = /^[0-9a-f]+ (\w+) (\d+)$/.exec((await output.line()).toString("latin1"));
      if (match === null) throw new GitFailure("cat-file", `missing object ${sha}`, sha);
      const content = await output.bytes(Number(match[2]));
      await output.bytes(1); // the newline after the content
      yield { sha, type: match[1] ?? "", content };
    }
  } finally {
    await chunks.return(undefined);
  }
}

/** Takes lines and counted bytes from a stream of chunks. */
function byteReader(chunks: AsyncIterator<Buffer>) {
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<Buffer> => {
    const next = await chunks.next();
    if (next.done === true) throw new Error("git cat-file ended before its last object");
    return next.value;
  };
  const bytes = async (count: number): Promise<Buffer> => {
    if (rest.length < count) {
      const parts = [rest];
      for (let length = rest.length; length < count; length += parts.at(-1)?.length ?? 0)
        parts.push(await more());
      rest = Buffer.concat(parts);
    }
    const taken = rest.subarray(0, count);
    rest = rest.subarray(count);
    return taken;
  };
  const line = async (): Promise<Buffer> => {
    let end = rest.indexOf(0x0a);
    while (end === -1) {
      rest = Buffer.concat([rest, await more()]);
      end = rest.indexOf(0x0a);
    }
    const taken = rest.subarray(0, end);
    rest = rest.subarray(end + 1);
    return taken;
  };
  return { bytes, line };
}
