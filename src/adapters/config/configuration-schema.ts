import { z } from "zod";
import { SEVERITIES } from "../../model/severity.ts";

const text = z.string().min(1);
const globs = z.array(text);

const source = z
  .strictObject({
    paths: globs
      .min(1)
      .describe("Files, folders or globs, relative to the repository's root; `**` crosses folders"),
    exclude: globs.default([]).describe("Globs of paths to leave out"),
    namespace: text.nullable().default(null).describe("The namespace of manifests that name none"),
  })
  .meta({ id: "Source", description: "Where manifests are" });

const cluster = z
  .strictObject({
    name: text.describe("What reports call the cluster; chosen with --cluster"),
    context: text.nullable().default(null).describe("kubeconfig context; the current one unless given"),
    namespaces: globs.min(1).nullable().default(null).describe("Only these namespaces; all unless given"),
    sources: z.array(source).default([]).describe("This cluster's own sources; the common ones unless given"),
  })
  .meta({ id: "Cluster" });

const deployers = z
  .strictObject({
    builtin: z.boolean().default(true).describe("Whether Argo CD's and Flux's default identities count"),
    users: globs.default([]).describe("Globs of user names, as the audit log has them"),
    serviceAccounts: z
      .array(z.string().regex(/^[^/\s]+\/[^/\s]+$/, "must be namespace/name"))
      .default([])
      .describe("Service accounts as namespace/name"),
    fieldManagers: globs.default([]).describe("Globs of fieldManagers, as managedFields has them"),
  })
  .meta({ id: "Deployers", description: "The pipeline's identities: what they write is Git's" });

const controller = z
  .strictObject({
    name: text,
    reason: text,
    users: globs.default([]).describe("Globs of user names, as the audit log has them"),
    fieldManagers: globs.default([]).describe("Globs of fieldManagers, as managedFields has them"),
    fields: globs.default([]).describe("Field-path patterns; every field unless given"),
    ingresses: globs.default([]).describe("Globs for namespace/name; every Ingress unless given"),
  })
  .refine((rule) => rule.users.length + rule.fieldManagers.length > 0, {
    message: "needs users or fieldManagers: a controller is recognised by who wrote, not by the field alone",
  })
  .meta({ id: "Controller", description: "A controller that writes to Ingress objects" });

const ignore = z
  .strictObject({
    name: text.optional().describe("What reports call the rule; made from its place unless given"),
    reason: text.describe("Why; reports show it beside the count"),
    expires: z
      .string()
      .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, "must be a date such as 2026-12-31")
      .nullable()
      .default(null)
      .describe("The last day on which the rule applies"),
    ingresses: globs.default([]).describe("Globs for namespace/name; every Ingress unless given"),
    fields: globs.default([]).describe("Field-path patterns; every field unless given"),
    fieldManagers: globs.default([]).describe("Globs of the live field's managers; any unless given"),
  })
  .refine((rule) => rule.ingresses.length + rule.fields.length + rule.fieldManagers.length > 0, {
    message: "would ignore everything: give ingresses, fields or fieldManagers",
  })
  .meta({ id: "Ignore", description: "Takes divergences out of the report, counted by name" });

/** The one definition of `.ingress-audit.yaml`; `schema/config.v1.json` is generated from it. */
export const configurationSchema = z
  .strictObject({
    sources: z.array(source).default([]),
    clusters: z.array(cluster).default([]),
    deployers: deployers.prefault({}),
    controllers: z.array(controller).default([]),
    ignore: z.array(ignore).default([]),
    failOn: z.enum(["none", "pending", "out-of-band", "any"]).nullable().default(null),
    minSeverity: z.enum(SEVERITIES).nullable().default(null),
  })
  .meta({ title: "ingress-audit configuration, version 1" });
