import type { Schema } from "./open-api.ts";

const ONE_SCHEMA = new Set(["items", "additionalProperties", "not"]);
const SCHEMAS = new Set(["allOf", "anyOf", "oneOf"]);
const SCHEMAS_BY_NAME = new Set(["properties", "patternProperties"]);

/**
 * Turn a schema of OpenAPI 3.0 into JSON Schema: `nullable` becomes one more alternative, wherever it stands (ajv knows
 * it beside `type` only, and not beside an `enum` without null).
 *
 * @param onReference Told each component that the schema needs.
 */
export function toJsonSchema(schema: Schema, onReference: (name: string) => void): Schema {
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.slice("#/components/schemas/".length);
    onReference(name);
    return { $ref: name };
  }
  const { nullable, discriminator: _, ...rest } = schema;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, convert(key, value, onReference)]),
  );
  return nullable === true ? { anyOf: [converted, { type: "null" }] } : converted;
}

/** Examples and defaults hold anything, also what looks like a schema: only the keywords that hold schemas are followed. */
function convert(key: string, value: unknown, onReference: (name: string) => void): unknown {
  if (typeof value !== "object" || value === null) return value;
  const toSchema = (schema: unknown) => toJsonSchema(schema as Schema, onReference);
  if (ONE_SCHEMA.has(key)) return toSchema(value);
  if (SCHEMAS.has(key)) return (value as unknown[]).map(toSchema);
  if (!SCHEMAS_BY_NAME.has(key)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toSchema(schema)]));
}
