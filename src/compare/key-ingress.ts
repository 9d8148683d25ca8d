import { entrySegment, nameSegment } from "../model/field-path.ts";
import type { IngressObject } from "../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { KeyedIngress, KeyedNode, KeyedValue } from "../model/keyed-ingress.ts";
import {
  INGRESS_SHAPE,
  type ListShape,
  type MapShape,
  type ObjectShape,
  type SetShape,
  type Shape,
} from "./ingress-shape.ts";
import { keyUndefinedField } from "./key-undefined-field.ts";
import { listEntry, listSegments } from "./list-segments.ts";
import { listedOrders } from "./listed-orders.ts";

/**
 * The canonical keyed form of a `networking.k8s.io/v1` Ingress: from Git, from the cluster, from an audit event's
 * body or from last-applied. Total: a value of the wrong type is kept as it is, and never thrown over.
 *
 * Annotations, labels, rules, http.paths, tls, hosts, finalizers and ownerReferences always exist, if need be empty,
 * so that what is in them is reported one by one. Keys are in the object's order.
 */
export function keyIngress(ingress: IngressObject): KeyedIngress {
  const fields = keyFields(isJsonObject(ingress) ? ingress : {}, INGRESS_SHAPE, []);
  return { fields, order: listedOrders(fields) };
}

/** The same, keyed when somebody first looks at it: nobody does at most objects that agree. */
export function keyOnDemand(ingress: IngressObject): KeyedIngress {
  let known: KeyedIngress | null = null;
  const keyed = (): KeyedIngress => {
    known ??= keyIngress(ingress);
    return known;
  };
  return {
    get fields() {
      return keyed().fields;
    },
    get order() {
      return keyed().order;
    },
  };
}

/** The keyed form of a value of that shape; undefined where the API server takes the value for absent. */
export function keyValue(value: Json | undefined, shape: Shape): KeyedValue | undefined {
  switch (shape.kind) {
    case "scalar":
      return isAbsent(value) || value === shape.empty ? undefined : keyUndefinedField(value);
    case "object":
      return keyObject(value, shape);
    case "map":
      return keyMap(value, shape);
    case "set":
    case "list":
      return keyList(value, shape);
    case "unknown":
      return isAbsent(value) ? undefined : keyUndefinedField(value);
    default:
      return shape satisfies never;
  }
}

/** The node of a list entry, without the fields that are in its segment. */
export function keyEntry(entry: Json, shape: ListShape): KeyedValue {
  if (entry !== null && !isJsonObject(entry)) return keyUndefinedField(entry);
  const fields = listEntry(entry);
  const inSegment = shape.identifyingFields(fields).filter((name) => typeof fields[name] === "string");
  return keyFields(fields, shape.entry, inSegment);
}

function isAbsent(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}

function keyObject(value: Json | undefined, shape: ObjectShape): KeyedValue | undefined {
  if (isAbsent(value)) return shape.presence === "always" ? keyFields({}, shape, []) : undefined;
  if (!isJsonObject(value)) return keyUndefinedField(value);
  const node = keyFields(value, shape, []);
  return shape.presence === "nonEmpty" && Object.keys(node).length === 0 ? undefined : node;
}

/** The hottest function of the comparison, and therefore a loop. */
function keyFields(object: JsonObject, shape: ObjectShape, inSegment: readonly string[]): KeyedNode {
  const fields: [string, KeyedValue][] = [];
  for (const name of Object.keys(shape.fields)) {
    const fieldShape = shape.fields[name];
    if (fieldShape === undefined || inSegment.includes(name)) continue;
    const value = keyValue(ownValue(object, name), fieldShape);
    if (value !== undefined) fields.push([name, value]);
  }
  for (const name of Object.keys(object)) {
    if (Object.hasOwn(shape.fields, name) || shape.ignored.includes(name)) continue;
    const value = keyValue(object[name], { kind: "unknown" });
    if (value !== undefined) fields.push([nameSegment(name), value]);
  }
  return Object.fromEntries(fields);
}

function keyMap(value: Json | undefined, shape: MapShape): KeyedValue {
  if (isAbsent(value)) return {};
  if (!isJsonObject(value)) return keyUndefinedField(value);
  const entries = Object.entries(value).filter(([key]) => !shape.ignored.includes(key));
  return Object.fromEntries(entries.map(([key, each]) => [entrySegment(key), keyMapValue(each)]));
}

/** Go reads `null` in a map of strings as the empty string, and keeps the key. */
function keyMapValue(value: Json): KeyedValue {
  return value === null ? "" : keyUndefinedField(value);
}

function keyList(value: Json | undefined, shape: ListShape | SetShape): KeyedValue {
  if (isAbsent(value)) return {};
  if (!Array.isArray(value)) return keyUndefinedField(value);
  const entries: readonly Json[] = value;
  const nodes = listSegments(entries, shape).map((segment, index) => {
    const entry = entries[index] ?? null;
    if (segment === null) return null;
    return [segment, shape.kind === "set" ? keyUndefinedField(entry) : keyEntry(entry, shape)] as const;
  });
  return Object.fromEntries(nodes.filter((node) => node !== null));
}

function ownValue(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
