import { describe, expect, test } from "vitest";
import { type Candidate, chooseDivergences } from "../../../src/audit/adopt/choose-divergences.ts";
import { formatFieldPath, parseFieldPath } from "../../../src/model/field-path.ts";
import type { Attribution, Verdict } from "../../../src/model/verdict.ts";

function candidate(
  field: string,
  verdict: Verdict | null,
  more: Partial<Candidate["divergence"]> = {},
): Candidate {
  const attribution = verdict === null ? null : ({ verdict } as Attribution);
  const divergence = {
    field: parseFieldPath(field) ?? [],
    change: "changed",
    desired: "a",
    live: "b",
    ...more,
  } as const;
  return { divergence, attribution, ignoredBy: verdict === null ? "default class" : null };
}

const fieldsOf = (candidates: readonly Candidate[]) =>
  candidates.map(({ divergence }) => formatFieldPath(divergence.field));

describe("without any field named", () => {
  const candidates = [
    candidate("spec.rules", "out-of-band"),
    candidate("spec.tls", "unmerged"),
    candidate("spec.ingressClassName", "pending"),
    candidate("metadata.finalizers", "controller"),
    candidate("metadata.labels", null),
  ];

  test("what people wrote in the cluster is chosen, and the rest left out with why, but for what a rule expects", () => {
    const { chosen, leftOut } = chooseDivergences(candidates, [], "adopt");
    expect(fieldsOf(chosen)).toEqual(["spec.rules", "spec.tls"]);
    expect(leftOut.map(({ why }) => why)).toEqual(["Git is ahead of the cluster", "a controller keeps it"]);
  });

  test("an Ingress that is missing is restored, and not taken out of Git", () => {
    const missing = [candidate("", "pending", { change: "removed", live: undefined })];
    expect(chooseDivergences(missing, [], "restore").chosen).toEqual(missing);
    expect(chooseDivergences(missing, [], "adopt").chosen).toEqual([]);
  });
});

describe("named fields", () => {
  const candidates = [
    candidate('metadata.annotations["a.io/x"]', "pending"),
    candidate('metadata.annotations["a.io/y"]', "controller"),
    candidate("spec.tls", "out-of-band"),
    candidate("", "out-of-band"),
  ];

  test.each([
    [['metadata.annotations["a.io/x"]'], ['metadata.annotations["a.io/x"]']],
    [["metadata.annotations"], ['metadata.annotations["a.io/x"]', 'metadata.annotations["a.io/y"]']],
    [
      ['**["*/y"]', "spec.tls"],
      ['metadata.annotations["a.io/y"]', "spec.tls"],
    ],
  ])("%j", (patterns, fields) => {
    expect(fieldsOf(chooseDivergences(candidates, patterns, "adopt").chosen)).toEqual(fields);
  });

  test("the whole Ingress is all that differs in it", () => {
    expect(chooseDivergences(candidates, ["."], "adopt").chosen).toEqual(candidates);
  });

  test.each([
    ["spec..x", "usage"],
    ["spec.rules", "field-agrees"],
  ])("%s is told to be wrong", (pattern, code) => {
    expect(() => chooseDivergences(candidates, ["spec.tls", pattern], "adopt")).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
