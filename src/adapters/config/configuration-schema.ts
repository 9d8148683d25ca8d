import * as z from "zod";
import { parseFieldPattern } from "../../model/patterns.ts";
import { isRemoteAddress } from "../../model/remote-address.ts";
import { SEVERITIES } from "../../model/severity.ts";
import { repositoryMistakes } from "./repository-mistakes.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = z.string().min(1);
const globs = z.array(text);
const path = text.refine((each) => !each.startsWith("/") && !each.split("/").includes(".."), {
  message: "must be relative to the repository's root and stay within it",
});
const paths = z.array(path);
const fields = z
  .array(
    text.refine((pattern) => parseFieldPattern(pattern) !== null, {
      message: 'is no field pattern, such as spec.rules[*].host or metadata.annotations["example.com/*"]',
    }),
  )
  .default([])
  .describe("Field-path patterns; every field unless given");

const helm = z
  .strictObject({
    chart: path.describe("The chart's folder"),
    release: text.describe("The release's name"),
    valueFiles: z.array(path).default([]).describe("Values files from the repository's root, in order"),
    values: z.record(text, z.json()).nullable().default(null).describe("Further values, on top of the files"),
    set: z.record(text, z.string()).default({}).describe("As helm's --set-string"),
    kubeVersion: text.nullable().default(null).describe(".Capabilities.KubeVersion"),
    apiVersions: z.array(text).default([]).describe("Further .Capabilities.APIVersions"),
  })
  .meta({ id: "Helm", description: "A chart and how it is installed" });

const sourceKeys = {
  paths: paths
    .min(1)
    .optional()
    .describe(
      "Plain manifests: files, folders or globs, relative to the repository's root; `**` crosses folders",
    ),
  kustomize: path.optional().describe("A folder with a kustomization"),
  helm: helm.optional(),
  exclude: paths.default([]).describe("Globs of paths to leave out"),
  namespace: z
    .string()
    .regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, "must be the name of a namespace")
    .nullable()
    .default(null)
    .describe("The namespace of manifests that name none"),
};

const kindsOf = (each: { readonly paths?: unknown; readonly kustomize?: unknown; readonly helm?: unknown }) =>
  [each.paths, each.kustomize, each.helm].filter((kind) => kind !== undefined).length;

const source = z
  .strictObject(sourceKeys)
  .refine((each) => kindsOf(each) === 1, { message: "needs one of paths, kustomize and helm" })
  .meta({ id: "Source", description: "Where manifests are, and what renders them" });

const isBare = (each: { readonly exclude: readonly string[]; readonly namespace: string | null }) =>
  each.exclude.length === 0 && each.namespace === null;

const clusterSource = z
  .strictObject({
    repository: text
      .optional()
      .describe("Name of one of the repositories; alone it stands for all that is that repository's"),
    ...sourceKeys,
  })
  .refine((each) => kindsOf(each) === 1 || (kindsOf(each) === 0 && each.repository !== undefined), {
    message: "needs one of paths, kustomize and helm, or a repository alone",
  })
  .refine((each) => kindsOf(each) === 1 || each.repository === undefined || isBare(each), {
    message: "has nothing for exclude and namespace to apply to: give paths, kustomize or helm too",
  })
  .meta({ id: "ClusterSource", description: "Where a cluster's manifests are, and what renders them" });

const repository = z
  .strictObject({
    name: text.describe("What reports call the repository"),
    path: text
      .refine((each) => !each.startsWith("/"), {
        message: "must be relative to the root of the configuration's repository",
      })
      .nullable()
      .default(null)
      .describe(
        "Folder of a checkout, from the configuration's repository: `.` for itself, `../shop-deploy`",
      ),
    url: text
      .refine(isRemoteAddress, { message: "must be an https, ssh or git address without credentials" })
      .nullable()
      .default(null)
      .describe("Where it is cloned from, unless there is a path; Argo CD and Flux may call it so"),
    ref: text
      .refine((each) => !each.startsWith("-"), { message: "must be a branch, tag or commit" })
      .nullable()
      .default(null)
      .describe("Branch, tag or commit to audit; HEAD unless given"),
    sources: z.array(source).default([]).describe("Where its manifests are; discovered unless given"),
  })
  .refine((each) => each.path !== null || each.url !== null, { message: "needs a path or a url" })
  .meta({ id: "Repository", description: "A repository that clusters are deployed from" });

const cluster = z
  .strictObject({
    name: text.describe("What reports call the cluster; chosen with --cluster"),
    context: text.nullable().default(null).describe("kubeconfig context; the current one unless given"),
    namespaces: globs.min(1).nullable().default(null).describe("Only these namespaces; all unless given"),
    destinations: z
      .array(text)
      .default([])
      .describe("Names and server addresses by which Argo CD calls the cluster, beside its name and context"),
    auditLog: z
      .array(
        text.refine((each) => each !== "-", { message: "must be files: standard input is for --audit-log" }),
      )
      .default([])
      .describe(
        "Its API server's audit log: files or globs, from the root of the configuration's repository",
      ),
    sources: z
      .array(clusterSource)
      .default([])
      .describe("This cluster's own sources; all repositories, or the common sources, unless given"),
  })
  .meta({ id: "Cluster" });

const render = z
  .strictObject({
    allowNetwork: z
      .boolean()
      .default(false)
      .describe(
        "Whether kustomize and helm may fetch remote bases and charts; their renderings are then not cached",
      ),
    timeoutSeconds: z.int().min(1).max(3600).default(60).describe("How long one rendering may take"),
  })
  .meta({ id: "Render", description: "How kustomize and helm are run" });

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
    fields,
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
      .regex(DAY, "must be a date such as 2026-12-31")
      .refine(isDate, { message: "is no day of the calendar" })
      .nullable()
      .default(null)
      .describe("The last day on which the rule applies"),
    ingresses: globs.default([]).describe("Globs for namespace/name; every Ingress unless given"),
    fields,
    fieldManagers: globs.default([]).describe("Globs of the live field's managers; any unless given"),
  })
  .refine((rule) => rule.ingresses.length + rule.fields.length + rule.fieldManagers.length > 0, {
    message: "would ignore everything: give ingresses, fields or fieldManagers",
  })
  .meta({ id: "Ignore", description: "Takes divergences out of the report, counted by name" });

/** Of what has a date's form. */
function isDate(day: string): boolean {
  if (!DAY.test(day)) return true;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** The one definition of `.ingress-audit.yaml`; {@link configurationJsonSchema} publishes it. */
export const configurationSchema = z
  .strictObject({
    sources: z.array(source).default([]).describe("Where manifests are; the whole repository unless given"),
    clusters: z.array(cluster).default([]).superRefine(distinctNames),
    repositories: z
      .array(repository)
      .default([])
      .superRefine(distinctNames)
      .describe("All that is audited, in the order of reports; the configuration's own unless given"),
    discovery: z
      .boolean()
      .nullable()
      .default(null)
      .describe(
        "Whether sources are also found by Argo CD's and Flux's objects and by kustomizations; only where no sources are given, unless said",
      ),
    render: render.prefault({}),
    deployers: deployers.prefault({}),
    controllers: z.array(controller).default([]),
    ignore: z.array(ignore).default([]).superRefine(distinctNames),
    failOn: z
      .enum(["none", "pending", "out-of-band", "any"])
      .nullable()
      .default(null)
      .describe("Which verdicts make the exit status 1; --fail-on overrides it"),
    minSeverity: z
      .enum(SEVERITIES)
      .nullable()
      .default(null)
      .describe("Divergences below are counted and not reported; --min-severity overrides it"),
  })
  .superRefine((written, context) => {
    for (const { path, message } of repositoryMistakes(written))
      context.addIssue({ code: "custom", path: [...path], message });
  })
  .meta({ title: "ingress-audit configuration, version 1" });

function distinctNames(
  entries: readonly { readonly name?: string | undefined }[],
  context: { addIssue(issue: { code: "custom"; path: PropertyKey[]; message: string }): void },
): void {
  for (const [index, { name }] of entries.entries()) {
    const first = entries.findIndex((entry) => entry.name === name);
    if (name === undefined || first === index) continue;
    context.addIssue({
      code: "custom",
      path: [index, "name"],
      message: `must not be that of [${first}] too`,
    });
  }
}

/** `schema/config.v1.json`, for editors: what may be written, with defaults left out. */
export function configurationJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(configurationSchema, { io: "input" }), $id: "urn:ingress-audit:config:v1" };
}
