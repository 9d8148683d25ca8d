import { describe, expect, test } from "vitest";
import { VERDICTS } from "../../src/model/verdict.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { Habits } from "../support/truth/habits.ts";
import { runSeeds, scoreTable } from "../support/truth/run-seeds.ts";

/** Stories in one cluster run side by side: most of each is waiting for the next second. */
const BATCHES = [
  { name: "seeds 1 to 4", seeds: [1, 2, 3, 4] },
  { name: "seeds whose stories once brought a wrong answer to light", seeds: [10, 17, 22, 35, 42, 48] },
];

/** Pipelines that no GitOps controller runs, merges by git pull, clocks that are wrong; a log would need a configuration. */
const OTHER_HABITS: readonly { readonly habits: Habits; readonly seeds: readonly number[] }[] = [
  { habits: { deployer: "kubectl apply", pulls: true, wrongClocks: true }, seeds: [4, 7] },
  { habits: { deployer: "kubectl replace", pulls: false, wrongClocks: false }, seeds: [4] },
];

describe("an audit of a life that is known from within", () => {
  test.for(BATCHES)(
    "$name: every divergence is right with the audit log, and nobody is wrongly named without it",
    { timeout: 240_000 },
    async ({ seeds }) => {
      await using cluster = await startCluster();
      const results = await runSeeds(cluster, seeds);
      console.log(scoreTable(results));
      expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

      // Stories in which nothing happens would prove nothing.
      const answers = results.flatMap(({ scores }) => scores.get("audit log")?.answers ?? []);
      expect(answers.length).toBeGreaterThan(40 * seeds.length);
      expect(new Set(answers.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS));
      expect(answers.some(({ change, path }) => path.length === 0 && change === "removed")).toBe(true);
      expect(answers.some(({ change, path }) => path.length === 0 && change === "added")).toBe(true);
      expect(answers.some(({ conflict }) => conflict.required.size > 0)).toBe(true);
    },
  );

  test.for(OTHER_HABITS)(
    "seeds $seeds with $habits.deployer: nobody is wrongly named without the audit log",
    { timeout: 240_000 },
    async ({ habits, seeds }) => {
      await using cluster = await startCluster();
      const results = await runSeeds(cluster, seeds, habits, ["managedFields", "applied revision"]);
      console.log(scoreTable(results));
      expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

      // Who names nobody is never wrong.
      const scores = results.flatMap(({ scores }) => [...scores.values()]);
      expect(scores.every(({ namedRight }) => namedRight > 0)).toBe(true);
    },
  );
});
