import { isJsonObject, type Json, type JsonObject } from "../../../../model/json.ts";
import type { Command, Operand, Pipeline } from "./parse-pipeline.ts";
import { parseTemplate, type TemplateNode } from "./parse-template.ts";
import { isEmpty, TEMPLATE_FUNCTIONS } from "./template-functions.ts";
import { TemplateUnknown } from "./template-unknown.ts";

/**
 * The text that a Go template makes, with the functions of Sprig that are told in {@link TEMPLATE_FUNCTIONS}.
 *
 * @param isStrict `missingkey=error`.
 * @throws {TemplateUnknown} where it says something that is not read here, or names what the parameters lack and is
 *   strict about it.
 */
export function runTemplate(text: string, parameters: JsonObject, isStrict: boolean): string {
  if (!text.includes("{{")) return text;
  return new Run(parameters, isStrict).nodes(parsed(text), { dot: parameters, variables: new Map() });
}

/** A template is run for each set of parameters, at each commit. */
function parsed(text: string): readonly TemplateNode[] {
  const nodes = known.get(text) ?? parseTemplate(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, nodes);
  return nodes;
}

const known = new Map<string, readonly TemplateNode[]>();
const MOST_KNOWN = 1000;

interface Scope {
  readonly dot: Json | undefined;
  readonly variables: Map<string, Variable>;
}

/** Shared by all scopes that see it, which may assign to it. */
interface Variable {
  value: Json | undefined;
}

class Run {
  readonly #root: JsonObject;
  readonly #isStrict: boolean;

  constructor(root: JsonObject, isStrict: boolean) {
    this.#root = root;
    this.#isStrict = isStrict;
  }

  nodes(nodes: readonly TemplateNode[], scope: Scope): string {
    return nodes.map((node) => this.#node(node, scope)).join("");
  }

  #node(node: TemplateNode, scope: Scope): string {
    switch (node.kind) {
      case "text":
        return node.text;
      case "print":
        return printed(this.#pipeline(node.pipeline, scope));
      case "declare":
        scope.variables.set(node.name, { value: this.#pipeline(node.pipeline, scope) });
        return "";
      case "assign":
        variableOf(node.name, scope).value = this.#pipeline(node.pipeline, scope);
        return "";
      case "range":
        return this.#range(node, scope);
      default:
        return this.#branch(node, scope);
    }
  }

  #branch(node: Extract<TemplateNode, { kind: "if" | "with" | "range" }>, scope: Scope): string {
    const value = this.#pipeline(node.pipeline, scope);
    const variables = withVariables(scope, node.variables, [value]);
    if (isEmpty(value)) return this.nodes(node.otherwise, { ...scope, variables });
    return this.nodes(node.body, { dot: node.kind === "with" ? value : scope.dot, variables });
  }

  #range(node: Extract<TemplateNode, { kind: "if" | "with" | "range" }>, scope: Scope): string {
    const value = this.#pipeline(node.pipeline, scope) ?? null;
    if (value !== null && typeof value !== "object") throw new TemplateUnknown(`a range over ${value}`);
    const entries: (readonly [Json, Json])[] = Array.isArray(value)
      ? value.map((each: Json, index) => [index, each] as const)
      : Object.entries(value ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1));
    if (entries.length === 0) return this.nodes(node.otherwise, scope);
    return entries
      .map(([key, each]) => {
        const values = node.variables.length === 1 ? [each] : [key, each];
        return this.nodes(node.body, { dot: each, variables: withVariables(scope, node.variables, values) });
      })
      .join("");
  }

  #pipeline(pipeline: Pipeline, scope: Scope): Json | undefined {
    const [first, ...rest] = pipeline;
    let value = this.#command(first ?? [], scope, []);
    for (const command of rest) value = this.#command(command, scope, [value]);
    return value;
  }

  #command([first, ...rest]: Command, scope: Scope, piped: readonly (Json | undefined)[]): Json | undefined {
    if (first?.kind !== "function") {
      if (first === undefined || rest.length > 0 || piped.length > 0)
        throw new TemplateUnknown("a call of a value");
      return this.#operand(first, scope);
    }
    const call = Object.hasOwn(TEMPLATE_FUNCTIONS, first.name) ? TEMPLATE_FUNCTIONS[first.name] : undefined;
    if (call === undefined) throw new TemplateUnknown(`the function ${first.name}`);
    return call(...rest.map((each) => this.#operand(each, scope)), ...piped);
  }

  #operand(operand: Operand, scope: Scope): Json | undefined {
    switch (operand.kind) {
      case "literal":
        return operand.value;
      case "variable":
        return variableOf(operand.name, scope).value;
      case "pipeline":
        return this.#pipeline(operand.pipeline, scope);
      case "function":
        return this.#command([operand], scope, []);
      default:
        return this.#field(operand, scope);
    }
  }

  #field({ of, names }: Extract<Operand, { kind: "field" }>, scope: Scope): Json | undefined {
    let value: Json | undefined =
      of === "dot" ? scope.dot : of === "root" ? this.#root : this.#operand(of, scope);
    for (const name of names) {
      // Go knows no field of what is no map, and of a map that lacks the key it knows nothing.
      if (value !== undefined && value !== null && !isJsonObject(value))
        throw new TemplateUnknown(`.${names.join(".")}`);
      const next: Json | undefined =
        isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      if (next === undefined && (this.#isStrict || value === undefined || value === null))
        throw new TemplateUnknown(`.${names.join(".")}`);
      value = next;
    }
    return value;
  }
}

function variableOf(name: string, { variables }: Scope): Variable {
  const variable = variables.get(name);
  if (variable === undefined) throw new TemplateUnknown(`$${name}`);
  return variable;
}

function withVariables(
  { variables }: Scope,
  names: readonly string[],
  values: readonly (Json | undefined)[],
): Map<string, Variable> {
  const declared = names.map((name, index) => [name, { value: values[index] }] as const);
  return new Map([...variables, ...declared]);
}

/** As Go prints it; of lists and maps nobody wants that. */
function printed(value: Json | undefined): string {
  if (value === undefined || value === null) return "<no value>";
  if (typeof value === "object") throw new TemplateUnknown("a list or a map that is printed");
  return String(value);
}
