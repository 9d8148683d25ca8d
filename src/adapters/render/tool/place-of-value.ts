import type { Place } from "../../../model/ingress.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";

/**
 * The one line among the inputs that holds a rendered value.
 *
 * @param files Path and text of each input.
 * @returns null where no line holds it, or more than one: then nothing tells which of them it is.
 */
export function placeOfValue(value: Json | undefined, files: ReadonlyMap<string, string>): Place | null {
  const text = searchable(value);
  if (text === null) return null;
  let found: Place | null = null;
  for (const [path, content] of files) {
    for (const line of linesWith(text, content)) {
      if (found !== null) return null;
      found = { path, line };
    }
  }
  return found;
}

/** Short numbers and words such as `true` and `80` stand everywhere. */
function searchable(value: Json | undefined): string | null {
  // An entry of a list is found by what identifies it.
  if (isJsonObject(value)) return searchable(value.host ?? value.path ?? value.secretName);
  if (typeof value === "number") return value > 999 ? String(value) : null;
  if (typeof value !== "string" || value.includes("\n")) return null;
  return value.length >= 3 && !/^(?:true|false|null|yes|no)$/i.test(value) ? value : null;
}

function* linesWith(text: string, content: string): Generator<number> {
  if (!content.includes(text)) return;
  for (const [index, line] of content.split("\n").entries()) {
    if (!/^\s*#/.test(line) && holdsWhole(line, text)) yield index + 1;
  }
}

/** As a word of its own: `/api` is not in `/api/v2`, nor `web` in `web-2`. */
function holdsWhole(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at !== -1; at = line.indexOf(text, at + 1)) {
    if (!isPart(line[at - 1]) && !isPart(line[at + text.length])) return true;
  }
  return false;
}

function isPart(character: string | undefined): boolean {
  return character !== undefined && /[\w./-]/.test(character);
}
