/**
 * How much the audit log says. `sufficient`: the policy of the facts page, whole bodies for writes to Ingresses and
 * next to nothing for the rest. `whole-status`: the same, and whole bodies for writes to their status too, through
 * which metadata can be changed as well. `with-reads`: that also Ingresses were listed, so that the log goes on to each
 * reading of them. The others are what a cluster with a poorer policy logs, every stage
 * included.
 */
export const AUDIT_LEVELS = [
  "sufficient",
  "whole-status",
  "with-reads",
  "metadata-only",
  "request-only",
  "without-managed-fields",
] as const;
export type AuditLevel = (typeof AUDIT_LEVELS)[number];

const WRITES = ["create", "update", "patch", "delete", "deletecollection"];
const NETWORKING = { group: "networking.k8s.io", resources: ["ingresses", "ingressclasses"] };

/** The file for `--audit-policy-file`. JSON is YAML. */
export function auditPolicy(level: AuditLevel): string {
  const type = { apiVersion: "audit.k8s.io/v1", kind: "Policy" };
  if (level === "sufficient" || level === "whole-status" || level === "with-reads") {
    const rules = [...FIRST_RULES[level], ...wholeBodies];
    return JSON.stringify({ ...type, omitStages: ["RequestReceived"], rules });
  }
  const rule = { ...LEVELS[level], verbs: WRITES, resources: [NETWORKING] };
  return JSON.stringify({ ...type, rules: [rule, { level: "None" }] });
}

const LEVELS = {
  "metadata-only": { level: "Metadata" },
  "request-only": { level: "Request" },
  "without-managed-fields": { level: "RequestResponse", omitManagedFields: true },
};

const STATUS = { group: "networking.k8s.io", resources: ["ingresses/status"] };
const statusAsMetadata = { level: "Metadata", resources: [STATUS] };
const statusInWhole = { level: "RequestResponse", verbs: WRITES, resources: [STATUS] };

const FIRST_RULES = {
  sufficient: [statusAsMetadata],
  "whole-status": [statusInWhole],
  "with-reads": [statusAsMetadata, { level: "Metadata", verbs: ["list"], resources: [NETWORKING] }],
};

const wholeBodies = [
  { level: "RequestResponse", verbs: WRITES, resources: [NETWORKING] },
  {
    level: "RequestResponse",
    verbs: WRITES,
    resources: [{ group: "rbac.authorization.k8s.io" }],
    omitManagedFields: true,
  },
  { level: "None" },
];
