import type { Parameter, Schema } from "./open-api.ts";
import type { OperationMatch } from "./operation.ts";
import type { SchemaChecker } from "./schema-checker.ts";

export interface RequestParts {
  readonly query: URLSearchParams;
  /** Undefined where the request has none. */
  readonly body: unknown;
}

export interface CheckedRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** What the description does not allow; the other values are to be trusted only where this is empty. */
  readonly violations: readonly string[];
}

/** Read a request's parameters in the types that GitHub's description gives them, and say what it does not allow. */
export function checkRequest(
  checker: SchemaChecker,
  match: OperationMatch,
  parts: RequestParts,
): CheckedRequest {
  const { operation } = match;
  const path = typed(match.path, parametersIn(match, "path"));
  const query = typed(Object.fromEntries(parts.query), parametersIn(match, "query"));
  const violations = [
    ...checkParameters(checker, path, parametersIn(match, "path")),
    ...checkParameters(checker, query, parametersIn(match, "query")),
    ...checkBody(checker, operation.object.requestBody, parts.body),
  ];
  return { path, query, violations };
}

function parametersIn(match: OperationMatch, place: Parameter["in"]): readonly Parameter[] {
  return match.operation.parameters.filter((parameter) => parameter.in === place);
}

function typed(values: Readonly<Record<string, string>>, parameters: readonly Parameter[]) {
  const schemas = new Map(parameters.map(({ name, schema }) => [name, schema]));
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [name, inType(text, schemas.get(name)?.type)]),
  );
}

function inType(text: string, type: unknown): unknown {
  if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return type === "array" ? text.split(",") : text;
}

function checkParameters(
  checker: SchemaChecker,
  values: Readonly<Record<string, unknown>>,
  parameters: readonly Parameter[],
): string[] {
  const names = parameters.map(({ name }) => name);
  return [
    ...Object.keys(values)
      .filter((name) => !names.includes(name))
      .map((name) => `parameter ${name} does not exist (there are ${names.join(", ")})`),
    ...parameters.flatMap(({ name, required, schema }) => {
      if (!(name in values)) return required === true ? [`parameter ${name} is missing`] : [];
      return checker.check(schema, values[name]).map((problem) => `parameter ${name}: ${problem}`);
    }),
  ];
}

function checkBody(
  checker: SchemaChecker,
  described:
    | { readonly required?: boolean; readonly content: Record<string, { readonly schema?: Schema }> }
    | undefined,
  body: unknown,
): string[] {
  const schema = described?.content["application/json"]?.schema;
  if (body === undefined) return described?.required === true ? ["the body is missing"] : [];
  if (schema === undefined) return ["there must be no body"];
  return [...checker.check(schema, body), ...unknownProperties(schema, body)].map(
    (problem) => `body: ${problem}`,
  );
}

/** GitHub takes what it does not know in silence: a misspelt property would do nothing, so it counts as a mistake here. */
function unknownProperties(schema: Schema, body: unknown): string[] {
  const known = propertyNames(schema);
  if (known.size === 0 || typeof body !== "object" || body === null || Array.isArray(body)) return [];
  return Object.keys(body)
    .filter((name) => !known.has(name))
    .map((name) => `/${name} is no property (there are ${[...known].join(", ")})`);
}

function propertyNames(schema: Schema): Set<string> {
  const alternatives = ["oneOf", "anyOf", "allOf"].flatMap((keyword) => (schema[keyword] ?? []) as Schema[]);
  return new Set([
    ...Object.keys(schema.properties ?? {}),
    ...alternatives.flatMap((alternative) => [...propertyNames(alternative)]),
  ]);
}
