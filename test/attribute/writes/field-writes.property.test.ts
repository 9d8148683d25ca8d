import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldPath } from "../../../src/model/field-path.ts";
import { life, live, type Step } from "./support/cluster-life.ts";
import { type Loss, loss, NO_LOSS } from "./support/lossy-log.ts";
import {
  type Aspect,
  describeOutcome,
  isExact,
  isUntraceable,
  named,
  type Outcome,
  outcome,
} from "./support/outcome.ts";

const SERVICE = ["http", "paths", '[path="/",pathType="Prefix"]', "backend", "service", "name"];
const FIELDS: readonly FieldPath[] = [
  [],
  ["metadata", "annotations", '["a"]'],
  ["metadata", "annotations", '["b"]'],
  ["spec", "ingressClassName"],
  ["spec", "rules", '[host="h1"]'],
  ["spec", "rules", '[host="h2"]'],
  ["spec", "rules", '[host="h1"]', ...SERVICE],
];
const ASPECTS: readonly (readonly [FieldPath, Aspect])[] = [
  ...FIELDS.map((field) => [field, "value"] as const),
  [["spec", "rules", '[host="h1"]'], "presence"],
  [["spec", "rules", '[host="h2"]'], "presence"],
];

describe("on a simulated API server", () => {
  test("a complete log shows the write of nearly every field, and always the right one", () => {
    const tally = new Tally();
    fc.assert(
      fc.property(life, (steps) => judge(steps, NO_LOSS, tally)),
      { numRuns: 500 },
    );
    tally.print("complete log");
    expect(tally.share("spec")).toBeGreaterThan(0.97);
    expect(tally.share("metadata")).toBeGreaterThan(0.85);
    expect(tally.share("object")).toBe(1);
    expect(tally.untraceable / tally.named).toBeLessThan(0.01);
  });

  test("a log that lacks writes or bodies names no wrong write, and still names many", () => {
    const tally = new Tally();
    fc.assert(
      fc.property(life, loss, (steps, lost) => judge(steps, lost, tally)),
      { numRuns: 1500 },
    );
    tally.print("lossy log");
    expect(tally.share("all")).toBeGreaterThan(0.4);
    expect(tally.untraceable / tally.named).toBeLessThan(0.03);
  });
});

function judge(steps: readonly Step[], lost: Loss, tally: Tally): void {
  const { served } = live(steps);
  for (const [field, aspect] of ASPECTS) {
    const each = outcome(served, lost, field, aspect);
    tally.add(each);
    if (named(each) !== undefined && !isExact(each) && !isUntraceable(each)) {
      throw new Error(describeOutcome(each));
    }
  }
}

/** How often a write is named, by what part of the object, and how often one that the log cannot tell from the right one. */
class Tally {
  untraceable = 0;
  readonly #counts = new Map<string, { all: number; named: number }>();
  readonly #kinds = new Map<string, number>();

  add(each: Outcome): void {
    const isNamed = named(each) !== undefined;
    for (const part of ["all", each.field[0] ?? "object"]) {
      const count = this.#counts.get(part) ?? { all: 0, named: 0 };
      this.#counts.set(part, { all: count.all + 1, named: count.named + Number(isNamed) });
    }
    if (isNamed && !isExact(each)) this.untraceable++;
    const { kind } = each.result.liveWrite;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
  }

  get named(): number {
    return this.#counts.get("all")?.named ?? 0;
  }

  share(part: string): number {
    const { all, named } = this.#counts.get(part) ?? { all: 0, named: 0 };
    return named / all;
  }

  print(title: string): void {
    const shares = [...this.#counts.keys()].map((part) => `${part} ${percent(this.share(part))}`);
    const precision = `exact ${percent(1 - this.untraceable / this.named)} of ${this.named} named`;
    const kinds = [...this.#kinds].map(([kind, count]) => `${kind} ${count}`);
    console.log(`${title}: named ${shares.join(", ")}; ${precision}; ${kinds.join(", ")}`);
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
