import { SEVERITIES, type Severity } from "../model/severity.ts";
import { VERDICTS, type Verdict } from "../model/verdict.ts";

export type SarifLevel = "error" | "warning" | "note";

export const SARIF_LEVELS: Record<Severity, SarifLevel> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** GitHub reads over 9.0 as critical, 7.0 to 8.9 as high, 4.0 to 6.9 as medium, less as low. */
const SECURITY_SEVERITIES: Record<Severity, string> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

const MEANINGS: Record<Verdict, { readonly name: string; readonly short: string; readonly full: string }> = {
  pending: {
    name: "Pending",
    short: "Git moved and the cluster has not followed.",
    full: "Commits since the applied revision changed this field. Deploy them, or find out why the deployment waits.",
  },
  unmerged: {
    name: "Unmerged",
    short: "The live value exists only on a ref that is not merged.",
    full: "Someone brought a value into the cluster that only an unmerged ref holds. Merge it, or apply Git again.",
  },
  "out-of-band": {
    name: "OutOfBand",
    short: "Something other than Git wrote the live value.",
    full: "The field was written past Git. Find out why, then commit the value or apply Git again.",
  },
  controller: {
    name: "Controller",
    short: "A known controller wrote the live value.",
    full: "A controller that is known to write to Ingress objects wrote this field, by a named rule.",
  },
};

export function ruleId(verdict: Verdict, severity: Severity): string {
  return `${verdict}/${severity}`;
}

/** All rules, always the same ones. A rule per verdict and severity, since code scanning reads the severity from it. */
export function sarifRules() {
  return VERDICTS.flatMap((verdict) =>
    SEVERITIES.map((severity) => ({
      id: ruleId(verdict, severity),
      name: `${MEANINGS[verdict].name}${severity[0]?.toUpperCase()}${severity.slice(1)}`,
      shortDescription: { text: MEANINGS[verdict].short },
      fullDescription: { text: MEANINGS[verdict].full },
      help: { text: MEANINGS[verdict].full },
      defaultConfiguration: { level: SARIF_LEVELS[severity] },
      properties: {
        "security-severity": SECURITY_SEVERITIES[severity],
        tags: ["security", "kubernetes", "ingress", verdict],
      },
    })),
  );
}
