import { shortSha } from "../describe-commit.ts";
import { listed, own, type Phrase, say, value } from "../phrase.ts";
import type { Responsible, RunNote } from "./issue-view.ts";

const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const TEAM = /^[A-Za-z0-9-]+\/[\w.-]+$/;

/** Whom to turn to: `bob (author of 1a2b3c4) and @acme/edge (code owner)`. Empty where nobody is known. */
export function describeResponsible(responsible: readonly Responsible[], run: RunNote): Phrase {
  const named = responsible.map((each) => say`${name(each, run.mentions)} (${reason(each, run)})`);
  return named.length === 0 ? [] : say`Responsible: ${listed(named)}.`;
}

/** A mention only where it is wanted and where the name can be nothing else. */
function name({ name, kind }: Responsible, mentions: boolean): Phrase {
  const isMentionable = (kind === "login" && LOGIN.test(name)) || (kind === "team" && TEAM.test(name));
  if (mentions && isMentionable) return [own(`@${name}`)];
  return [value(kind === "team" ? `@${name}` : name)];
}

function reason({ why, commit }: Responsible, { telling }: RunNote): Phrase {
  if (why === "code-owner" || commit === null) return say`code owner`;
  return say`author of ${value(shortSha(commit), telling.links.commit(commit))}`;
}
