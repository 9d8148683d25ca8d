import { selectPage } from "./connection.ts";
import type { FieldSelection, QueryDocument, Selection, Value } from "./document.ts";
import { type Args, type Context, type Field, GraphqlError, type ObjectType } from "./type.ts";
import { TYPES } from "./types.ts";

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly type: string;
    readonly path: readonly (string | number)[];
    readonly message: string;
  }[];
}

type Path = readonly (string | number)[];

/** Answers one query; a field that fails is null and named among the errors, a mistaken query has no data at all. */
export class Execution {
  readonly #document: QueryDocument;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #context: Context;
  readonly #errors: { type: string; path: Path; message: string }[] = [];

  constructor(document: QueryDocument, variables: Readonly<Record<string, unknown>>, context: Context) {
    this.#document = document;
    this.#variables = variables;
    this.#context = context;
  }

  /** @throws {GraphqlError} where the query itself is mistaken. */
  async run(): Promise<GraphqlAnswer> {
    if (this.#document.operation !== "query") throw mistake("undefinedField", "Only queries are known here");
    this.#checkVariables();
    const data = await this.#object("Query", null, this.#document.selections, []);
    return this.#errors.length === 0 ? { data } : { data, errors: this.#errors };
  }

  #checkVariables(): void {
    for (const { name, required } of this.#document.variables) {
      if (required && this.#variables[name] === undefined) {
        throw mistake("missingVariable", `Variable $${name} of a required type was provided invalid value`);
      }
    }
  }

  async #object(
    typeName: string,
    source: unknown,
    selections: readonly Selection[],
    path: Path,
  ): Promise<unknown> {
    const answer: Record<string, unknown> = {};
    for (const field of this.#fields(typeName, selections)) {
      answer[field.key] = await this.#field(typeName, source, field, [...path, field.key]);
    }
    return answer;
  }

  /** The fields of a selection, those of the fragments that fit the type among them. */
  #fields(typeName: string, selections: readonly Selection[]): FieldSelection[] {
    return selections.flatMap((selection) => {
      if (selection.kind === "field") return [selection];
      const fragment =
        selection.kind === "fragment" ? selection : this.#document.fragments.get(selection.name);
      if (fragment === undefined) throw mistake("undefinedFragment", "Fragment was used, but not defined");
      if (fragment.on !== null && TYPES[fragment.on] === undefined)
        throw mistake("undefinedType", `No such type ${fragment.on}`);
      const fits =
        fragment.on === null || fragment.on === typeName || TYPES[fragment.on]?.typeOf !== undefined;
      return fits ? this.#fields(typeName, fragment.selections) : [];
    });
  }

  async #field(typeName: string, source: unknown, selection: FieldSelection, path: Path): Promise<unknown> {
    if (selection.name === "__typename") return typeName;
    const field = fieldOf(typeName, selection.name);
    const args = this.#args(typeName, field, selection);
    checkShape(field, selection);
    try {
      const value = await field.of(source, args, this.#context);
      if (field.type === undefined || selection.selections === null) return value ?? null;
      if (field.connection === true) return await this.#connection(field.type, value, args, selection, path);
      return await this.#value(field.type, value, selection.selections, path);
    } catch (error) {
      if (!(error instanceof GraphqlError) || error.isMistake) throw error;
      this.#errors.push({ type: error.type, path, message: error.message });
      return null;
    }
  }

  async #value(
    typeName: string,
    value: unknown,
    selections: readonly Selection[],
    path: Path,
  ): Promise<unknown> {
    if (value === null || value === undefined) return null;
    return this.#object(TYPES[typeName]?.typeOf?.(value) ?? typeName, value, selections, path);
  }

  async #connection(
    typeName: string,
    value: unknown,
    args: Args,
    { name, selections }: FieldSelection,
    path: Path,
  ) {
    const page = selectPage(name, value as readonly unknown[], args);
    const answer: Record<string, unknown> = {};
    for (const part of this.#fields("Connection", selections ?? [])) {
      const at = [...path, part.key];
      if (part.name === "nodes") {
        answer[part.key] = await Promise.all(
          page.nodes.map((node, index) => this.#value(typeName, node, part.selections ?? [], [...at, index])),
        );
      } else if (part.name === "totalCount") answer[part.key] = page.totalCount;
      else if (part.name === "pageInfo") answer[part.key] = this.#pageInfo(page.pageInfo, part);
      else
        throw mistake("undefinedField", `Field '${part.name}' doesn't exist on type '${typeName}Connection'`);
    }
    return answer;
  }

  #pageInfo(info: Readonly<Record<string, unknown>>, selection: FieldSelection) {
    const fields = this.#fields("PageInfo", selection.selections ?? []);
    return Object.fromEntries(
      fields.map(({ key, name }) => {
        if (!(name in info))
          throw mistake("undefinedField", `Field '${name}' doesn't exist on type 'PageInfo'`);
        return [key, info[name]];
      }),
    );
  }

  #args(typeName: string, field: Field<unknown>, selection: FieldSelection): Args {
    const known = [
      ...(field.args ?? []),
      ...(field.connection === true ? ["first", "last", "after", "before"] : []),
    ];
    for (const name of selection.args.keys()) {
      if (!known.includes(name)) {
        throw mistake(
          "argumentNotAccepted",
          `Field '${selection.name}' doesn't accept argument '${name}' on ${typeName}`,
        );
      }
    }
    return Object.fromEntries([...selection.args].map(([name, value]) => [name, this.#read(value)]));
  }

  #read(value: Value): unknown {
    switch (value.kind) {
      case "literal":
        return value.value;
      case "list":
        return value.items.map((item) => this.#read(item));
      case "object":
        return Object.fromEntries([...value.fields].map(([name, field]) => [name, this.#read(field)]));
      case "variable": {
        const declared = this.#document.variables.find(({ name }) => name === value.name);
        if (declared === undefined)
          throw mistake("variableNotDefined", `Variable $${value.name} is used but not declared`);
        return (
          this.#variables[value.name] ?? (declared.otherwise === null ? null : this.#read(declared.otherwise))
        );
      }
    }
  }
}

function fieldOf(typeName: string, name: string): Field<unknown> {
  const type: ObjectType | undefined = TYPES[typeName];
  const field = type?.fields[name];
  if (field === undefined)
    throw mistake("undefinedField", `Field '${name}' doesn't exist on type '${typeName}'`);
  return field;
}

function checkShape(field: Field<unknown>, { name, selections }: FieldSelection): void {
  if (field.type === undefined && selections !== null) {
    throw mistake("selectionMismatch", `Selections can't be made on scalars (field '${name}')`);
  }
  if (field.type !== undefined && selections === null) {
    throw mistake("selectionMismatch", `Field must have selections (field '${name}')`);
  }
}

function mistake(code: string, message: string): GraphqlError {
  return new GraphqlError(code, message, true);
}
