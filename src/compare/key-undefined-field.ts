import { nameSegment } from "../model/field-path.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { KeyedValue } from "../model/keyed-ingress.ts";

/** No field of an Ingress lies this deep; what does was made to exhaust the stack of whoever walks it. */
const DEEPEST = 64;

/**
 * The keyed form of a value that Ingress does not define, or that has the wrong type: objects are nodes, everything
 * else is kept as it is.
 */
export function keyUndefinedField(value: Json, depth = 0): KeyedValue {
  if (!isJsonObject(value)) return plainJson(value, depth);
  if (depth > DEEPEST) return TOO_DEEP;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [nameSegment(name), keyUndefinedField(each, depth + 1)]),
  );
}

const TOO_DEEP = "(nested too deep to compare)";

function plainJson(value: Json, depth: number): Json {
  // YAML has .nan and .inf; they are no JSON, and NaN is not even equal to itself.
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((each) => plainJson(each, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainJson(each, depth + 1)]));
}
