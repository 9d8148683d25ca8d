/** The value of `schema` in every report of this version. Fields may be added to v1, never changed or taken away. */
export const REPORT_SCHEMA = "ingress-audit.report/v1";
