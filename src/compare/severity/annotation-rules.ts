import { HIGH_RISK, isConfiguring, isInjectable, MEDIUM_RISK, SNIPPETS } from "./annotation-names.ts";
import { annotationRule } from "./annotation-rule.ts";
import { holdsDirectiveMark, holdsLineBreak, opensComment } from "./config-text.ts";
import type { SeverityRule } from "./severity-rule.ts";

/** What an annotation's value does to the controller's configuration. */
export const injectionRules: readonly SeverityRule[] = [
  annotationRule(
    "config-snippet",
    "critical",
    "The annotation's text becomes part of the controller's configuration, which serves every tenant.",
    ({ name, live }) => SNIPPETS.has(name) && live !== undefined,
  ),
  annotationRule(
    "injecting-annotation",
    "critical",
    "The value breaks out of its line and holds directives of the controller's configuration.",
    ({ name, live = "" }) => isInjectable(name) && holdsLineBreak(live) && holdsDirectiveMark(live),
  ),
  annotationRule(
    "suspicious-annotation",
    "high",
    "The value holds characters that end a directive of the controller's configuration.",
    ({ name, live = "" }) => isInjectable(name) && (holdsDirectiveMark(live) || opensComment(live)),
  ),
  annotationRule(
    "high-risk-annotation",
    "high",
    "The value is written into the controller's configuration, and can redirect, mirror or alias traffic.",
    ({ name, live }) => HIGH_RISK.has(name) && live !== undefined,
  ),
];

/** Annotations that no rule before these rates. */
export const annotationRules: readonly SeverityRule[] = [
  annotationRule(
    "snippet-removed",
    "medium",
    "Git's piece of configuration is missing live, and may have held a protection.",
    ({ name, live }) => SNIPPETS.has(name) && live === undefined,
  ),
  annotationRule(
    "medium-risk-annotation",
    "medium",
    "The annotation changes who may call, or where requests are sent.",
    ({ name }) => MEDIUM_RISK.has(name) || HIGH_RISK.has(name),
  ),
  annotationRule(
    "controller-annotation",
    "medium",
    "The annotation configures how requests, certificates or DNS names are handled.",
    ({ name }) => isConfiguring(name),
  ),
  annotationRule("annotation", "low", "The annotation configures no known controller.", () => true),
];
