import { z } from "zod";

const text = z.string();
const json = z.json();
const pattern = z.string().regex(/^\/.*\/$/s, "must be a /regular expression/");

const expectedDivergence = z.strictObject({
  ingress: text.default("shop/web"),
  /** Empty for a whole object. */
  field: text,
  change: z.enum(["changed", "added", "removed", "reordered"]),
  verdict: z.enum(["pending", "unmerged", "out-of-band", "controller"]),
  evidence: z.enum(["proven", "indicated", "inferred", "none"]),
  /** Labels, newest first; `uncommitted` for the work tree. None unless given, and likewise below. */
  commits: z.array(text).default([]),
  authors: z.array(text).optional(),
  coAuthors: z.array(text).optional(),
  pullRequest: z.int().nullable().optional(),
  conflict: z.array(text).default([]),
  matchesCommit: text.nullable().default(null),
  ref: text.nullable().default(null),
  rule: text.nullable().default(null),
  /** Only what is given is compared; `user` and `impersonatedBy` are null unless given. */
  actor: z.record(text, json).optional(),
  desired: json.optional(),
  live: json.optional(),
  line: z.int().nullable().optional(),
  /** `path:line` of the file that carries the value. */
  input: text.nullable().optional(),
  severity: text.optional(),
  severityRule: text.optional(),
  /** `/regular expression/`. */
  reason: pattern.optional(),
  remedy: pattern.optional(),
});

/** What the audit must say. */
export const expectation = z.strictObject({
  exit: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  divergences: z.array(expectedDivergence).default([]),
  problems: z
    .array(
      z.strictObject({
        code: text,
        path: text.optional(),
        line: z.int().nullable().optional(),
        level: z.enum(["error", "warning"]).optional(),
        ingress: text.optional(),
        message: pattern.optional(),
        remedy: pattern.optional(),
      }),
    )
    .default([]),
  /** Counts of every rule that took something out. */
  ignored: z.record(text, z.int().min(1)).default({}),
  /** How many divergences `--min-severity` leaves out. */
  belowMinSeverity: z.int().min(0).default(0),
  /** How many Ingresses differ in nothing but what ignore rules take out. */
  accepted: z.int().min(0).default(0),
  /** How many live Ingresses are passed over because other files than those asked for declare them. */
  elsewhere: z.int().min(0).default(0),
  /** How many Ingresses agree. */
  inSync: z.int().min(0).optional(),
  /** How many Ingresses an unreadable input hides. */
  unreadable: z.int().min(0).default(0),
});

export type Expectation = z.infer<typeof expectation>;
export type ExpectedDivergence = z.infer<typeof expectedDivergence>;
