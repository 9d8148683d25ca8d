import { isJsonObject, type Json } from "../model/json.ts";

/** A JSON value as a reader would write it in YAML; several lines for lists, maps and texts of several lines. */
export function formatValue(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : value.map(listItem).join("\n");
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return entries.length === 0 ? "{}" : entries.map(([key, item]) => mapEntry(key, item)).join("\n");
  }
  return typeof value === "string" ? formatString(value) : String(value);
}

/** Text of several lines stands as it is; a one-line text is quoted where it would read as something else. */
function formatString(text: string): string {
  if (text.trim().includes("\n")) return text.replace(/\n$/, "");
  return isPlain(text) ? text : JSON.stringify(text);
}

function isPlain(text: string): boolean {
  if (text === "" || text.trim() !== text || text.includes("\n")) return false;
  if (/^(?:[-?:](?:\s|$)|[*&!|>%@`#,[\]{}"'])/.test(text) || /:\s|\s#|:$/.test(text)) return false;
  return !/^(?:[-+.\d][\d.eE+_-]*|0[xo][\da-f]+|true|false|null|yes|no|on|off|~)$/i.test(text);
}

function listItem(item: Json): string {
  return `- ${indentRest(scalarOrBlock(item))}`;
}

function mapEntry(key: string, item: Json): string {
  const name = isPlain(key) ? key : JSON.stringify(key);
  if (isMultiLineText(item)) return `${name}: |\n${indent(item.replace(/\n$/, ""))}`;
  const isNested = (Array.isArray(item) || isJsonObject(item)) && Object.keys(item).length > 0;
  return isNested ? `${name}:\n${indent(formatValue(item))}` : `${name}: ${formatValue(item)}`;
}

function scalarOrBlock(item: Json): string {
  return isMultiLineText(item) ? `|\n${item.replace(/\n$/, "")}` : formatValue(item);
}

function isMultiLineText(item: Json): item is string {
  return typeof item === "string" && formatString(item).includes("\n");
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

function indentRest(text: string): string {
  return text.split("\n").join("\n  ");
}
