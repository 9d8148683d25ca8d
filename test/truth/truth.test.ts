import { describe, expect, test } from "vitest";
import { startCluster } from "../support/cluster/start-cluster.ts";
import { runSeeds, scoreTable } from "../support/truth/run-seeds.ts";

/** Seeds that every run lives through. */
const SEEDS = [1, 2, 3, 4];

/** Seeds whose stories once brought a wrong answer to light. */
const SEEDS_THAT_ONCE_FAILED: readonly number[] = [];

describe("an audit of a life that is known from within", () => {
  test.for(batches([...SEEDS, ...SEEDS_THAT_ONCE_FAILED], 4))(
    "seeds %j: every divergence is right with the audit log, and nobody is wrongly named without it",
    { timeout: 150_000 },
    async (seeds) => {
      await using cluster = await startCluster();
      const results = await runSeeds(cluster, seeds);
      console.log(scoreTable(results));
      expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);
      for (const { scores } of results) {
        expect(scores.get("audit log")?.divergences).toBeGreaterThan(20);
      }
    },
  );
});

/** Stories in one cluster run side by side: most of each is waiting for the next second. */
function batches(seeds: readonly number[], size: number): number[][] {
  const unique = [...new Set(seeds)];
  return Array.from({ length: Math.ceil(unique.length / size) }, (_, index) =>
    unique.slice(index * size, (index + 1) * size),
  );
}
