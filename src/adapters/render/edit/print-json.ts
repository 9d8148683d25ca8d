import type { Json } from "../../../model/json.ts";
import type { Layout } from "./print-value.ts";

/** Collections over several lines, as JSON is mostly written; short ones on one. */
export function printJson(value: Json, { indent }: Layout, column: number): string {
  const text = JSON.stringify(value);
  if (typeof value !== "object" || text.length <= 60) return text;
  const [first = "", ...rest] = JSON.stringify(value, null, indent).split("\n");
  return [first, ...rest.map((line) => " ".repeat(column) + line)].join("\n");
}
