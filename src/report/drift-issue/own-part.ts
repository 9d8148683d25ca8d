import { endMarker, findMarker } from "../hidden-marker.ts";

const END = endMarker("drift-issue");

/** What people wrote into an issue's body, before and after this program's own part. */
export interface OthersText {
  readonly before: string;
  readonly after: string;
}

/** Our part ends with its own line; where somebody took that away, nobody can tell whose the rest is, so it is ours. */
export function othersText(body: string): OthersText {
  const text = body.replaceAll("\r\n", "\n");
  const marker = findMarker(text, "drift-issue");
  if (marker === null) return { before: "", after: "" };
  const end = text.indexOf(END, marker.start);
  return {
    before: text.slice(0, marker.start).trimEnd(),
    after: end === -1 ? "" : text.slice(end + END.length).trim(),
  };
}

/** @param marker The hidden line that begins our part. */
export function withOthersText(marker: string, own: string, { before, after }: OthersText): string {
  return [before, `${marker}\n${own}\n\n${END}`, after].filter((part) => part !== "").join("\n\n");
}
