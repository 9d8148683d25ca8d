import {
  type FieldSelection,
  type FragmentSelection,
  GraphqlSyntaxError,
  type QueryDocument,
  type Selection,
  type Value,
  type Variable,
} from "./document.ts";
import { Tokens } from "./tokens.ts";

/**
 * Parse a query: variables, aliases, arguments, inline and named fragments. Directives and several operations in one
 * document are refused, as nothing here needs them.
 *
 * @throws {GraphqlSyntaxError}
 */
export function parseQuery(text: string): QueryDocument {
  const tokens = new Tokens(text);
  let operation: Omit<QueryDocument, "fragments"> | null = null;
  const fragments = new Map<string, FragmentSelection>();
  while (tokens.peek().kind !== "end") {
    if (tokens.skip("fragment")) fragments.set(tokens.name(), parseFragment(tokens));
    else if (operation === null) operation = parseOperation(tokens);
    else throw new GraphqlSyntaxError("More than one operation");
  }
  if (operation === null) throw new GraphqlSyntaxError("No operation");
  return { ...operation, fragments };
}

function parseOperation(tokens: Tokens): Omit<QueryDocument, "fragments"> {
  if (tokens.peek().text === "{")
    return { operation: "query", variables: [], selections: parseSelections(tokens) };
  const operation = tokens.name();
  if (operation !== "query" && operation !== "mutation")
    throw new GraphqlSyntaxError(`Unexpected ${operation}`);
  if (tokens.peek().kind === "name") tokens.name();
  const variables = tokens.skip("(") ? until(tokens, ")", parseVariable) : [];
  return { operation, variables, selections: parseSelections(tokens) };
}

function parseVariable(tokens: Tokens): Variable {
  tokens.expect("$");
  const name = tokens.name();
  tokens.expect(":");
  const required = skipType(tokens);
  const otherwise = tokens.skip("=") ? parseValue(tokens) : null;
  return { name, required: required && otherwise === null, otherwise };
}

/** @returns Whether the type forbids null. */
function skipType(tokens: Tokens): boolean {
  if (tokens.skip("[")) {
    skipType(tokens);
    tokens.expect("]");
  } else tokens.name();
  return tokens.skip("!");
}

function parseSelections(tokens: Tokens): Selection[] {
  tokens.expect("{");
  const selections = until(tokens, "}", parseSelection);
  if (selections.length === 0) throw new GraphqlSyntaxError("A selection must name a field");
  return selections;
}

function parseSelection(tokens: Tokens): Selection {
  if (!tokens.skip("...")) return parseField(tokens);
  if (tokens.peek().text === "on" || tokens.peek().text === "{") return parseFragment(tokens);
  return { kind: "spread", name: tokens.name() };
}

function parseFragment(tokens: Tokens): FragmentSelection {
  const on = tokens.skip("on") ? tokens.name() : null;
  return { kind: "fragment", on, selections: parseSelections(tokens) };
}

function parseField(tokens: Tokens): FieldSelection {
  const first = tokens.name();
  const name = tokens.skip(":") ? tokens.name() : first;
  const args = new Map(tokens.skip("(") ? until(tokens, ")", parseArgument) : []);
  const selections = tokens.peek().text === "{" ? parseSelections(tokens) : null;
  return { kind: "field", key: first, name, args, selections };
}

function parseArgument(tokens: Tokens): [string, Value] {
  const name = tokens.name();
  tokens.expect(":");
  return [name, parseValue(tokens)];
}

function parseValue(tokens: Tokens): Value {
  if (tokens.skip("$")) return { kind: "variable", name: tokens.name() };
  if (tokens.skip("[")) return { kind: "list", items: until(tokens, "]", parseValue) };
  if (tokens.skip("{")) return { kind: "object", fields: new Map(until(tokens, "}", parseArgument)) };
  const { kind, text } = tokens.take();
  if (kind === "number" || kind === "string") return { kind: "literal", value: JSON.parse(text) };
  if (kind !== "name") throw new GraphqlSyntaxError(`Unexpected ${text}`);
  const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
  return { kind: "literal", value: text in words ? words[text] : text };
}

function until<T>(tokens: Tokens, end: string, parse: (tokens: Tokens) => T): T[] {
  const found: T[] = [];
  while (!tokens.skip(end)) {
    if (tokens.peek().kind === "end") throw new GraphqlSyntaxError(`Expected ${end}, actual: the end`);
    found.push(parse(tokens));
  }
  return found;
}
