import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";

export type FilledTemplate =
  | { readonly kind: "filled"; readonly value: Json }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Fill in an ApplicationSet's template: `{{path.basename}}`, or with goTemplate `{{.path.basename}}`. Functions and
 * conditions of Go's templates are not run; where one stands, the result is not known.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/
 */
export function fillTemplate(template: Json, parameters: JsonObject, isGoTemplate: boolean): FilledTemplate {
  const filler = new Filler(parameters, isGoTemplate);
  const value = filler.fill(template);
  return filler.unknown === null
    ? { kind: "filled", value }
    : { kind: "unknown", reason: `its template says ${filler.unknown}, which is not known here` };
}

class Filler {
  unknown: string | null = null;
  readonly #parameters: JsonObject;
  readonly #isGoTemplate: boolean;

  constructor(parameters: JsonObject, isGoTemplate: boolean) {
    this.#parameters = parameters;
    this.#isGoTemplate = isGoTemplate;
  }

  fill(value: Json): Json {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((each: Json) => this.fill(each));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.#text(key), this.fill(each)]));
  }

  #text(text: string): string {
    return text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/gs, (whole, expression: string) => {
      const value = this.#isGoTemplate ? this.#goValue(expression) : this.#plainValue(expression);
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return String(value);
      this.unknown ??= whole;
      return whole;
    });
  }

  #goValue(expression: string): Json | undefined {
    const indexed = /^index\s+\.([\w.]+)\s+(\d+)$/.exec(expression);
    if (indexed !== null) {
      const list = valueAt(this.#parameters, (indexed[1] ?? "").split("."));
      return Array.isArray(list) ? list[Number(indexed[2])] : undefined;
    }
    if (!/^\.[\w.-]+$/.test(expression)) return undefined;
    return valueAt(this.#parameters, expression.slice(1).split("."));
  }

  /** The older kind: `path` is the folder itself, `path[0]` one of its parts. */
  #plainValue(expression: string): Json | undefined {
    if (expression === "path") return valueAt(this.#parameters, ["path", "path"]);
    const segment = /^path\[(\d+)\]$/.exec(expression)?.[1];
    if (segment !== undefined) {
      const segments = valueAt(this.#parameters, ["path", "segments"]);
      return Array.isArray(segments) ? segments[Number(segment)] : undefined;
    }
    const whole = Object.hasOwn(this.#parameters, expression) ? this.#parameters[expression] : undefined;
    return typeof whole === "string" ? whole : valueAt(this.#parameters, expression.split("."));
  }
}

/** A key may have dots in it, such as a label's name. */
function valueAt(value: Json | undefined, names: readonly string[]): Json | undefined {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return valueAt(value[name], rest);
  const joined = names.join(".");
  return Object.hasOwn(value, joined) ? value[joined] : undefined;
}
