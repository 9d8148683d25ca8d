import type { TestCluster } from "../cluster/test-cluster.ts";
import { auditStory, takeEvidence } from "./audit-story.ts";
import { describeMistake } from "./describe-mistake.ts";
import { type Habits, ORDINARY } from "./habits.ts";
import { judge, MODES, type Mode, type Score } from "./judge.ts";
import { FULL_SIZE, liveThrough } from "./life.ts";

export interface SeedResult {
  readonly seed: number;
  readonly scores: ReadonlyMap<Mode, Score>;
  /** One text for each mistake. */
  readonly mistakes: readonly string[];
}

/** Live through several stories side by side in one cluster (most of a story is waiting for the next second), and audit each. */
export async function runSeeds(
  cluster: TestCluster,
  seeds: readonly number[],
  habits: Habits = ORDINARY,
  modes: readonly Mode[] = MODES,
): Promise<readonly SeedResult[]> {
  const stories = await Promise.all(seeds.map((seed) => liveThrough(seed, cluster, FULL_SIZE, habits)));
  const results: SeedResult[] = [];
  for (const story of stories) {
    using _repository = story.repository;
    const evidence = await takeEvidence(story, cluster);
    const scores = new Map<Mode, Score>();
    const mistakes: string[] = [];
    for (const mode of modes) {
      if (mode === "applied revision" && story.appliedWhole === null) continue;
      const score = judge(story, mode, await auditStory(story, evidence, mode));
      scores.set(mode, score);
      mistakes.push(...score.mistakes.map((mistake) => describeMistake(story, mistake)));
    }
    results.push({ seed: story.seed, scores, mistakes });
  }
  return results;
}

/** Precision and recall for each mode, over all seeds. */
export function scoreTable(results: readonly SeedResult[]): string {
  const rows = MODES.map((mode) => {
    const scores = results.flatMap(({ scores }) => scores.get(mode) ?? []);
    const sum = (count: (score: Score) => number) => scores.reduce((total, score) => total + count(score), 0);
    const right = sum(({ namedRight }) => namedRight);
    const named = sum((score) => score.named);
    const nameable = sum((score) => score.nameable);
    const mistakes = sum((score) => score.mistakes.length);
    return [
      mode.padEnd(16),
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
