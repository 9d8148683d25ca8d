import type { Json } from "../model/json.ts";
import type { ReportedDivergence } from "./audit-report.ts";
import { elide, elidePair } from "./elide.ts";
import { formatValue } from "./format-value.ts";
import { type DiffLine, lineDiff } from "./line-diff.ts";

/** How the two values of a divergence are shown. */
export type ValueLines =
  /** Each on one line; null where that side has no such field. */
  | { readonly kind: "pair"; readonly git: string | null; readonly live: string | null }
  /** A unified diff; `left` counts the lines beyond the budget. */
  | { readonly kind: "diff"; readonly lines: readonly DiffLine[]; readonly left: number };

/** The two values, not yet escaped, within a budget of lines and of characters a line. */
export function valueLines(
  divergence: ReportedDivergence,
  budget: { readonly lines: number; readonly characters: number },
): ValueLines {
  const [git, live] = sides(divergence);
  if (!(git ?? "").includes("\n") && !(live ?? "").includes("\n")) return pair(git, live, budget.characters);
  const lines = lineDiff(git === null ? [] : git.split("\n"), live === null ? [] : live.split("\n"));
  const kept = lines.length <= budget.lines + 1 ? lines : lines.slice(0, budget.lines);
  return {
    kind: "diff",
    lines: kept.map((line) => ({
      kind: line.kind,
      text: elide(showTrailingSpaces(line.text), budget.characters),
    })),
    left: lines.length - kept.length,
  };
}

function sides({ change, desired, live }: ReportedDivergence): [string | null, string | null] {
  if (change === "reordered") return [segmentLines(desired), segmentLines(live)];
  const git = change === "added" && desired === null ? null : formatValue(desired);
  const cluster = change === "removed" && live === null ? null : formatValue(live);
  // Values that differ and read alike (a final line break) are written out with their escapes.
  return git === cluster ? [JSON.stringify(desired), JSON.stringify(live)] : [git, cluster];
}

/** The entries of a reordered list, one on each line. */
function segmentLines(segments: Json): string {
  if (!Array.isArray(segments)) return formatValue(segments);
  return segments
    .map((segment: Json) => (typeof segment === "string" ? segment : formatValue(segment)))
    .join("\n");
}

function pair(git: string | null, live: string | null, limit: number): ValueLines {
  if (git === null || live === null) {
    return { kind: "pair", git: git && elide(git, limit), live: live && elide(live, limit) };
  }
  const [gitText, liveText] = elidePair(git, live, limit);
  return { kind: "pair", git: gitText, live: liveText };
}

function showTrailingSpaces(line: string): string {
  const text = line.trimEnd();
  return text + line.slice(text.length).replaceAll(" ", "·");
}
