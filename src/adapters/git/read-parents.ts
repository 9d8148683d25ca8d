import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { readObjects } from "./read-objects.ts";

/** The parents that a commit itself names: git hides those of the commits at which a shallow clone was cut. */
export async function readParents(repository: GitRepository, sha: string): Promise<readonly string[]> {
  for await (const objects of readObjects(repository, [sha])) {
    for (const { content } of objects) {
      const header = content.subarray(0, Math.max(0, content.indexOf("\n\n"))).toString("latin1");
      return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, parent]) => parent ?? "");
    }
  }
  throw new GitFailure("cat-file", `missing object ${sha}`, sha);
}
