import { readFile } from "node:fs/promises";
import type { GitRepository } from "./git-repository.ts";
import { readObjects } from "./read-objects.ts";

/**
 * The commits at which a shallow clone's history was cut. Git also lists a root commit that lies just at the depth;
 * it lacks no parents and is no boundary.
 *
 * @see https://git-scm.com/docs/shallow
 */
export async function shallowBoundary(repository: GitRepository): Promise<ReadonlySet<string>> {
  const listed = await readFile(repository.shallowFile, "latin1").catch(absent);
  const shas = listed.split("\n").filter((line) => /^[0-9a-f]{40,64}$/.test(line));
  const boundary = new Set<string>();
  for await (const objects of readObjects(repository, shas)) {
    for (const { sha, content } of objects) {
      const header = content.subarray(0, Math.max(0, content.indexOf("\n\n")));
      if (header.includes("\nparent ")) boundary.add(sha);
    }
  }
  return boundary;
}

function absent(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
  throw error;
}
