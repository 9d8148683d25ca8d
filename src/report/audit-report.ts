import * as z from "zod";
import { CHANGES, STATES } from "../model/divergence.ts";
import { RENDERERS } from "../model/ingress.ts";
import type { Json } from "../model/json.ts";
import { SEVERITIES } from "../model/severity.ts";
import { EVIDENCE, SOURCES, VERDICTS } from "../model/verdict.ts";
import { jsonSchemaOf } from "./json-schema-of.ts";
import { REPORT_SCHEMA } from "./report-schema.ts";

const text = z.string();
const count = z.int().min(0);
const line = z.int().min(1).nullable().describe("1-based; null where the file does not tell");
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const time = z
  .string()
  .regex(/^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/)
  .describe("UTC, ISO 8601");

/** Read-only, because the model's lists are. */
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const json: z.ZodType<Json> = z
  .lazy(() =>
    z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
  )
  .meta({ id: "Json", description: "Any JSON value" });

const person = z
  .object({
    name: text,
    email: text,
    login: text.nullable().describe("The forge's login; null until a forge has proven it"),
  })
  .meta({ id: "Person" });

const pullRequest = z
  .object({
    number: z.int().min(1),
    url: text.nullable(),
    mergedBy: text.nullable(),
    approvedBy: list(text),
  })
  .meta({ id: "PullRequest" });

const commit = z
  .object({
    sha: sha.describe("Forty zeros stand for uncommitted changes of the work tree"),
    author: person,
    coAuthors: list(person),
    authoredAt: time,
    committedAt: time,
    subject: text,
    ref: text.nullable().describe("The ref that holds the commit where it is not the audited one"),
    pullRequest: pullRequest.nullable(),
  })
  .meta({ id: "Commit" });

const actor = z
  .object({
    user: text
      .nullable()
      .describe("As whom the write was done; null unless an audit event or ledger entry names it"),
    impersonatedBy: text.nullable().describe("Who made the request, where `user` was impersonated"),
    groups: list(text),
    source: z.enum(SOURCES).nullable(),
    userAgent: text.nullable().describe("Chosen by the client"),
    sourceIP: text.nullable(),
    fieldManager: text.nullable().describe("Names a program, never a person"),
    operation: text
      .nullable()
      .describe("managedFields' operation (Apply, Update) or the audit event's verb (patch, delete)"),
    at: time.nullable(),
    auditID: text.nullable(),
  })
  .meta({ id: "Actor" });

const divergence = z
  .object({
    id: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe("Stable over runs: of the namespace, the name and the field"),
    field: text.describe("Field path; empty for the whole object"),
    change: z.enum(CHANGES).describe("Seen from Git to live"),
    desired: json.describe("Git's value; null where Git has no such field"),
    live: json.describe("The cluster's value; null where the cluster has no such field"),
    line: line.describe("1-based line in `origin.path`; null where the file does not tell"),
    input: z
      .object({ path: text, line: z.int().min(1) })
      .optional()
      .describe(
        "The file and 1-based line that carry Git's value, where that is another file than `origin.path`",
      ),
    verdict: z.enum(VERDICTS),
    evidence: z.enum(EVIDENCE),
    reason: text.describe("Why this verdict: one plain sentence"),
    remedy: text.describe("What to do next: one plain sentence"),
    severity: z.enum(SEVERITIES),
    severityRule: text.describe("Name of the rule that gave the severity"),
    severityReason: text.describe("Why this severity: one plain sentence"),
    rule: text.nullable().describe("Name of the controller rule that recognised the write"),
    ref: text.nullable().describe("unmerged: the ref that holds the live value"),
    commits: list(commit).describe("Those that the verdict names, newest first"),
    conflict: list(commit).describe("Pending commits on the same field beside an out-of-band write"),
    matchesCommit: commit.nullable().describe("The newest commit whose value equals the live one"),
    actor: actor.nullable(),
    deletion: z
      .object({
        at: time.describe("When somebody asked for it"),
        finalizers: list(text).describe("What still holds the object"),
      })
      .optional()
      .describe("Of a whole object that is being deleted, and still there; left out of any other"),
  })
  .meta({ id: "Divergence" });

const ingress = z
  .object({
    namespace: text,
    name: text,
    state: z
      .enum(STATES)
      .describe(
        "How the two compare, whatever is left out of the report; missing: in Git only; extra: in the cluster only",
      ),
    origin: z
      .object({ path: text, line: z.int().min(1), renderer: z.enum(RENDERERS) })
      .nullable()
      .describe("Where Git declares it; null for extra"),
    divergences: list(divergence),
    leftOut: z
      .object({
        ignored: count.describe("Taken out by ignore rules"),
        belowMinSeverity: count.describe("Less severe than `belowMinSeverity.minSeverity`"),
      })
      .describe("How many of its divergences are not listed"),
  })
  .meta({ id: "Ingress" });

const leftOutEntry = z.object({
  namespace: text,
  name: text,
  field: text,
  change: z.enum(CHANGES),
  desired: json,
  live: json,
});

const ignored = z
  .object({ rule: text, reason: text, count, entries: list(leftOutEntry).optional() })
  .meta({ id: "Ignored", description: "What an ignore rule of the configuration took out of the report" });

const belowMinSeverity = z
  .object({
    minSeverity: z.enum(SEVERITIES),
    count,
    entries: list(leftOutEntry.extend({ severity: z.enum(SEVERITIES) })).optional(),
  })
  .meta({
    id: "BelowMinSeverity",
    description: "Divergences less severe than `minSeverity`: counted, neither attributed nor failed on",
  });

const problem = z
  .object({
    path: text,
    line: line.describe("1-based; null where the whole file is meant"),
    code: text,
    message: text,
    remedy: text,
    level: z.enum(["error", "warning"]).describe("error: the object is not audited"),
    ingress: z.object({ namespace: text, name: text }).nullable(),
  })
  .meta({ id: "Problem", description: "An input that could not be read or understood" });

const summary = z.object({
  desired: count.describe("Ingresses that Git declares"),
  live: count.describe("Ingresses in the cluster"),
  inSync: count.describe("Ingresses that match Git in everything"),
  diverged: count.describe(
    "Ingresses with at least one divergence that no ignore rule takes out, below minSeverity or not",
  ),
  accepted: count.describe(
    "Ingresses whose every divergence an ignore rule takes out: neither in sync nor diverged",
  ),
  verdicts: z
    .object({ pending: count, unmerged: count, "out-of-band": count, controller: count })
    .describe("Divergences by verdict"),
  severities: z
    .object({ low: count, medium: count, high: count, critical: count })
    .describe("Divergences by severity, those of verdict controller included"),
  ignored: count.describe("Divergences that ignore rules took out"),
  belowMinSeverity: count.describe("Divergences left out because they are less severe than minSeverity"),
  elsewhere: count.describe(
    "Live Ingresses that only files outside the paths given declare: not audited, and not in `live`",
  ),
  otherRepositories: count
    .optional()
    .describe("Live Ingresses that are in the report of another repository; left out where there is none"),
  unreadable: count.describe("Ingresses that could not be audited because an input could not be read"),
  problems: count,
});

/** The one definition of the report; `schema/report.v1.json` is generated from it and every output drawn from it. */
export const auditReport = z
  .object({
    schema: z.literal(REPORT_SCHEMA),
    tool: z.object({ name: text, version: text }),
    git: z.object({
      repository: text.nullable().describe("owner/name"),
      ref: text,
      commit: sha,
      shallow: z.boolean(),
      worktree: z
        .boolean()
        .describe("The files were read as they lie on disk, changes not committed included"),
    }),
    cluster: z.object({
      name: text.nullable(),
      observedAt: time.nullable().describe("When the objects were read; null where a snapshot does not say"),
      appliedRevision: sha.nullable().describe("The commit that the cluster last applied, where it is known"),
      auditLog: z
        .object({ from: time, to: time, events: count })
        .nullable()
        .describe("What the audit log covers; null where none was given"),
    }),
    summary,
    ingresses: list(ingress).describe("Sorted by namespace, then name; those in sync included"),
    ignored: list(ignored),
    belowMinSeverity,
    problems: list(problem),
  })
  .meta({ title: "ingress-audit report, version 1" });

/** What other reports are made of too. */
export const parts = {
  text,
  count,
  line,
  sha,
  time,
  list,
  json,
  commit,
  actor,
  divergence,
  problem,
  summary,
};

export type AuditReport = z.infer<typeof auditReport>;
export type ReportedIngress = z.infer<typeof ingress>;
export type ReportedDivergence = z.infer<typeof divergence>;
export type ReportedCommit = z.infer<typeof commit>;
export type ReportedPerson = z.infer<typeof person>;
export type ReportedActor = z.infer<typeof actor>;
export type ReportedProblem = z.infer<typeof problem>;
export type ReportedIgnored = z.infer<typeof ignored>;
export type ReportedBelowMinSeverity = z.infer<typeof belowMinSeverity>;
export type LeftOutEntry = z.infer<typeof leftOutEntry>;

/** What `schema/report.v1.json` is generated from. */
export function reportJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(auditReport, "urn:ingress-audit:report:v1");
}
