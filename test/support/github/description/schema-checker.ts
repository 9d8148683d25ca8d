import { Ajv, type ErrorObject } from "ajv";
import { toJsonSchema } from "./json-schema.ts";
import type { Document, Schema } from "./open-api.ts";

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Checks values against schemas of the description; compiles each one when it is first used, with what it refers to. */
export class SchemaChecker {
  readonly #document: Document;
  readonly #known = new Set<string>();
  readonly #compiled = new WeakMap<Schema, (value: unknown) => string[]>();
  readonly #ajv = new Ajv({
    strict: false,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    // GitHub answers "" for an address that was never given, and its description has "" as the default of some.
    formats: { "date-time": DATE_TIME, uri: (text: string) => text === "" || URL.canParse(text) },
  });

  constructor(document: Document) {
    this.#document = document;
  }

  /** @returns What is wrong, each with its JSON pointer; empty where the value is as described. */
  check(schema: Schema, value: unknown): string[] {
    let check = this.#compiled.get(schema);
    if (check === undefined) {
      check = this.#compile(schema);
      this.#compiled.set(schema, check);
    }
    return check(value);
  }

  #compile(schema: Schema): (value: unknown) => string[] {
    const validate = this.#ajv.compile(toJsonSchema(schema, (name) => this.#add(name)));
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(inWords));
  }

  #add(name: string): void {
    if (this.#known.has(name)) return;
    this.#known.add(name);
    const schema = this.#document.components.schemas?.[name];
    if (schema === undefined) throw new Error(`GitHub's description has no schema ${name}`);
    this.#ajv.addSchema(
      toJsonSchema(schema, (needed) => this.#add(needed)),
      name,
    );
  }
}

function inWords(error: ErrorObject): string {
  return `${error.instancePath || "/"} ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`;
}
