import type { Json } from "../model/json.ts";

/** What a hidden marker marks. */
export type MarkerName = "pull-request" | "drift-issue" | "drift-comment" | "detections";

/**
 * A line of Markdown that nobody sees and that carries data: `<!-- ingress-audit:NAME {…} -->`. What was read may stand
 * in the data: nothing in it can end the comment, mention or refer to anything.
 */
export function hiddenMarker(name: MarkerName, data: Json): string {
  return `<!-- ingress-audit:${name} ${inert(JSON.stringify(data))} -->`;
}

/** The line that ends the part of a body which a marker of the same name begins. */
export function endMarker(name: MarkerName): string {
  return `<!-- /ingress-audit:${name} -->`;
}

/** Where a body's first marker of that name stands, and its data as it was read: still to be checked. */
export interface FoundMarker {
  readonly data: unknown;
  /** Offset of its first character. */
  readonly start: number;
}

/** @returns null where the body has no such line, or one whose data is no JSON. */
export function findMarker(body: string, name: MarkerName): FoundMarker | null {
  const opening = `<!-- ingress-audit:${name} `;
  for (let start = body.indexOf(opening); start !== -1; start = body.indexOf(opening, start + 1)) {
    if (start > 0 && body[start - 1] !== "\n") continue;
    const end = body.indexOf(" -->", start);
    const data = end === -1 ? undefined : parsed(body.slice(start + opening.length, end));
    if (data !== undefined) return { data, start };
  }
  return null;
}

/** JSON in which whatever would mean something to GitHub, or hides from an editor, is written as an escape. */
function inert(json: string): string {
  return json.replace(/--|[@#<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (text) =>
    Array.from({ length: text.length }, (_, index) => escaped(text.charCodeAt(index))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
