import * as z from "zod";

/**
 * A schema as a JSON Schema (draft 2020-12). Objects are open: a later 1.x may add fields.
 *
 * @see https://zod.dev/json-schema
 */
export function jsonSchemaOf(schema: z.ZodType, id: string): Record<string, unknown> {
  const plain = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  });
  return { ...plain, $id: id };
}
