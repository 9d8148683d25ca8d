import { elide } from "../elide.ts";
import type { Links } from "../links.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import type { Happening } from "./happening.ts";
import type { HistoryEntry } from "./issue-state.ts";

/** In characters; a reason or a path may be of any length. */
const MAX_WORDS = 200;
const MAX_QUOTE = 120;

/** What happened, in the form in which an issue remembers it. */
export function historyEntry(at: string, happening: Happening, phrase: Phrase): HistoryEntry {
  const said: string[] = [""];
  for (const { kind, text } of phrase) {
    const isQuote = kind === "value" || kind === "segment";
    const isLastQuote = said.length % 2 === 0;
    if (isQuote === isLastQuote) said[said.length - 1] += text;
    else said.push(text);
  }
  return {
    at,
    said: said.map((text, index) => elide(text, index % 2 === 0 ? MAX_WORDS : MAX_QUOTE)),
    commit: commitOf(happening),
  };
}

/** The words again. Everything counts as read text: whoever may edit the issue may have edited them. */
export function recalled({ said, commit }: HistoryEntry, links: Pick<Links, "commit">): Phrase {
  return said.flatMap((text, index) => {
    if (index % 2 === 0) return words(text);
    const isCommit = commit !== null && text === commit.slice(0, 7);
    return [value(text, isCommit ? links.commit(commit) : null)];
  });
}

/** Escaping trims, and the spaces beside a quote are to stay. */
function words(text: string): Phrase {
  const [, before = "", middle = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  const space = (found: string) => (found === "" ? [] : [own(" ")]);
  return [...space(before), ...say`${middle}`, ...space(after)];
}

function commitOf(happening: Happening): string | null {
  switch (happening.kind) {
    case "resolved":
      return "commits" in happening.cause ? (happening.cause.commits[0]?.sha ?? null) : null;
    case "conflict":
      return happening.divergence.conflict[0]?.sha ?? null;
    default:
      return null;
  }
}
