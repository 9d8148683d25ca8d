import type { PlacedComplaint } from "./problem-code.ts";

/** Where V8 tells the place; it does not where a word is no value. */
const PLACE = / in JSON at position (\d+).*$/s;

/**
 * A complaint about the syntax of a file that is meant as JSON, in JSON's terms: kubectl reads it as YAML after that
 * failed, and YAML's complaint would speak of blocks and flows that the file does not have.
 *
 * @returns null where the file is not meant as JSON, or is JSON.
 */
export function jsonSyntax(text: string, path: string, asYaml: PlacedComplaint): PlacedComplaint | null {
  if (asYaml.code !== "yaml-syntax" || !/\.json$/i.test(path) || !/^\s*[{[]/.test(text)) return null;
  const json = text.trimEnd();
  const reason = whyNoJson(json);
  if (reason === null) return null;
  const offset = offsetIn(json, reason) ?? asYaml.offset;
  const what = offset >= json.length ? "it ends in the middle" : describe(reason);
  return { ...asYaml, code: "json-syntax", message: `Not valid JSON: ${what}`, offset };
}

function whyNoJson(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : String(error);
  }
}

function offsetIn(json: string, reason: string): number | null {
  if (/^(?:Unexpected end|Unterminated)/.test(reason)) return json.length;
  const place = PLACE.exec(reason)?.[1];
  return place === undefined ? null : Number(place);
}

function describe(reason: string): string {
  return reason.replace(PLACE, "").replace(/, .* is not valid JSON$/s, "");
}
