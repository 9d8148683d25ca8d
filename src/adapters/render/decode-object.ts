import type { RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { nearestName } from "../../model/nearest-name.ts";
import { formatRawPath } from "./format-raw-path.ts";
import type { Shape } from "./object-shape.ts";
import type { Finding } from "./problem-code.ts";

export interface DecodedObject {
  /** As the server stores it: without the fields that it does not know, and without nulls but those that a shape keeps. */
  readonly object: JsonObject;
  /** `wrong-type` (the server refuses the object) and `unknown-field` (it drops the field). */
  readonly findings: readonly Finding[];
}

/**
 * Decode an object as the API server does.
 *
 * @param value An object; anything else decodes to the empty object and a finding.
 */
export function decodeObject(value: Json, shape: Shape): DecodedObject {
  const findings: Finding[] = [];
  const object = decode(value, shape, [], findings);
  return { object: isJsonObject(object) ? object : {}, findings };
}

/** undefined: as if the field were not there. */
function decode(value: Json, shape: Shape, path: RawPath, findings: Finding[]): Json | undefined {
  if (value === null) return "keepsNull" in shape && shape.keepsNull ? null : undefined;
  switch (shape.kind) {
    case "any":
      return value;
    case "string":
      return typeof value === "string" ? value : wrongType("a string", value, path, findings);
    case "boolean":
      return typeof value === "boolean" ? value : wrongType("true or false", value, path, findings);
    case "integer":
      return isInteger(value, shape.bits) ? value : wrongType("an integer", value, path, findings);
    case "integer-or-string":
      if (typeof value === "string" || isInteger(value, 32)) return value;
      return wrongType("an integer or a string", value, path, findings);
    case "string-map":
      return isJsonObject(value)
        ? decodeMap(value, shape.of, path, findings)
        : wrongType("a map", value, path, findings);
    case "list":
      if (!Array.isArray(value)) return wrongType("a list", value, path, findings);
      return value.map((item, index) => decodeItem(item, shape.of, [...path, index], findings));
    case "object":
      return isJsonObject(value)
        ? decodeFields(value, shape.fields, path, findings)
        : wrongType("a map", value, path, findings);
    default:
      return shape satisfies never;
  }
}

/** A null in a list is an entry with no fields set. */
function decodeItem(item: Json, shape: Shape, path: RawPath, findings: Finding[]): Json {
  return decode(item, shape, path, findings) ?? (shape.kind === "string" ? "" : {});
}

/** A null in a map of strings is the empty string, where it reaches the server. */
function decodeMap(map: JsonObject, of: Shape, path: RawPath, findings: Finding[]): JsonObject {
  const entries = Object.entries(map).map(([key, value]) => {
    const decoded = decode(value, of, [...path, key], findings);
    return [key, decoded === undefined ? "" : decoded] as const;
  });
  return Object.fromEntries(entries);
}

function decodeFields(
  value: JsonObject,
  fields: Readonly<Record<string, Shape>>,
  path: RawPath,
  findings: Finding[],
): JsonObject {
  const known: [string, Json][] = [];
  for (const [name, content] of Object.entries(value)) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape === undefined) {
      findings.push(unknownField([...path, name], Object.keys(fields)));
      continue;
    }
    const decoded = decode(content, shape, [...path, name], findings);
    if (decoded !== undefined) known.push([name, decoded]);
  }
  return Object.fromEntries(known);
}

function isInteger(value: Json, bits: 32 | 64): value is number {
  const limit = 2 ** (bits - 1);
  return typeof value === "number" && Number.isInteger(value) && value >= -limit && value < limit;
}

function wrongType(expected: string, value: Json, path: RawPath, findings: Finding[]): undefined {
  findings.push({
    path,
    code: "wrong-type",
    level: "error",
    message: `${formatRawPath(path)} must be ${expected}, and is ${describe(value)}`,
    remedy: remedyFor(expected, value),
  });
}

function describe(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const text = String(value);
  return `the ${typeof value} ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}

function remedyFor(expected: string, value: Json): string {
  if (expected !== "a string") return `Write ${expected}; the API server refuses the object as it is.`;
  if (typeof value === "boolean") {
    return "Put the value in quotes: kubectl reads a bare true, yes, y, on, false, no, n or off as a boolean.";
  }
  return typeof value === "number" ? "Put the value in quotes." : "Write a string.";
}

/** Where people write what `v1beta1` called it. */
const RENAMED: Readonly<Record<string, string>> = {
  serviceName: "service.name",
  servicePort: "service.port.number (or .name)",
  backend: "defaultBackend",
  defaultBackend: "backend",
  service: "serviceName and servicePort",
};

function unknownField(path: RawPath, known: readonly string[]): Finding {
  const name = String(path.at(-1));
  const renamed = RENAMED[name];
  const near = nearestName(name, known);
  const advice =
    renamed !== undefined
      ? `Write ${renamed} in this apiVersion.`
      : near !== null
        ? `Did you mean ${near}?`
        : "Remove it.";
  return {
    path,
    code: "unknown-field",
    level: "warning",
    message: `${formatRawPath(path)} is not a field of Ingress: kubectl refuses it, and from others the API server drops it`,
    remedy: advice,
  };
}
