import { ingressKey } from "../../model/ingress.ts";
import { fieldName } from "../field-name.ts";
import type { AdoptionView, LeftOutField } from "./adoption-view.ts";
import { changeInWords } from "./change-in-words.ts";
import { whoseValue } from "./whose-value.ts";

/** What is adopted and what is not, for a terminal; escaped by whoever prints it. */
export function adoptionText({ id, adopted, leftOut }: AdoptionView): string {
  const key = ingressKey(id);
  if (adopted.length === 0) return `${key} agrees with Git: there is nothing to adopt.\n`;
  const lines = adopted.flatMap(({ divergence, place }) => [
    `  ${place.path}:${place.line}  ${changeInWords(divergence)}`,
    `      ${whoseValue(divergence)}`,
  ]);
  const count = adopted.length === 1 ? "1 live value" : `${adopted.length} live values`;
  return [`Adopts ${count} of ${key}:`, ...lines, ...leftOutLines(leftOut), ""].join("\n");
}

export function leftOutLines(leftOut: readonly LeftOutField[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut.map(({ divergence, why }) => `  ${fieldName(divergence.field)}: ${why}`);
  return ["Leaves out, unless --field names it:", ...lines];
}
