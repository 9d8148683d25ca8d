/** The value of `schema` in every summary of this version. Fields may be added to v1, never changed or taken away. */
export const SUMMARY_SCHEMA = "ingress-audit.summary/v1";

/** From the worst to the best. */
export const AUDIT_STATUSES = ["failed", "incomplete", "diverged", "clean"] as const;
