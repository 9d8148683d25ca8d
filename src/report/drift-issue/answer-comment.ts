import { hiddenMarker } from "../hidden-marker.ts";
import { markdownPhrase } from "../markdown-phrase.ts";
import { own, type Phrase, say, value } from "../phrase.ts";

/** What is said to a command or a label. */
export type Answer =
  | { readonly kind: "snoozed"; readonly until: string }
  | { readonly kind: "unsnoozed" }
  | { readonly kind: "not-understood"; readonly text: string; readonly why: string }
  | { readonly kind: "not-trusted" };

/** One comment that answers all that was asked since the last run. */
export function answerComment(answers: readonly Answer[], serial: number): string {
  const marker = hiddenMarker("drift-comment", { serial, answers: true });
  return `${marker}\n${answers.map((answer) => markdownPhrase(words(answer))).join("\n\n")}`;
}

function words(answer: Answer): Phrase {
  switch (answer.kind) {
    case "snoozed":
      return say`😴 Snoozed until the end of ${own(answer.until)} (UTC). This issue is kept up to date without comments until then; ${value("/ingress-audit unsnooze")} ends it earlier.`;
    case "unsnoozed":
      return say`No longer snoozed: what changes from now on is told here.`;
    case "not-understood":
      return say`Sorry, ${value(answer.text)} was not understood: ${own(answer.why)}. These are: ${USAGE}.`;
    case "not-trusted":
      return say`Thank you, but commands are taken only from people who may manage this repository’s issues.`;
    default:
      return answer satisfies never;
  }
}

const USAGE: Phrase = [
  value("/ingress-audit snooze until YYYY-MM-DD"),
  own(", "),
  value("/ingress-audit snooze 14 days"),
  own(", "),
  value("/ingress-audit unsnooze"),
  own(" and "),
  value("/ingress-audit accept"),
];
