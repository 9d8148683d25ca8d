import * as z from "zod";
import { SEVERITIES } from "../../model/severity.ts";
import { auditReport, parts } from "../audit-report.ts";
import { jsonSchemaOf } from "../json-schema-of.ts";
import { AUDIT_STATUSES, SUMMARY_SCHEMA } from "./summary-schema.ts";

const { text, count, sha, time, list, summary } = parts;
const exitStatus = z.union([z.literal(0), z.literal(1), z.literal(2)]);
const severity = z
  .enum(SEVERITIES)
  .nullable()
  .describe("The worst of what differs, controllers’ writes left out; null where nothing does");
const problems = z.object({ errors: count, warnings: count });

const audit = z
  .object({
    cluster: text,
    repository: text
      .nullable()
      .describe("As the configuration calls it; null where the cluster could not be read for any"),
    status: z
      .enum(AUDIT_STATUSES)
      .describe(
        "failed: there is no report; incomplete: an input could not be read; diverged: something differs; clean: nothing does that no rule accepts",
      ),
    exitStatus: exitStatus.describe("What the audit alone would exit with"),
    git: z.object({ repository: text.nullable(), ref: text, commit: sha }).nullable(),
    observedAt: time.nullable(),
    ingresses: count.describe("In Git or in the cluster"),
    maxSeverity: severity,
    problems,
    summary: summary.nullable().describe("As in the report; null where it failed"),
    error: z
      .object({ code: text, what: text, where: z.record(text, text), mend: text })
      .nullable()
      .describe("Why there is no report"),
    files: z.record(text, text).describe("Where the whole report was written, by its format"),
    report: auditReport.optional().describe("The whole report, where it was asked for on standard output"),
  })
  .meta({ id: "Audit", description: "One repository against one cluster" });

const totals = z.object({
  clusters: count,
  repositories: count,
  audits: count,
  failed: count,
  ingresses: count,
  inSync: count,
  diverged: count,
  accepted: count,
  unreadable: count,
  verdicts: summary.shape.verdicts,
  severities: summary.shape.severities,
  maxSeverity: severity,
  problems,
  exitStatus: exitStatus.describe("The worst of all"),
});

/** The one definition of the summary over several audits; `schema/summary.v1.json` is generated from it. */
export const fleetSummary = z
  .object({
    schema: z.literal(SUMMARY_SCHEMA),
    tool: z.object({ name: text, version: text }),
    totals,
    audits: list(audit).describe("The worst first"),
  })
  .meta({ title: "ingress-audit summary, version 1" });

export type FleetSummary = z.infer<typeof fleetSummary>;
export type SummarizedAudit = z.infer<typeof audit>;

/** What `schema/summary.v1.json` is generated from. */
export function summaryJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(fleetSummary, "urn:ingress-audit:summary:v1");
}
