import { stringify } from "yaml";
import { isJsonObject, type Json } from "../../../../model/json.ts";
import { sanitizeName } from "../sanitize-name.ts";
import { TemplateUnknown } from "./template-unknown.ts";

type Value = Json | undefined;
type TemplateFunction = (...args: readonly Value[]) => Value;

/** As Go's `if` sees it: false, 0, nothing, and what holds nothing. */
export function isEmpty(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/**
 * Functions of Go's templates, of Sprig and of Argo CD that answer the same for the same arguments; a pipe gives its
 * value as the last one.
 *
 * @see https://masterminds.github.io/sprig/
 */
export const TEMPLATE_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  index: (of, ...keys) => keys.reduce(indexed, of),
  default: (fallback, value) => (isEmpty(value) ? fallback : value),
  coalesce: (...values) => values.find((each) => !isEmpty(each)) ?? null,
  ternary: (yes, no, condition) => (condition === true ? yes : no),
  empty: (value) => isEmpty(value),
  eq: (first, ...rest) => rest.some((each) => same(first, each)),
  ne: (left, right) => !same(left, right),
  not: (value) => isEmpty(value),
  and: (...values) => values[values.findIndex(isEmpty)] ?? (values.some(isEmpty) ? null : values.at(-1)),
  or: (...values) => values.find((each) => !isEmpty(each)) ?? values.at(-1),
  lower: (value) => text(value).toLowerCase(),
  upper: (value) => text(value).toUpperCase(),
  trim: (value) => text(value).trim(),
  trimPrefix: (prefix, value) => {
    const whole = text(value);
    return whole.startsWith(text(prefix)) ? whole.slice(text(prefix).length) : whole;
  },
  trimSuffix: (suffix, value) => {
    const whole = text(value);
    return whole.endsWith(text(suffix)) ? whole.slice(0, whole.length - text(suffix).length) : whole;
  },
  replace: (old, replacement, value) => text(value).replaceAll(text(old), () => text(replacement)),
  contains: (part, value) => text(value).includes(text(part)),
  hasPrefix: (prefix, value) => text(value).startsWith(text(prefix)),
  hasSuffix: (suffix, value) => text(value).endsWith(text(suffix)),
  trunc: (length, value) =>
    integer(length) < 0 ? text(value).slice(integer(length)) : text(value).slice(0, integer(length)),
  quote: (value) => (value == null ? "" : JSON.stringify(text(value))),
  squote: (value) => (value == null ? "" : `'${text(value)}'`),
  toString: (value: Value) => text(value),
  printf: (format, ...values) => formatted(text(format), values),
  print: (...values) => values.map((each) => text(each)).join(""),
  normalize: (value) => sanitizeName(text(value)),
  split: (separator, value) =>
    Object.fromEntries(
      text(value)
        .split(text(separator))
        .map((part, index) => [`_${index}`, part]),
    ),
  splitList: (separator, value) => text(value).split(text(separator)),
  join: (separator, values) =>
    list(values)
      .map((each) => text(each))
      .join(text(separator)),
  list: (...values) => values.map((each) => each ?? null),
  first: (values) => list(values)[0],
  last: (values) => list(values).at(-1),
  has: (value, values) => list(values).some((each) => same(each, value)),
  len: (value) => (typeof value === "string" ? Buffer.byteLength(value) : Object.keys(Object(value)).length),
  get: (of, key) => (isJsonObject(of) && Object.hasOwn(of, text(key)) ? of[text(key)] : ""),
  hasKey: (of, key) => isJsonObject(of) && Object.hasOwn(of, text(key)),
  toJson: (value) => goJson(value ?? null),
  toYaml: (value) => stringify(value ?? null, { sortMapEntries: true, lineWidth: 0 }).trimEnd(),
  indent: (width, value) => indented(width, value),
  nindent: (width, value) => `\n${indented(width, value)}`,
};

function indexed(of: Value, key: Value): Value {
  if (Array.isArray(of)) {
    const item: Value = of[integer(key)];
    if (item === undefined) throw new TemplateUnknown(`an index of ${String(key)} in a list of ${of.length}`);
    return item;
  }
  if (!isJsonObject(of)) throw new TemplateUnknown("an index into what is no list or map");
  return Object.hasOwn(of, text(key)) ? of[text(key)] : undefined;
}

function same(left: Value, right: Value): boolean {
  if (typeof left === "object" || typeof right === "object")
    throw new TemplateUnknown("a comparison of lists or maps");
  return left === right;
}

function text(value: Value): string {
  if (value === undefined || value === null || typeof value === "object")
    throw new TemplateUnknown("a text of what is none");
  return String(value);
}

function integer(value: Value): number {
  if (!Number.isInteger(value)) throw new TemplateUnknown("a number of what is none");
  return Number(value);
}

function list(value: Value): readonly Json[] {
  if (!Array.isArray(value)) throw new TemplateUnknown("a list of what is none");
  return value;
}

/** With sorted keys, and without what HTML would take for its own. */
function goJson(value: Json): string {
  const sorted = (each: Json): Json => {
    if (Array.isArray(each)) return each.map(sorted);
    if (!isJsonObject(each)) return each;
    const entries = Object.entries(each).map(([key, item]) => [key, sorted(item)] as const);
    return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  };
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(sorted(value)).replaceAll(/[<>&\u2028\u2029]/g, escaped);
}

function indented(width: Value, value: Value): string {
  const space = " ".repeat(Math.min(integer(width), 1000));
  return space + text(value).replaceAll("\n", `\n${space}`);
}

function formatted(format: string, values: readonly Value[]): string {
  const rest = [...values];
  const written = format.replaceAll(/%(.)/g, (whole, verb: string) => {
    if (verb === "%") return "%";
    if (rest.length === 0 || !["s", "v", "d"].includes(verb)) throw new TemplateUnknown(`printf's ${whole}`);
    return text(rest.shift());
  });
  if (rest.length > 0) throw new TemplateUnknown("printf with too many arguments");
  return written;
}
