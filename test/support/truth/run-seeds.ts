import type { TestCluster } from "../cluster/test-cluster.ts";
import { auditStory, takeEvidence } from "./audit-story.ts";
import { describeMistake } from "./describe-mistake.ts";
import { type EventCounts, eventsOf } from "./events-of.ts";
import { evidenceIn, type TakenStory } from "./evidence-in.ts";
import { type Habits, ORDINARY } from "./habits.ts";
import { judge, MODES, type Mode, type Score } from "./judge.ts";
import { FULL_SIZE, type LifeSize, liveThrough } from "./life.ts";

export interface SeedResult {
  readonly seed: number;
  readonly scores: ReadonlyMap<Mode, Score>;
  readonly events: EventCounts;
  /** One text for each mistake. */
  readonly mistakes: readonly string[];
}

export interface SeedPlan {
  readonly size?: LifeSize;
  readonly habits?: Habits;
  readonly modes?: readonly Mode[];
}

/** Live through several stories side by side in one cluster (most of a story is waiting for the next second), and audit each. */
export async function runSeeds(
  cluster: TestCluster,
  seeds: readonly number[],
  { size = FULL_SIZE, habits = ORDINARY, modes = MODES }: SeedPlan = {},
): Promise<readonly SeedResult[]> {
  const stories = await Promise.all(seeds.map((seed) => liveThrough(seed, cluster, size, habits)));
  const taken: TakenStory[] = [];
  for (const story of stories) taken.push({ story, evidence: await takeEvidence(story, cluster) });
  const results: SeedResult[] = [];
  for (const [index, each] of taken.entries()) {
    const { story } = each;
    using _repository = story.repository;
    const scores = new Map<Mode, Score>();
    const mistakes: string[] = [];
    for (const mode of modes) {
      if (mode === "applied revision" && story.appliedWhole === null) continue;
      const neighbour = taken[(index + 1) % taken.length] ?? each;
      const evidence = await evidenceIn(mode, each, neighbour);
      const score = judge(story, mode, await auditStory(story, evidence, mode));
      scores.set(mode, score);
      mistakes.push(...score.mistakes.map((mistake) => describeMistake(story, mistake)));
    }
    results.push({ seed: story.seed, scores, events: eventsOf(story), mistakes });
  }
  return results;
}

/** Precision and recall for each mode, over all seeds. */
export function scoreTable(results: readonly SeedResult[]): string {
  const modes = [...new Set(results.flatMap(({ scores }) => [...scores.keys()]))];
  const rows = modes.map((mode) => {
    const scores = results.flatMap(({ scores }) => scores.get(mode) ?? []);
    const sum = (count: (score: Score) => number) => scores.reduce((total, score) => total + count(score), 0);
    const right = sum(({ namedRight }) => namedRight);
    const named = sum((score) => score.named);
    const nameable = sum((score) => score.nameable);
    const mistakes = sum((score) => score.mistakes.length);
    return [
      mode.padEnd(30),
      `precision ${percent(right, named)}`,
      `recall ${percent(right, nameable)}`,
      `named right ${right} of ${named} named, ${nameable} nameable; ${mistakes} mistakes in ${scores.length} seeds`,
    ].join("  ");
  });
  return rows.join("\n");
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "   –  " : `${((100 * part) / whole).toFixed(1).padStart(5)}%`;
}
