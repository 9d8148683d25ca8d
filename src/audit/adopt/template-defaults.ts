import type { Json, JsonObject } from "../../model/json.ts";

const VALUE = String.raw`\$?\.Values((?:\.\w+)+)`;
const LITERAL = String.raw`("[^"\\\n]*"|\d{1,15}(?![\w.])|true\b|false\b)`;
const BEHIND = new RegExp(String.raw`${VALUE}\s*\|\s*default\s+${LITERAL}`, "g");
const BEFORE = new RegExp(String.raw`\bdefault\s+${LITERAL}\s+${VALUE}`, "g");

/** The values that a template takes where none is given, each as a map of values: `{{ .Values.host | default "a" }}`. */
export function templateDefaults(text: string): readonly JsonObject[] {
  const behind = [...text.matchAll(BEHIND)].map(([, names = "", literal = ""]) => at(names, literal));
  const before = [...text.matchAll(BEFORE)].map(([, literal = "", names = ""]) => at(names, literal));
  return [...behind, ...before];
}

function at(names: string, literal: string): JsonObject {
  const value = names
    .slice(1)
    .split(".")
    .reduceRight<Json>((inner, name) => ({ [name]: inner }), JSON.parse(literal) as Json);
  return value as JsonObject;
}
