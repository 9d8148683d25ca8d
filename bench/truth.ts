import { parseArgs } from "node:util";
import { startCluster } from "../test/support/cluster/start-cluster.ts";
import { createDefaultClass } from "../test/support/parity/default-class.ts";
import { type Habits, ORDINARY, SECOND_PIPELINES } from "../test/support/truth/habits.ts";
import { MODES } from "../test/support/truth/judge.ts";
import { FULL_SIZE, WIDE } from "../test/support/truth/life.ts";
import { ALL_LOSSES } from "../test/support/truth/lossy-logs.ts";
import { runSeeds, type SeedResult, scoreTable } from "../test/support/truth/run-seeds.ts";

/**
 * The truth test over many seeds: `node bench/truth.ts --seeds 1..50 --deployer 'kubectl apply' --pulls --wrong-clocks --turbulent --second 'flux beside'`. Prints each mistake with the story behind it, and
 * precision and recall for each mode.
 */
const SEEDS_PER_CLUSTER = 5;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1..10" },
    deployer: { type: "string", default: ORDINARY.deployer },
    pulls: { type: "boolean", default: false },
    /** Reordered lists, finalizers and a default IngressClass too. */
    wide: { type: "boolean", default: false },
    "wrong-clocks": { type: "boolean", default: false },
    turbulent: { type: "boolean", default: false },
    second: { type: "string", default: "none" },
    /** With logs that lack something too. */
    lossy: { type: "boolean", default: false },
  },
});
const second = values.second as keyof typeof SECOND_PIPELINES;
const habits: Habits = {
  ...ORDINARY,
  deployer: values.deployer as Habits["deployer"],
  pulls: values.pulls,
  wrongClocks: values["wrong-clocks"],
  isTurbulent: values.turbulent,
  second: SECOND_PIPELINES[second],
};
// That a log tells all, and when, is so only where clocks are right and the pipelines say what they apply.
const isClear = habits.deployer === ORDINARY.deployer && !habits.pulls && !habits.wrongClocks;
const modes = [
  ...MODES.filter((mode) => isClear || mode !== "audit log"),
  ...(values.lossy ? ALL_LOSSES : []),
];
const seeds = parseSeeds(values.seeds);
const results: SeedResult[] = [];
for (let first = 0; first < seeds.length; first += SEEDS_PER_CLUSTER) {
  await using cluster = await startCluster({ auditLevel: "with-reads" });
  if (values.wide) await createDefaultClass(cluster, "default-class");
  const size = values.wide ? WIDE : FULL_SIZE;
  const batch = await runSeeds(cluster, seeds.slice(first, first + SEEDS_PER_CLUSTER), {
    habits,
    modes,
    size,
  });
  for (const { events, seed, mistakes } of batch) {
    const told = Object.entries(events).flatMap(([event, count]) =>
      count === 0 ? [] : [`${event} ${count}`],
    );
    const verdict = mistakes.length === 0 ? "right" : `${mistakes.length} mistakes`;
    console.log(`seed ${seed}: ${verdict}${told.length === 0 ? "" : ` (${told.join(", ")})`}`);
    for (const mistake of mistakes) console.log(`${mistake}\n`);
  }
  results.push(...batch);
}
console.log(scoreTable(results));
process.exitCode = results.some(({ mistakes }) => mistakes.length > 0) ? 1 : 0;

/** `7`, `1..50` or `1,4,9`. */
function parseSeeds(text: string): number[] {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return text.split(",").map(Number);
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
}
