import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { runTemplate } from "./go-template/run-template.ts";
import { TemplateUnknown } from "./go-template/template-unknown.ts";

/** Which of Argo CD's two template languages an ApplicationSet is written in. */
export interface TemplateLanguage {
  readonly isGo: boolean;
  /** `missingkey=error`. */
  readonly isStrict: boolean;
}

/** A template filled in, or in words why it cannot be. */
export type FilledTemplate<Value extends Json = Json> =
  | { readonly kind: "filled"; readonly value: Value }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Fill in every text of an ApplicationSet's template: `{{path.basename}}`, or with goTemplate a Go template.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/
 */
export function fillTemplate<Value extends Json>(
  template: Value,
  parameters: JsonObject,
  { isGo, isStrict }: TemplateLanguage,
): FilledTemplate<Value> {
  try {
    const fill = isGo
      ? (text: string) => runTemplate(text, parameters, isStrict)
      : (text: string) => fillPlain(text, parameters);
    return { kind: "filled", value: filled(template, fill) as Value };
  } catch (error) {
    if (!(error instanceof TemplateUnknown)) throw error;
    return { kind: "unknown", reason: `its template says ${error.message}, which is not known here` };
  }
}

function filled(value: Json, fill: (text: string) => string): Json {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((each: Json) => filled(each, fill));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [fill(key), filled(each, fill)]));
}

/** @throws {TemplateUnknown} for what the parameters lack. */
function fillPlain(text: string, parameters: JsonObject): string {
  return text.replace(/\{\{\s*(.*?)\s*\}\}/gs, (whole, expression: string) => {
    const value = plainValue(expression, parameters);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return String(value);
    throw new TemplateUnknown(whole);
  });
}

/** The older kind: `path` is the folder itself, `path[0]` one of its parts; both may follow a pathParamPrefix. */
function plainValue(expression: string, parameters: JsonObject): Json | undefined {
  const match = /^(?:([\w-]+)\.)?path(?:\[(\d+)\])?$/.exec(expression);
  const [, prefix, segment] = match ?? [];
  const holder = prefix === undefined ? parameters : parameters[prefix];
  const folder = isJsonObject(holder) ? holder.path : undefined;
  if (match !== null && isJsonObject(folder)) {
    if (segment === undefined) return folder.path;
    return Array.isArray(folder.segments) ? folder.segments[Number(segment)] : undefined;
  }
  const whole = Object.hasOwn(parameters, expression) ? parameters[expression] : undefined;
  return typeof whole === "string" ? whole : valueAt(parameters, expression.split("."));
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
