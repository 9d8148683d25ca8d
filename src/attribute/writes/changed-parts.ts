import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KeyedValue, sameKeyedValue } from "../../model/keyed-ingress.ts";

/** A part in which two states of one entry differ, seen from the first to the second. */
export interface ChangedPart {
  /** From the entry on. */
  readonly path: FieldPath;
  readonly change: "changed" | "added" | "removed";
}

/** As finely as both are keyed: what only one of them has is one part, with all that is below it. */
export function changedParts(from: KeyedValue | undefined, to: KeyedValue | undefined): ChangedPart[] {
  if (sameKeyedValue(from, to)) return [];
  if (!isJsonObject(from) || !isJsonObject(to)) {
    return [{ path: [], change: from === undefined ? "added" : to === undefined ? "removed" : "changed" }];
  }
  const segments = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...segments].flatMap((segment) =>
    changedParts(ownValue(from, segment), ownValue(to, segment)).map(({ path, change }) => ({
      path: [segment, ...path],
      change,
    })),
  );
}

function ownValue(node: { readonly [segment: string]: KeyedValue }, segment: string): KeyedValue | undefined {
  return Object.hasOwn(node, segment) ? node[segment] : undefined;
}
