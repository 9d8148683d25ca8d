import fc from "fast-check";
import { expect, test } from "vitest";
import { applyDivergences } from "../../src/compare/apply-divergences.ts";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { compareIngresses } from "../../src/compare/compare-ingresses.ts";
import { keyIngress } from "../../src/compare/key-ingress.ts";
import { rawPathOf } from "../../src/compare/raw-path-of.ts";
import { unkeyValue } from "../../src/compare/unkey-value.ts";
import { formatFieldPath, parseFieldPath } from "../../src/model/field-path.ts";
import type { IngressObject } from "../../src/model/ingress.ts";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { keyedValueAt } from "../../src/model/keyed-ingress.ts";
import { arbitraryIngress, arbitraryOddIngress } from "./support/arbitrary-ingress.ts";
import { declared, identified } from "./support/ingress-yaml.ts";

const context = { ingressClasses: null };
const anyIngress = fc.oneof(arbitraryIngress, arbitraryOddIngress);

function divergences(desired: IngressObject, live: IngressObject) {
  return compareIngress(desired, live, context).divergences;
}

/** The same object with the keys of every map in another order. */
function reversedKeys<Value extends Json>(value: Value): Json {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([name, each]) => [name, reversedKeys(each)]));
}

test("an Ingress does not differ from itself, whatever is in it", () => {
  fc.assert(
    fc.property(anyIngress, (ingress) => {
      expect(compareIngress(ingress, structuredClone(ingress), context)).toMatchObject({
        divergences: [],
        recognised: [],
      });
    }),
  );
});

test("the order of keys means nothing", () => {
  fc.assert(
    fc.property(anyIngress, (ingress) => {
      const reversed = reversedKeys(ingress);
      expect(divergences(ingress, isJsonObject(reversed) ? reversed : {})).toEqual([]);
    }),
    // Found once: an object in a list of strings was keyed by its text.
    { examples: [[{ metadata: { finalizers: [{ "": [], metadata: [] }] } }]] },
  );
});

test("the order of documents and of the cluster's list means nothing", () => {
  const sides = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), arbitraryIngress), { maxLength: 6 });
  fc.assert(
    fc.property(sides, sides, (desired, live) => {
      const named = (side: typeof desired) => [
        ...new Map(
          side.map(([name, object]) => [name, { ...object, metadata: { name, namespace: "shop" } }]),
        ).values(),
      ];
      const [git, cluster] = [named(desired).map(declared), named(live).map(identified)];
      const withoutFunctions = (side: typeof git, other: typeof cluster) =>
        compareIngresses(side, other, context).map(({ desired: _, ...rest }) => rest);
      expect(withoutFunctions(git.toReversed(), cluster.toReversed())).toEqual(
        withoutFunctions(git, cluster),
      );
    }),
  );
});

test("applying the divergences to live gives desired", () => {
  fc.assert(
    fc.property(arbitraryIngress, arbitraryIngress, (desired, live) => {
      const applied = applyDivergences(live, divergences(desired, live));
      expect(keyIngress(applied ?? {}).fields).toEqual(keyIngress(desired).fields);
    }),
    { numRuns: 500 },
  );
});

test("applying a divergence that is an order gives desired's order", () => {
  fc.assert(
    fc.property(arbitraryIngress, fc.infiniteStream(fc.nat()), (ingress, random) => {
      const rules = distinctRules(ingress);
      const ranked = rules.map((rule) => ({ rule, rank: Number(random.next().value) }));
      const shuffled = ranked.toSorted((one, other) => one.rank - other.rank).map(({ rule }) => rule);
      const [desired, live] = [withRules(ingress, rules), withRules(ingress, shuffled)];
      const applied = applyDivergences(live, divergences(desired, live));
      expect(divergences(desired, applied ?? {})).toEqual([]);
    }),
  );
});

/** Rules with the same key would trade places, which is a change of content. */
function distinctRules({ spec }: IngressObject): readonly Json[] {
  const rules: readonly Json[] = isJsonObject(spec) && Array.isArray(spec.rules) ? spec.rules : [];
  return [...new Map(rules.map((rule) => [isJsonObject(rule) ? (rule.host ?? "") : "", rule])).values()];
}

function withRules(ingress: IngressObject, rules: readonly Json[]): IngressObject {
  return { ...ingress, spec: { ...(isJsonObject(ingress.spec) ? ingress.spec : {}), rules } };
}

test("each divergence says what the two sides hold at its path, once, in the order of the paths", () => {
  fc.assert(
    fc.property(anyIngress, anyIngress, (desired, live) => {
      const comparison = compareIngress(desired, live, context);
      const paths = comparison.divergences.map(({ field }) => formatFieldPath(field));
      expect(new Set(paths).size).toBe(paths.length);
      for (const { field, change, ...values } of comparison.divergences) {
        expect(parseFieldPath(formatFieldPath(field))).toEqual(field);
        if (change === "reordered") continue;
        for (const side of ["desired", "live"] as const) {
          const keyed = comparison[`${side}Keyed`];
          const held = keyed === null ? undefined : keyedValueAt(keyed, field);
          expect(values[side]).toEqual(held === undefined ? undefined : unkeyValue(held, field));
        }
        expect(change).toBe(
          values.desired === undefined ? "added" : values.live === undefined ? "removed" : "changed",
        );
      }
    }),
  );
});

test("the place of a divergence in the object holds its value", () => {
  fc.assert(
    fc.property(arbitraryIngress, arbitraryIngress, (desired, live) => {
      for (const { field, change, live: value } of divergences(desired, live)) {
        if (change === "removed" || change === "reordered") continue;
        const rawPath = rawPathOf(live, field);
        expect(rawPath).toHaveLength(field.length);
        const raw = rawPath.reduce<unknown>((each, key) => Object(each)[key], live);
        expect(typeof value === "object" ? typeof raw : raw).toEqual(
          typeof value === "object" ? "object" : value,
        );
      }
    }),
  );
});

test("seen from the other side, what was added is removed", () => {
  const mirrored = { added: "removed", removed: "added", changed: "changed", reordered: "reordered" };
  fc.assert(
    fc.property(arbitraryIngress, arbitraryIngress, (desired, live) => {
      const there = divergences(desired, live);
      const back = divergences(live, desired).map(({ field, change, desired, live }) => ({
        field,
        change: mirrored[change],
        desired: live,
        live: desired,
      }));
      expect(back).toEqual(there);
    }),
  );
});

test("a keyed Ingress written out and keyed again is the same", () => {
  fc.assert(
    fc.property(arbitraryIngress, (ingress) => {
      const { fields, order } = keyIngress(ingress);
      const written = unkeyValue(fields, []);
      expect(keyIngress(isJsonObject(written) ? written : {})).toEqual({ fields, order });
    }),
  );
});

test("no input is thrown over", () => {
  fc.assert(
    fc.property(arbitraryOddIngress, anyIngress, (odd, other) => {
      for (const [desired, live] of [
        [odd, other],
        [other, odd],
      ] as const) {
        expect(() => applyDivergences(live, divergences(desired, live))).not.toThrow();
      }
    }),
  );
});
