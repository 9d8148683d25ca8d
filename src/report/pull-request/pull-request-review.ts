import * as z from "zod";
import { CHANGES } from "../../model/divergence.ts";
import { SEVERITIES } from "../../model/severity.ts";
import { auditReport, parts } from "../audit-report.ts";

/** The value of `schema` in every review of this version. */
export const REVIEW_SCHEMA = "ingress-audit.pull-request/v1";

const { text, count, line, sha, list, json, commit, divergence, problem } = parts;

/** What the merge does to one field in the cluster. */
export const EFFECTS = ["changes", "already-live", "stays", "refused", "unknown"] as const;
export type Effect = (typeof EFFECTS)[number];

/** What becomes of a live value that the base does not hold, once the pull request is merged and applied. */
export const FATES = ["overwritten", "adopted", "stays", "unknown"] as const;
export type Fate = (typeof FATES)[number];

const risk = z.object({
  severity: z.enum(SEVERITIES),
  rule: text.describe("Name of the severity rule"),
  reason: text.describe("Why this severity: one plain sentence"),
});

const place = z
  .object({ side: z.enum(["base", "head"]), path: text, line })
  .describe("Where Git declares it: at the head, or at the base where the head has it no more");

const drift = divergence
  .extend({
    fate: z.enum(FATES),
    after: json.describe("The cluster's value after the merge; null where it then has no such field"),
    isGone: z.boolean().describe("After the merge the cluster has no such field"),
    isChanged: z.boolean().describe("The pull request changes this field too"),
    risk: risk.nullable().describe("overwritten: of the change from live to what comes after"),
  })
  .meta({
    id: "Drift",
    description: "A divergence of the base from live, and what becomes of it",
  });

const change = z.object({
  field: text.describe("Field path; empty for the whole object"),
  change: z.enum(CHANGES).describe("Seen from the base to the head"),
  base: json.describe("null where the base has no such field"),
  head: json.describe("null where the head has no such field"),
  effect: z.enum(EFFECTS),
  live: json.describe("null where the cluster has no such field, or was not read"),
  isLive: z.boolean().describe("The cluster has such a field"),
  risk,
  place: place.nullable(),
  commits: list(commit).describe("Those of the pull request that changed it, newest first"),
  drift: drift.nullable().describe("already-live: how the cluster came to have it before"),
});

const ingress = z.object({
  namespace: text,
  name: text,
  change: z
    .enum(["added", "removed", "changed", "unreadable", "mended"])
    .describe("From the base to the head; unreadable: at the head, mended: at the base only"),
  place: place.nullable(),
  live: z.enum(["present", "absent", "unread"]),
  unreadBecause: text.nullable().describe("unread: why the cluster's state is not known"),
  refusal: text
    .nullable()
    .describe("Why the API server would refuse what the merge makes of the live object"),
  changes: list(change).describe("What the pull request changes"),
  overwrites: list(drift).describe("What its merge would overwrite"),
  drift: list(drift).describe("What had drifted or is pending, and is not overwritten"),
  ignored: count.describe("Drift that ignore rules, or the least severity, took out"),
  before: json.describe(
    "The live object's compared fields (not read: the base's), without credentials; null: none",
  ),
  after: json.describe("The same once the merge is applied; null: none"),
});

const claim = z
  .object({
    namespace: text,
    name: text,
    host: text,
    path: text.nullable().describe("null where only the host is shared"),
    others: list(z.object({ namespace: text, name: text, place: place.nullable(), isLive: z.boolean() })),
  })
  .describe("A host or path that the pull request claims and another namespace has");

/** What a pull request does to the cluster: serialisable, so that another job can check it and post its comment. */
export const pullRequestReview = z
  .object({
    schema: z.literal(REVIEW_SCHEMA),
    tool: z.object({ name: text, version: text }),
    pullRequest: z.object({
      number: z.int().min(1),
      baseRef: text,
      headRef: text,
      headSha: sha,
      state: z.enum(["open", "merged", "closed"]),
    }),
    git: z.object({
      repository: text.nullable(),
      base: sha.describe("The commit that the cluster is compared with"),
      head: sha.describe("The merge commit, or the head itself"),
      shallow: z.boolean(),
    }),
    cluster: auditReport.shape.cluster.nullable().describe("null where it was not read"),
    clusterName: text.nullable(),
    unreadBecause: text.nullable().describe("Why the cluster was not read"),
    ingresses: list(ingress).describe("Those that the pull request touches, by namespace and name"),
    moved: list(z.object({ namespace: text, name: text, from: text, to: text })).describe(
      "Ingresses that are declared in another file now, and are the same",
    ),
    rewritten: list(text).describe("Files that changed, though no Ingress in them did"),
    claims: list(claim),
    problems: list(problem).describe("Those that the pull request brings, or that hide what it changes"),
  })
  .meta({ title: "ingress-audit pull request review, version 1" });

export type PullRequestReview = z.infer<typeof pullRequestReview>;
export type ReviewedIngress = z.infer<typeof ingress>;
export type ReviewedChange = z.infer<typeof change>;
export type ReviewedDrift = z.infer<typeof drift>;
export type ReviewedClaim = z.infer<typeof claim>;
export type ReviewedPlace = z.infer<typeof place>;
export type ReviewedRisk = z.infer<typeof risk>;

/**
 * Whether nobody has anything to look at. A merged pull request is done with once the cluster has all that it changes; of
 * one that was closed without a merge only what the cluster runs all the same is left.
 */
export function isNothingLeft({ pullRequest, ingresses, claims, problems }: PullRequestReview): boolean {
  const isClean = claims.length === 0 && problems.length === 0;
  switch (pullRequest.state) {
    case "open":
      return isClean && ingresses.length === 0;
    case "merged":
      return isClean && ingresses.every(isApplied);
    case "closed":
      return ingresses.every(({ changes }) => changes.every(({ effect }) => effect !== "already-live"));
    default:
      return pullRequest.state satisfies never;
  }
}

function isApplied({ change, live, changes, overwrites, drift }: ReviewedIngress): boolean {
  if (live === "unread" || change === "unreadable" || change === "mended") return false;
  const isLive = changes.every(({ effect }) => effect === "already-live");
  return isLive && [...overwrites, ...drift].every(({ verdict }) => verdict !== "out-of-band");
}
