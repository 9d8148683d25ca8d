import { ingressKey } from "../../model/ingress.ts";
import { leftOutLines } from "../adoption/adoption-text.ts";
import { shortValue } from "../adoption/change-in-words.ts";
import { whoseValue } from "../adoption/whose-value.ts";
import type { ReportedDivergence } from "../audit-report.ts";
import type { RestorationView } from "./restoration-view.ts";

/** What the commands restore and what they change besides, for a terminal; escaped by whoever prints it. */
export function restorationText({ id, restored, leftOut, notes }: RestorationView): string {
  const key = ingressKey(id);
  if (restored.length === 0) return `${key} agrees with Git: there is nothing to restore.\n`;
  const count = restored.length === 1 ? "Git’s value" : `${restored.length} of Git’s values`;
  const lines = restored.flatMap((divergence) => [
    `  ${restoredInWords(divergence)}`,
    `      ${whoseValue(divergence)}`,
  ]);
  const besides = notes.map((note) => `  ${note}`);
  return [
    `The command on standard output puts ${count} back into ${key}; nothing was run:`,
    ...lines,
    ...(besides.length === 0 ? [] : ["Besides:", ...besides]),
    ...leftOutLines(leftOut),
    "",
  ].join("\n");
}

function restoredInWords({ field, change, desired, live }: ReportedDivergence): string {
  if (field === "") return change === "added" ? "the Ingress is deleted" : "the Ingress is created again";
  switch (change) {
    case "added":
      return `${field}: taken out (is ${shortValue(live)})`;
    case "removed":
      return `${field}: ${shortValue(desired)} again`;
    case "changed":
      return `${field}: ${shortValue(live)} → ${shortValue(desired)}`;
    case "reordered":
      return `${field}: Git’s order`;
    default:
      return change satisfies never;
  }
}
