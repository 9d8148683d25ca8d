import { CI, FLUX, type Pipeline } from "./pipelines.ts";

/** How a team works, beyond what it does. */
export interface Habits {
  /** How the pipeline brings a commit to the cluster. */
  readonly deployer: Pipeline["way"];
  /** Half of the merges are made by `git pull`: what everybody had becomes the second parent. */
  readonly pulls: boolean;
  /** Some authors' clocks are hours ahead or days behind. */
  readonly wrongClocks: boolean;
  /** Another pipeline that works beside the first one. */
  readonly second: SecondPipeline | null;
  /**
   * Phases lie hours or days apart; main is force-pushed, and pushed a day or two after its commits were made; commits
   * are cherry-picked, reverts reverted; and people write to the cluster what it has already.
   */
  readonly isTurbulent: boolean;
}

export interface SecondPipeline {
  readonly pipeline: Pipeline;
  /** Whether it deploys the first one's namespaces too; else each has its own. */
  readonly isShared: boolean;
}

export const ORDINARY: Habits = {
  deployer: "server-side apply",
  pulls: false,
  wrongClocks: false,
  second: null,
  isTurbulent: false,
};

/** By the name that the bench takes. */
export const SECOND_PIPELINES = {
  none: null,
  "flux apart": { pipeline: FLUX, isShared: false },
  "flux beside": { pipeline: FLUX, isShared: true },
  "ci apart": { pipeline: CI, isShared: false },
  "ci beside": { pipeline: CI, isShared: true },
} as const satisfies Readonly<Record<string, SecondPipeline | null>>;
