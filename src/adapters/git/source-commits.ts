import { mapBounded } from "../../model/map-bounded.ts";
import type { GitRepository } from "./git-repository.ts";
import { readDrySources } from "./read-dry-sources.ts";

/** Ranges that are listed at once. */
const AT_ONCE = 4;

/** What one commit of rendered output was made from, and what the output before it was made from. */
interface DryRange {
  readonly sha: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The commits that rendered output was made from. One is answered where it is clear: the output before names its own, and
 * between the two there is a single commit, merges aside. Whoever rendered several at once does not say which of them
 * changed what.
 *
 * @param ensureBlobs Gets blobs that a partial clone lacks.
 * @returns By the sha of the output's commit. Nothing for those that say nothing, or whose source this clone does not hold.
 */
export async function sourceCommits(
  repository: GitRepository,
  shas: readonly string[],
  ensureBlobs: (blobs: readonly string[]) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const ranges = await dryRanges(repository, [...new Set(shas)], ensureBlobs);
  const found = await mapBounded(ranges, AT_ONCE, async ({ sha, before, after }) => {
    const [only, ...others] = await between(repository, before, after);
    return only === undefined || others.length > 0 ? [] : [[sha, only] as const];
  });
  return new Map(found.flat());
}

async function dryRanges(
  repository: GitRepository,
  shas: readonly string[],
  ensureBlobs: (blobs: readonly string[]) => Promise<void>,
): Promise<DryRange[]> {
  const outputs = await readDrySources(repository, shas, ensureBlobs);
  const rendered = outputs.flatMap(({ sha, parent, source }) =>
    source === null || parent === null ? [] : [{ sha, parent, after: source }],
  );
  const parents = await readDrySources(
    repository,
    [...new Set(rendered.map(({ parent }) => parent))],
    ensureBlobs,
  );
  const sourceBefore = new Map(parents.map(({ sha, source }) => [sha, source]));
  return rendered.flatMap(({ sha, parent, after }) => {
    const before = sourceBefore.get(parent) ?? null;
    return before === null || before === after ? [] : [{ sha, before, after }];
  });
}

/** A commit that is not there makes git fail: then nothing is known. */
async function between(repository: GitRepository, before: string, after: string): Promise<readonly string[]> {
  const range = ["rev-list", "--no-merges", "--max-count=2", after, `^${before}`, "--"];
  const listed = await repository.run(range).catch(() => Buffer.of());
  return listed
    .toString("latin1")
    .split("\n")
    .filter((line) => line !== "");
}
