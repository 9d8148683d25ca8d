import type { AuditReport } from "../../report/audit-report.ts";
import { WHOLE_CLUSTER } from "../../report/drift-issue/issue-state.ts";
import type { DriftIssueOptions } from "./drift-issue-options.ts";
import type { Situation } from "./situation.ts";
import { ingressIdOf } from "./subjects.ts";

/** GitHub takes 50 characters. */
const MAX_LENGTH = 50;

/** The configured labels for what differs in a subject. One whose placeholder has no value is left out. */
export function wantedLabels(
  { subject, shown, tracked }: Pick<Situation, "subject" | "shown" | "tracked">,
  { labels }: Pick<DriftIssueOptions, "labels">,
  { name }: AuditReport["cluster"],
): readonly string[] {
  const worst = shown[0]?.divergences[0] ?? tracked[0];
  const values: Readonly<Record<string, string | undefined>> = {
    severity: worst?.severity,
    verdict: worst?.verdict,
    namespace: subject === WHOLE_CLUSTER ? undefined : ingressIdOf(subject).namespace,
    cluster: name ?? undefined,
  };
  const filled = labels.map((label) => {
    let isWhole = true;
    const text = label.replace(/\{(severity|verdict|namespace|cluster)\}/g, (_, key: string) => {
      const value = values[key];
      if (value === undefined) isWhole = false;
      return value ?? "";
    });
    return isWhole ? Array.from(text).slice(0, MAX_LENGTH).join("") : "";
  });
  return [...new Set(filled.filter((label) => label !== ""))];
}

/** What changes where the wanted labels change: nothing of what people added or took away themselves. */
export function changedLabels(
  wanted: readonly string[],
  own: readonly string[],
  present: readonly string[],
): { readonly add: readonly string[]; readonly remove: readonly string[]; readonly own: readonly string[] } {
  const has = (labels: readonly string[], label: string) =>
    labels.some((each) => each.toLowerCase() === label.toLowerCase());
  const add = wanted.filter((label) => !has(own, label) && !has(present, label));
  return {
    add,
    remove: own.filter((label) => !has(wanted, label) && has(present, label)),
    own: wanted.filter((label) => has(own, label) || has(add, label)),
  };
}
