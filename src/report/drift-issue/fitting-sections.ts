import { grouped } from "../elide.ts";
import { type DiffBudget, markdownSection } from "../markdown-section.ts";
import type { ShownIngress } from "../worst-first.ts";
import type { RunNote } from "./issue-view.ts";

/** From the most generous on; the last one shows a value in a line. */
const BUDGETS: readonly DiffBudget[] = [
  { lines: 60, characters: 400 },
  { lines: 12, characters: 160 },
];

/**
 * The sections of the worst Ingresses that fit, each whole or with its worst divergences, and a line that says how much
 * is left out. Nothing is ever cut inside a section's parts.
 */
export function fittingSections(shown: readonly ShownIngress[], run: RunNote, room: number): string[] {
  const sections: string[] = [];
  let left = room;
  let leftOut = 0;
  for (const entry of shown) {
    const section = leftOut > 0 ? null : fitting(entry, run, left);
    if (section === null) leftOut += entry.divergences.length;
    else {
      sections.push(section.text);
      left -= section.text.length + 2;
      leftOut += entry.divergences.length - section.count;
    }
  }
  if (leftOut === 0) return sections;
  const where = run.url === null ? "the audit’s report has all" : `[this run](${run.url}) has all`;
  return [
    ...sections,
    `_${grouped(leftOut)} more ${leftOut === 1 ? "difference is" : "differences are"} left out here; ${where}._`,
  ];
}

function fitting(
  entry: ShownIngress,
  { telling }: RunNote,
  room: number,
): { readonly text: string; readonly count: number } | null {
  for (const budget of BUDGETS) {
    const text = markdownSection(entry, telling, budget);
    if (text.length <= room) return { text, count: entry.divergences.length };
  }
  // The most divergences that fit, found by halving: each one adds to the length.
  let least = 0;
  let most = entry.divergences.length - 1;
  let best: string | null = null;
  while (least < most) {
    const middle = (least + most + 1) >>> 1;
    const text = markdownSection(
      { ...entry, divergences: entry.divergences.slice(0, middle) },
      telling,
      BUDGETS.at(-1),
    );
    if (text.length <= room) {
      least = middle;
      best = text;
    } else most = middle - 1;
  }
  return best === null ? null : { text: best, count: least };
}
