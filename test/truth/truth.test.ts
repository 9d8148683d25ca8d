import { describe, expect, test } from "vitest";
import { VERDICTS } from "../../src/model/verdict.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import { createDefaultClass } from "../support/parity/default-class.ts";
import type { EventCounts } from "../support/truth/events-of.ts";
import { type Habits, ORDINARY, SECOND_PIPELINES } from "../support/truth/habits.ts";
import { MODES, type Mode, type Score } from "../support/truth/judge.ts";
import { WIDE } from "../support/truth/life.ts";
import { ALL_LOSSES } from "../support/truth/lossy-logs.ts";
import { runSeeds, type SeedResult, scoreTable } from "../support/truth/run-seeds.ts";

/** Stories in one cluster run side by side: most of each is waiting for the next second. */
const BATCHES = [
  { name: "seeds 1 to 4", seeds: [1, 2, 3, 4] },
  { name: "seeds whose stories once brought a wrong answer to light", seeds: [10, 17, 22, 35, 42, 48] },
  { name: "seeds in which the pipeline went back, or deployed a branch", seeds: [9, 203, 205, 213] },
];

/** Pipelines that no GitOps controller runs (with them a log would need a configuration), merges by git pull, wrong clocks. */
const OTHER_HABITS: readonly {
  readonly habits: Habits;
  readonly seeds: readonly number[];
  readonly modes: readonly Mode[];
}[] = [
  {
    habits: { ...ORDINARY, deployer: "kubectl apply", pulls: true, wrongClocks: true },
    seeds: [4, 7],
    modes: ["managedFields", "applied revision"],
  },
  {
    habits: { ...ORDINARY, deployer: "kubectl replace" },
    seeds: [4],
    modes: ["managedFields", "applied revision"],
  },
  {
    habits: { ...ORDINARY, pulls: true, wrongClocks: true },
    seeds: [402, 403],
    modes: ["whole", "managedFields", "applied revision"],
  },
];

describe("an audit of a life that is known from within", () => {
  test.for(BATCHES)(
    "$name: every divergence is right with the audit log, and nobody is wrongly named without it",
    { timeout: 240_000 },
    async ({ seeds }) => {
      await using cluster = await startCluster(LOGGED);
      const results = await runSeeds(cluster, seeds);
      console.log(scoreTable(results));
      expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

      // Stories in which nothing happens would prove nothing.
      const answers = answersOf(results);
      expect(answers.length).toBeGreaterThan(40 * seeds.length);
      expect(new Set(answers.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS));
      expect(answers.some(({ change, path }) => path.length === 0 && change === "removed")).toBe(true);
      expect(answers.some(({ change, path }) => path.length === 0 && change === "added")).toBe(true);
      expect(answers.some(({ conflict }) => conflict.required.size > 0)).toBe(true);
    },
  );

  test("a log that lacks events or bodies, or holds another cluster's, names nobody wrongly", {
    timeout: 900_000,
  }, async () => {
    await using cluster = await startCluster(LOGGED);
    const results = await runSeeds(cluster, LOSSY_SEEDS, {
      modes: ["audit log", "shuffled files", "two clusters", ...ALL_LOSSES],
    });
    console.log(scoreTable(results));
    expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

    // Who names nobody is never wrong: a log that lacks something still shows most of what it has.
    const right = (mode: Mode) => sum(results, mode, (score) => score.namedRight / score.nameable);
    expect(right("shuffled files")).toBe(LOSSY_SEEDS.length);
    expect(right("few dropped")).toBeGreaterThan(0.8 * LOSSY_SEEDS.length);
    for (const loss of ALL_LOSSES) expect(right(loss)).toBeGreaterThan(0.4 * LOSSY_SEEDS.length);
  });

  test.for(OTHER_HABITS)(
    "seeds $seeds with $habits.deployer, told $modes: nobody is wrongly named",
    { timeout: 400_000 },
    async ({ habits, modes, seeds }) => {
      await using cluster = await startCluster(LOGGED);
      const results = await runSeeds(cluster, seeds, { habits, modes });
      console.log(scoreTable(results));
      expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

      // Who names nobody is never wrong.
      const scores = results.flatMap(({ scores }) => [...scores.values()]);
      expect(scores.every(({ namedRight }) => namedRight > 0)).toBe(true);
    },
  );

  test("and so it is of reordered lists, finalizers, deletions and a default class", {
    timeout: 400_000,
  }, async () => {
    await using cluster = await startCluster(LOGGED);
    await createDefaultClass(cluster, "default-class");
    const results = await runSeeds(cluster, WIDE_SEEDS, { size: WIDE });
    console.log(scoreTable(results));
    expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

    const answers = answersOf(results);
    const fields = answers.map(({ field }) => field);
    expect(answers.some(({ change }) => change === "reordered")).toBe(true);
    expect(fields.some((field) => field.startsWith("metadata.finalizers"))).toBe(true);
    expect(fields).toContain("spec.ingressClassName");
    expect(answers.some(({ told }) => told.length > 0)).toBe(true);
    expect(answers.some(({ isGoing }) => isGoing)).toBe(true);
  });
});

describe("a life with force pushes, cherry-picks, reverts of reverts, late pushes, and writes that change nothing", () => {
  test.for(TURBULENT)(
    "deployed by $second: nobody is wrongly named",
    { timeout: 600_000 },
    async ({ second, seeds }) => {
      await using cluster = await startCluster(LOGGED);
      const habits = { ...ORDINARY, isTurbulent: true, second: SECOND_PIPELINES[second] };
      const modes: readonly Mode[] = [...MODES, "no deployer", "deployer at Metadata", "many dropped"];
      const results = await runSeeds(cluster, seeds, { habits, modes });
      console.log(scoreTable(results));
      expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);

      const count = (event: keyof EventCounts) => results.reduce((sum, { events }) => sum + events[event], 0);
      expect(count("deployedThenDropped")).toBeGreaterThan(0);
      expect(count("picked")).toBeGreaterThan(0);
      expect(count("revertsOfReverts")).toBeGreaterThan(0);
      expect(count("writtenBeforePush")).toBeGreaterThan(0);
      expect(count("saidAgain")).toBeGreaterThan(0);
      expect(count("ofTwoPipelines") > 0).toBe(second.endsWith("beside"));
      const scores = results.flatMap(({ scores }) => [...scores.values()]);
      expect(scores.every(({ namedRight }) => namedRight > 0)).toBe(true);
    },
  );
});

/** Lists are logged, so that the log goes on to the reading. */
const LOGGED = { auditLevel: "with-reads" } as const;

/** Seeds that once brought a wrong name to light, and one beside in which main was force-pushed. */
const TURBULENT: readonly {
  readonly second: keyof typeof SECOND_PIPELINES;
  readonly seeds: readonly number[];
}[] = [
  { second: "none", seeds: [1, 3] },
  { second: "flux beside", seeds: [25, 27] },
  { second: "ci beside", seeds: [16, 21] },
  { second: "flux apart", seeds: [25, 23] },
];

/** Some of which brought a wrong answer to light. */
const WIDE_SEEDS = [104, 106, 109];

/** Which once brought a wrong name to light. */
const LOSSY_SEEDS = [22, 205];

function sum(results: readonly SeedResult[], mode: Mode, count: (score: Score) => number): number {
  return results.reduce((total, { scores }) => {
    const score = scores.get(mode);
    return score === undefined ? total : total + count(score);
  }, 0);
}

function answersOf(results: readonly SeedResult[]) {
  return results.flatMap(({ scores }) => scores.get("audit log")?.answers ?? []);
}
