import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
var VERDICTS=["pending","unmerged","out-of-band","controller"],EVIDENCE=["proven","indicated","inferred","none"],SOURCES=["cli","api","gitops","controller"];var REPORT_SCHEMA="ingress-audit.report/v1";export{VERDICTS,EVIDENCE,SOURCES,REPORT_SCHEMA};
