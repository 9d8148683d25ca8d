import { configurationJsonSchema } from "./configuration-schema.ts";

/** The keys that a place in the configuration may have, by the published schema. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  const root = configurationJsonSchema();
  let schema: unknown = root;
  for (const key of path)
    schema = resolve(typeof key === "number" ? member(schema, "items") : property(schema, key), root);
  return Object.keys(member(schema, "properties") ?? {});
}

function property(schema: unknown, key: PropertyKey): unknown {
  return member(member(schema, "properties"), String(key));
}

/** `$ref` is `#/$defs/Name`. */
function resolve(schema: unknown, root: unknown): unknown {
  const reference = member(schema, "$ref");
  return typeof reference === "string"
    ? member(member(root, "$defs"), reference.split("/").at(-1) ?? "")
    : schema;
}

function member(value: unknown, key: string): object | string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" || (typeof found === "object" && found !== null) ? found : undefined;
}
