import type { JsonObject } from "../../../src/model/json.ts";
import type { Random } from "../truth/random.ts";
import { disguised } from "./disguise.ts";
import { type Draft, manifestOf } from "./draft.ts";
import { mutate } from "./mutations.ts";
import { randomDraft } from "./random-draft.ts";

/** An Ingress as it was applied, as Git has it now, and as somebody made it in the cluster. */
export interface MutatedIngress {
  readonly name: string;
  readonly applied: JsonObject;
  readonly git: JsonObject;
  readonly live: Draft;
  /** What was done, for whoever reads a failure. */
  readonly steps: readonly string[];
}

export function mutatedIngress(name: string, namespace: string, random: Random): MutatedIngress {
  const base = randomDraft(name, random);
  let git = base;
  let live = base;
  const steps: string[] = [];
  for (let count = 1 + random.int(3); count > 0; count--) {
    const isGit = random.chance(0.4);
    const step = mutate(isGit ? git : live, random);
    steps.push(`${isGit ? "git" : "live"}: ${step.name}`);
    if (isGit) git = step.draft;
    else live = step.draft;
  }
  return {
    name,
    applied: manifestOf(base, namespace),
    git: disguised(manifestOf(git, namespace), random),
    live,
    steps,
  };
}
