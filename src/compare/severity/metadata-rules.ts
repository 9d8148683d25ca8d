import type { Facet, SeverityRule } from "./severity-rule.ts";

/** Fields of metadata other than annotations. */
export const metadataRules: readonly SeverityRule[] = [
  {
    name: "finalizer",
    severity: "medium",
    reasonFor: (facet) =>
      entryOf(facet, "finalizers")
        ? "A finalizer decides whether the Ingress can be deleted, and what is cleaned up before."
        : null,
  },
  {
    name: "owner-reference",
    severity: "medium",
    reasonFor: (facet) =>
      entryOf(facet, "ownerReferences")
        ? "The Ingress is deleted together with the object that owns it."
        : null,
  },
  {
    name: "label",
    severity: "low",
    reasonFor: (facet) =>
      entryOf(facet, "labels") ? "A label changes who selects the Ingress, and not what it serves." : null,
  },
];

function entryOf({ field }: Facet, map: string): boolean {
  return field[0] === "metadata" && field[1] === map && field.length >= 3;
}
