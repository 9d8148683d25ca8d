import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
var SUMMARY_SCHEMA="ingress-audit.summary/v1",AUDIT_STATUSES=["failed","incomplete","diverged","clean"];export{SUMMARY_SCHEMA,AUDIT_STATUSES};
