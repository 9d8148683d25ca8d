import type { SeverityRule } from "./severity-rule.ts";

export const objectRules: readonly SeverityRule[] = [
  {
    name: "terminating-object",
    severity: "high",
    reasonFor: ({ field, change, deletion }) =>
      field.length === 0 && change === "removed" && deletion !== undefined
        ? "The Ingress is being deleted: what it serves goes away as soon as its finalizers do."
        : null,
  },
  {
    name: "missing-object",
    severity: "high",
    reasonFor: ({ field, change, deletion }) =>
      field.length === 0 && change === "removed" && deletion === undefined
        ? "The Ingress is not in the cluster: nothing of what Git declares is served."
        : null,
  },
  {
    name: "extra-object",
    severity: "medium",
    reasonFor: ({ field, change }) =>
      field.length === 0 && change === "added"
        ? "Git does not declare this Ingress, so nothing that it serves was reviewed."
        : null,
  },
];
