import { z } from "zod";
import { expectation } from "./expectation-format.ts";

/** ISO 8601 in UTC, so that a story's order can be read off its times. */
const time = z.union([z.iso.datetime(), z.date().transform((date) => date.toISOString())]);
const text = z.string();
const json = z.json();
const objectJson = z.record(text, json);

/** `[from, to]` replaces the one place where `from` stands; `[from, to, all]` every one. */
const edits = z.array(z.union([z.tuple([text, text]), z.tuple([text, text, z.literal("all")])]));

/** A text, or one of `test/support/cases/manifests/`. */
const content = z.union([text, z.strictObject({ manifest: text })]);

/** What happens to the files: moves and deletions first, then new content, then edits of what stands there by then. */
const treeChange = {
  move: z.record(text, text).optional(),
  delete: z.array(text).optional(),
  files: z.record(text, content).optional(),
  edit: z.record(text, edits).optional(),
  links: z.record(text, text).optional(),
  /** Many files at once: a path with `{n}` for 1 to `count`, and their content with it. */
  copies: z.array(z.strictObject({ path: text, count: z.int().min(1), content: text })).optional(),
  /** Every file is written anew with these. */
  lineEndings: z.enum(["lf", "crlf"]).optional(),
};

const signature = {
  /** `Name <email>`. */
  author: text,
  committer: text.optional(),
  /** When it was committed, and authored unless `authoredAt` says else. */
  at: time,
  authoredAt: time.optional(),
  message: text.optional(),
};

const commitStep = z.strictObject({
  /** A label by which the rest of the case names the commit. */
  commit: text,
  branch: text.optional(),
  parents: z.array(text).optional(),
  ...signature,
  ...treeChange,
});
const branchStep = z.strictObject({ branch: text, from: text });
/** Takes `from`'s files over; edits are of `from`'s version. */
const mergeStep = z.strictObject({
  merge: text,
  into: text,
  from: text,
  squash: z.boolean().optional(),
  ...signature,
  ...treeChange,
});
const refStep = z.strictObject({ ref: text, to: text });
const gitStep = z.union([commitStep, branchStep, mergeStep, refStep]);

/** An Ingress: as a file declares it at a commit, as it was after an event of the log, or a manifest's. */
const state = {
  declared: text.optional(),
  at: text.optional(),
  after: text.optional(),
  manifest: text.optional(),
  /** Which Ingress, where the file declares several. */
  name: text.optional(),
  namespace: text.optional(),
  edit: edits.optional(),
  /** JSON merge patch. */
  patch: objectJson.optional(),
};

const manager = z.strictObject({
  manager: text,
  operation: z.enum(["Apply", "Update"]).default("Update"),
  time: time.optional(),
  /** Field paths as `spec.rules` and `metadata.annotations["a/b"]`; a set's member as `metadata.finalizers["x"]`. */
  fields: z.array(text),
});

const liveObject = z.strictObject({
  ...state,
  uid: text.optional(),
  resourceVersion: text.optional(),
  generation: z.int().optional(),
  createdAt: time.optional(),
  managers: z.array(manager).optional(),
  /** What kubectl's annotation says was last applied. */
  lastApplied: z.strictObject(state).optional(),
});

const logEvent = z.strictObject({
  id: text,
  at: time,
  /** One of `identities.ts`, or a user name. */
  by: text,
  /** Impersonated. */
  as: text.optional(),
  agent: text.optional(),
  manager: text.nullable().optional(),
  verb: z.enum(["create", "update", "patch", "delete", "deletecollection", "get"]),
  ingress: text.default("shop/web"),
  /** A server-side apply; with verb patch. */
  apply: z.boolean().default(false),
  /** The object after the write: what it was after the event before, changed, unless it says what to start from. A delete has one where a finalizer holds the object. */
  after: z.strictObject(state).optional(),
  /** managedFields of the object after the write; left out of the log unless given. */
  managers: z.array(manager).optional(),
  /** The body, where it is not what follows from the object before and after. */
  request: json.optional(),
  /** The body as a whole object. */
  sent: z.strictObject(state).optional(),
  uid: text.optional(),
  resourceVersion: text.optional(),
  generation: z.int().optional(),
  dryRun: z.boolean().default(false),
  status: z.int().optional(),
  level: z.enum(["Metadata", "Request", "RequestResponse"]).default("RequestResponse"),
  webhooks: z.array(text).default([]),
  /** A write of the status, which may carry metadata too. */
  subresource: z.literal("status").optional(),
});

const ingressClass = z.strictObject({
  name: text,
  default: z.boolean().default(false),
  createdAt: time.default("2025-01-01T00:00:00.000Z"),
});

const auditOptions = z.strictObject({
  ref: text.default("main"),
  /** The applied revision: a label. */
  applied: text.optional(),
  /** `.ingress-audit.yaml`. */
  config: objectJson.optional(),
  /** Changes of the work tree that are not committed; audits the work tree. */
  worktree: z.strictObject(treeChange).optional(),
  /** The address of the remote `origin`, by which GitOps objects call the repository. */
  remote: text.optional(),
  /** Audit a clone of this depth. */
  shallow: z.int().min(1).optional(),
  args: z.array(text).default([]),
  /** The ids of the events in the order in which the log file has them, twice or not at all included. */
  logOrder: z.array(text).optional(),
  /** When the cluster was read; null for a snapshot by kubectl, which does not say. */
  observedAt: time.nullable().default("2026-04-01T00:00:00.000Z"),
});

const story = {
  title: text,
  git: z.array(gitStep),
  audit: auditOptions.prefault({}),
  live: z.array(liveObject),
  classes: z
    .array(ingressClass)
    .default([{ name: "nginx", default: false, createdAt: "2025-01-01T00:00:00.000Z" }]),
  /** Further objects of the cluster, Argo CD's and Flux's; `sha(c1)` in a text stands for a commit, in Git's files and messages too. */
  objects: z.array(objectJson).default([]),
  /** null: the audit is given no log. */
  log: z.array(logEvent).nullable().default(null),
};

const overrides = {
  title: text.optional(),
  /** Steps after the story's own. */
  gitMore: z.array(gitStep).optional(),
  git: story.git.optional(),
  audit: auditOptions.optional(),
  live: story.live.optional(),
  classes: z.array(ingressClass).optional(),
  objects: z.array(objectJson).optional(),
  log: z.array(logEvent).nullable().optional(),
};

export const caseFile = z.strictObject({
  ...story,
  expect: expectation,
  /** The near twin, which reports nothing unless it says what little. */
  twin: z.strictObject({ ...overrides, expect: expectation.optional() }).optional(),
  /** The same story with one thing changed. */
  also: z.array(z.strictObject({ ...overrides, title: text, expect: expectation })).default([]),
});

export type CaseFile = z.infer<typeof caseFile>;
export type GitStep = z.infer<typeof gitStep>;
export type TreeChange = z.infer<z.ZodObject<typeof treeChange>>;
export type Edits = z.infer<typeof edits>;
export type StateInput = z.infer<z.ZodObject<typeof state>>;
export type LiveInput = z.infer<typeof liveObject>;
export type ManagerInput = z.infer<typeof manager>;
export type LogEventInput = z.infer<typeof logEvent>;
export type IngressClassInput = z.infer<typeof ingressClass>;
export type AuditOptions = z.infer<typeof auditOptions>;
