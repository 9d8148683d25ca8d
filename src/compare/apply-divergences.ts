import type { Divergence } from "../model/divergence.ts";
import type { FieldPath } from "../model/field-path.ts";
import type { IngressObject } from "../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { KeyedNode, KeyedValue } from "../model/keyed-ingress.ts";
import { INGRESS_SHAPE, type Shape, shapeAt } from "./ingress-shape.ts";
import { keyEntry, keyIngress, keyValue } from "./key-ingress.ts";
import { unkeyValue } from "./unkey-value.ts";

/**
 * The live object with each divergence taken back to what Git has. What is not compared (identity, status, the
 * server's own fields, last-applied) stays as it is live.
 *
 * @param live null for an object that the cluster lacks.
 * @returns null where Git has no such object.
 */
export function applyDivergences(
  live: IngressObject | null,
  divergences: readonly Divergence[],
): IngressObject | null {
  const whole = divergences.find(({ field }) => field.length === 0);
  if (whole !== undefined) return objectOrNull(whole.desired);
  if (live === null) return null;
  const keyed = divergences.reduce<KeyedNode>(applyOne, keyIngress(live).fields);
  return objectOrNull(withIgnored(unkeyValue(keyed, []), live, INGRESS_SHAPE));
}

function objectOrNull(value: Json | undefined): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

function applyOne(fields: KeyedNode, { field, change, desired }: Divergence): KeyedNode {
  if (change === "reordered") {
    return replaceAt(fields, field, (list) =>
      isJsonObject(list) ? reorder(list, segmentsIn(desired)) : list,
    );
  }
  return replaceAt(fields, field, () => keyedAt(desired, field));
}

function segmentsIn(desired: Json | undefined): readonly string[] {
  return Array.isArray(desired) ? desired.filter((segment) => typeof segment === "string") : [];
}

/** The named entries in the given order, in the places that they hold together; every other entry stays where it is. */
function reorder(list: KeyedNode, order: readonly string[]): KeyedNode {
  const named = order.filter((segment) => Object.hasOwn(list, segment));
  const isNamed = new Set(named);
  const next = named.values();
  const segments = Object.keys(list).map((segment) =>
    isNamed.has(segment) ? (next.next().value ?? segment) : segment,
  );
  return Object.fromEntries(segments.map((segment) => [segment, list[segment] ?? null]));
}

/** The keyed form of what a reader wrote at a path; undefined for a field that is to go. */
function keyedAt(written: Json | undefined, path: FieldPath): KeyedValue | undefined {
  if (written === undefined) return undefined;
  const parent = shapeAt(path.slice(0, -1));
  return parent.kind === "list" ? keyEntry(written, parent) : keyValue(written, shapeAt(path));
}

function replaceAt(
  node: KeyedNode,
  [segment, ...rest]: FieldPath,
  replace: (value: KeyedValue | undefined) => KeyedValue | undefined,
): KeyedNode {
  if (segment === undefined) return node;
  const child = Object.hasOwn(node, segment) ? node[segment] : undefined;
  const value =
    rest.length === 0 ? replace(child) : replaceAt(isJsonObject(child) ? child : {}, rest, replace);
  const others = Object.entries(node);
  if (value === undefined) return Object.fromEntries(others.filter(([name]) => name !== segment));
  if (child === undefined) return Object.fromEntries([...others, [segment, value]]);
  return Object.fromEntries(others.map(([name, each]) => [name, name === segment ? value : each]));
}

/** What was written, with the fields beside it that the keyed form leaves out, from the live object. */
function withIgnored(written: Json | undefined, live: Json | undefined, shape: Shape): Json | undefined {
  if ((shape.kind !== "object" && shape.kind !== "map") || !isJsonObject(live)) return written;
  if (written !== undefined && !isJsonObject(written)) return written;
  const ignored = Object.entries(live).filter(([name]) => shape.ignored.includes(name));
  const fields = Object.entries(shape.kind === "object" ? shape.fields : {})
    .map(([name, fieldShape]) => [name, withIgnored(written?.[name], live[name], fieldShape)] as const)
    .filter((field): field is [string, Json] => field[1] !== undefined);
  const isNothing = written === undefined && ignored.length === 0 && fields.length === 0;
  return isNothing
    ? undefined
    : Object.fromEntries([...ignored, ...Object.entries(written ?? {}), ...fields]);
}
