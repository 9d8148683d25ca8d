import type { FieldPath } from "../../model/field-path.ts";
import type { Facet, SeverityRule } from "./severity-rule.ts";

/** Where requests go that reach this Ingress. */
export const backendRules: readonly SeverityRule[] = [
  {
    name: "backend-moved",
    severity: "high",
    reasonFor: (facet) => {
      const [kind, field] = belowBackend(facet.field) ?? [];
      const isMove = kind === "resource" || (kind === "service" && (field === undefined || field === "name"));
      return isMove && !facet.isPart ? "Requests go to another backend than Git names." : null;
    },
  },
  {
    name: "default-backend-added",
    severity: "high",
    reasonFor: (facet) =>
      isDefaultBackend(facet) && facet.change === "added"
        ? "A default backend takes every request that no rule takes, and Git has none."
        : null,
  },
  {
    name: "default-backend-removed",
    severity: "medium",
    reasonFor: (facet) =>
      isDefaultBackend(facet) && facet.change === "removed"
        ? "Requests that no rule takes do not go to the backend that Git names."
        : null,
  },
  {
    name: "backend-port-changed",
    severity: "medium",
    reasonFor: ({ field, isPart }) => {
      const [kind, port] = belowBackend(field) ?? [];
      return kind === "service" && port === "port" && !isPart
        ? "Requests go to another port than Git names."
        : null;
    },
  },
];

function isDefaultBackend({ field }: Facet): boolean {
  return field.length === 2 && field[0] === "spec" && field[1] === "defaultBackend";
}

/** The path below a path's backend or the default one; null for any other field. */
function belowBackend(field: FieldPath): FieldPath | null {
  const [root, list] = field;
  if (root !== "spec") return null;
  if (list === "defaultBackend") return field.slice(2);
  return list === "rules" && field[3] === "http" && field[6] === "backend" ? field.slice(7) : null;
}
