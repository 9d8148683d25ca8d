import deepDiff from "deep-diff";
import type { Change } from "../model/divergence.ts";
import { type FieldPath, formatFieldPath } from "../model/field-path.ts";
import { isJsonObject } from "../model/json.ts";
import { type KeyedNode, type KeyedValue, sameKeyedValue } from "../model/keyed-ingress.ts";

/** One keyed value that differs, seen from desired to live. */
export interface ValueDifference {
  readonly path: FieldPath;
  readonly change: Exclude<Change, "reordered">;
  readonly desired: KeyedValue | undefined;
  readonly live: KeyedValue | undefined;
}

/**
 * Where two keyed nodes differ, as finely as they are keyed: what stands on one side only is one difference with all
 * that is below it, and a list that is no keyed node is one value.
 */
export function diffValues(desired: KeyedNode, live: KeyedNode): readonly ValueDifference[] {
  const differences = deepDiff.diff(differingPart(desired, live), differingPart(live, desired)) ?? [];
  const paths = differences.map(({ path }) => keyedPart(path ?? []));
  const distinct = new Map(paths.map((path) => [formatFieldPath(path), path]));
  return [...distinct.values()].map((path) => differenceAt(path, desired, live));
}

/** deep-diff searches a node's keys for each key; so that this stays small, it is given only what differs. */
function differingPart(node: KeyedNode, other: KeyedNode): KeyedNode {
  const differing = Object.entries(node).filter(
    ([segment, value]) => !sameKeyedValue(value, childAt(other, segment)),
  );
  return Object.fromEntries(
    differing.map(([segment, value]) => {
      const counterpart = childAt(other, segment);
      const areNodes = isJsonObject(value) && isJsonObject(counterpart);
      return [segment, areNodes ? differingPart(value, counterpart) : value];
    }),
  );
}

/** deep-diff goes into lists by index, and no segment is a number. */
function keyedPart(path: readonly (string | number)[]): FieldPath {
  const end = path.findIndex((key) => typeof key === "number");
  return path.slice(0, end < 0 ? path.length : end).map(String);
}

function differenceAt(path: FieldPath, desired: KeyedNode, live: KeyedNode): ValueDifference {
  const values = { desired: valueAt(desired, path), live: valueAt(live, path) };
  if (values.desired === undefined) return { path, change: "added", ...values };
  return { path, change: values.live === undefined ? "removed" : "changed", ...values };
}

function valueAt(node: KeyedNode, path: FieldPath): KeyedValue | undefined {
  return path.reduce<KeyedValue | undefined>(
    (value, segment) => (isJsonObject(value) ? childAt(value, segment) : undefined),
    node,
  );
}

function childAt(node: KeyedNode, segment: string): KeyedValue | undefined {
  return Object.hasOwn(node, segment) ? node[segment] : undefined;
}
