import { ingressKey } from "../../model/ingress.ts";
import { shortSha } from "../describe-commit.ts";
import { escapeMarkdown } from "../escape-markdown.ts";
import type { AdoptionView } from "./adoption-view.ts";
import { changeInWords } from "./change-in-words.ts";
import { whoseValue } from "./whose-value.ts";

/** The message of the commit: what is adopted, and who wrote it in the cluster. */
export function adoptionMessage(adoption: AdoptionView): string {
  const items = adoption.adopted.flatMap(({ divergence }) => [
    `- ${oneLine(changeInWords(divergence))}`,
    `  ${oneLine(whoseValue(divergence))}`,
  ]);
  return [adoptionTitle(adoption), "", ...items, ""].join("\n");
}

export function adoptionTitle({ id }: AdoptionView): string {
  return `Adopt what is live of Ingress ${ingressKey(id)}`;
}

/** The same as the text of a pull request. */
export function adoptionBody(adoption: AdoptionView): string {
  const { cluster, git, adopted } = adoption;
  const where = cluster === null ? "the cluster" : `the cluster ${escapeMarkdown(cluster)}`;
  const items = adopted.flatMap(({ divergence, place }) => [
    `- ${escapeMarkdown(oneLine(changeInWords(divergence)))}`,
    `  ${escapeMarkdown(oneLine(whoseValue(divergence)))}; now in ${escapeMarkdown(`${place.path}:${place.line}`)}`,
  ]);
  return [
    `This lets Git say what is live in ${where}, where it differed from ${shortSha(git.commit)}. Merging it keeps the live values; closing it leaves them as drift.`,
    "",
    ...items,
    "",
  ].join("\n");
}

/** A field path or a name may hold line ends; Git takes an empty line for the end of a paragraph. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
