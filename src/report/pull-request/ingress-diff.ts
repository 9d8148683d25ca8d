import { isJsonObject, type Json } from "../../model/json.ts";
import { elide, grouped } from "../elide.ts";
import { fencedBlock } from "../escape-markdown.ts";
import { formatValue } from "../format-value.ts";
import { type DiffLine, lineDiff } from "../line-diff.ts";
import type { ReviewedIngress } from "./pull-request-review.ts";

const MAX_LINES = 100;
const MAX_COLUMNS = 200;
/** Enough to see which path a backend belongs to. */
const CONTEXT = 4;

const MARKS: Readonly<Record<DiffLine["kind"], string>> = { git: "- ", live: "+ ", same: "  ", gap: "@@ " };

/**
 * A collapsible diff of the whole Ingress, as YAML: from the live object to what the merge makes of it, or from the base
 * to the head where the live one was not read; null where they are alike.
 */
export function ingressDiff({ before, after, live }: ReviewedIngress): string | null {
  const lines = lineDiff(linesOf(before), linesOf(after), CONTEXT);
  if (lines.every(({ kind }) => kind === "same" || kind === "gap")) return null;
  const shown = lines
    .slice(0, MAX_LINES)
    .map(({ kind, text }) => MARKS[kind] + elide(text, MAX_COLUMNS) + (kind === "gap" ? " @@" : ""));
  const left = lines.length - shown.length;
  const note = left === 0 ? [] : [`@@ ${grouped(left)} more lines @@`];
  const title = live === "unread" ? "Diff: base → head" : "Diff: live → after the merge";
  return [
    `<details><summary>${title}</summary>`,
    fencedBlock([...shown, ...note].join("\n"), "diff"),
    "</details>",
  ].join("\n\n");
}

function linesOf(object: Json): readonly string[] {
  const isEmpty = !isJsonObject(object) || Object.keys(object).length === 0;
  return isEmpty ? [] : formatValue(object).split("\n");
}
