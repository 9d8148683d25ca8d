import type { IgnoreConfiguration } from "../../model/configuration.ts";
import { ingressKey } from "../../model/ingress.ts";
import { matchFieldPattern } from "../../model/patterns.ts";
import type { Problem } from "../../model/problem.ts";
import { anyGlob } from "../writers/writer-policy-of.ts";
import type { IgnoreRule } from "./ignore-divergences.ts";

/** The rules that still apply, and a warning for each that has expired. */
export function ignoreRulesOf(
  rules: readonly IgnoreConfiguration[],
  path: string,
  now: Date,
): { readonly rules: readonly IgnoreRule[]; readonly problems: readonly Problem[] } {
  const today = now.toISOString().slice(0, 10);
  const isExpired = ({ expires }: IgnoreConfiguration) => expires !== null && expires < today;
  return {
    rules: rules.filter((rule) => !isExpired(rule)).map(ruleOf),
    problems: rules.filter(isExpired).map((rule) => ({
      path,
      line: rule.line,
      code: "ignore-rule-expired",
      message: `The ignore rule ${rule.name} expired on ${rule.expires} and no longer applies`,
      remedy: "Remove the rule, or give it a later date if its reason still holds.",
      level: "warning",
    })),
  };
}

function ruleOf({ name, reason, ingresses, fields, fieldManagers }: IgnoreConfiguration): IgnoreRule {
  const isIngress = anyGlob(ingresses);
  const isManager = anyGlob(fieldManagers);
  const isField = fields.map(matchFieldPattern);
  return {
    name,
    reason,
    covers: ({ id, divergence, isWrittenBy }) =>
      (ingresses.length === 0 || isIngress(ingressKey(id))) &&
      (isField.length === 0 || isField.some((matches) => matches(divergence.field))) &&
      (fieldManagers.length === 0 || isWrittenBy(isManager)),
  };
}
