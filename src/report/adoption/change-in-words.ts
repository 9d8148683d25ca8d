import type { Json } from "../../model/json.ts";
import type { ReportedDivergence } from "../audit-report.ts";
import { elide } from "../elide.ts";

/** A change of a field from Git's value to the live one, in one line. */
export function changeInWords({ field, change, desired, live }: ReportedDivergence): string {
  if (field === "")
    return change === "added" ? "the whole Ingress, as it is live" : "the Ingress is taken out";
  switch (change) {
    case "added":
      return `${field}: ${shortValue(live)} (not in Git so far)`;
    case "removed":
      return `${field}: taken out (was ${shortValue(desired)})`;
    case "changed":
      return `${field}: ${shortValue(desired)} → ${shortValue(live)}`;
    case "reordered":
      return `${field}: the order that is live`;
    default:
      return change satisfies never;
  }
}

export function shortValue(value: Json): string {
  return elide(typeof value === "string" && /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value), 80);
}
