import type { AuditError } from "../../model/audit-error.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import { type PullRequestReview, REVIEW_SCHEMA } from "../../report/pull-request/pull-request-review.ts";
import type { Gathered } from "../gather/gathered.ts";
import { terminatingIngresses } from "../gather/terminating-ingresses.ts";
import type { CommitLookup } from "../reporting/build-report.ts";
import { logCoverage } from "../run-audit.ts";
import type { CommitsOfChange } from "./change-commits.ts";
import { claimsElsewhere } from "./claims-elsewhere.ts";
import { claimsOfChange } from "./claims-of-change.ts";
import { type IngressSides, ingressSides } from "./ingress-sides.ts";
import { type LiveSide, liveSides } from "./live-side.ts";
import { predictMerge } from "./predict-merge.ts";
import type { ReviewFindings } from "./review-findings.ts";
import { reviewIngress } from "./review-ingress.ts";
import { declaredIn } from "./side.ts";

export interface ReviewMaterial extends ReviewFindings {
  readonly clusterError: AuditError | null;
  readonly commitsOf: CommitsOfChange;
  readonly lookup: CommitLookup;
}

export function buildReview(material: ReviewMaterial): PullRequestReview {
  const { request, commits, sides, gathered, repository, shallow } = material;
  const { audit, pullRequest } = request;
  const { number, baseRef, headRef, headSha, state } = pullRequest;
  return {
    schema: REVIEW_SCHEMA,
    tool: audit.tool,
    pullRequest: { number, baseRef, headRef, headSha, state },
    git: { repository, base: commits.base, head: commits.head, shallow },
    clusterName: audit.clusterName ?? gathered?.live.cluster ?? null,
    cluster: gathered === null ? null : clusterOf(material, gathered),
    unreadBecause: unreadBecause(material),
    ingresses: reviewedIngresses(material),
    moved: sides.moved.map(({ id, from, to }) => ({ namespace: id.namespace, name: id.name, from, to })),
    rewritten: sides.rewritten,
    claims: claimsElsewhere(sides.touched, claimSources(material)),
    problems: problemsOf(material).map(({ ingress, ...problem }) => ({
      ...problem,
      ingress: ingress ?? null,
    })),
  };
}

function reviewedIngresses(material: ReviewMaterial): PullRequestReview["ingresses"] {
  const { attributed, ignored, belowMinSeverity, commitsOf, lookup } = material;
  const byKey = new Map(attributed.map((each) => [ingressKey(each.compared.id), each]));
  const entries = [...ignored, belowMinSeverity].flatMap((rule) => rule.entries ?? []);
  return sidesOf(material).map((sides) => {
    const key = ingressKey(sides.touched.id);
    const findings = {
      sides,
      attributed: byKey.get(key) ?? null,
      ignored: entries.filter((entry) => ingressKey(entry) === key).length,
      unknownDeployer: material.gathered?.unknownDeployer ?? null,
    };
    return reviewIngress(findings, commitsOf, lookup);
  });
}

function sidesOf(material: ReviewMaterial): readonly IngressSides[] {
  const { gathered, request, sides } = material;
  const claims = claimsOfChange(claimSources(material));
  const liveOf: (id: IngressId) => LiveSide =
    gathered === null
      ? () => ({ kind: "unread", because: unreadBecause(material) ?? "" })
      : liveSides(gathered.live);
  return sides.touched.map((touched) => {
    const live = liveOf(touched.id);
    const merge = {
      base: declaredIn(touched.base)?.object ?? null,
      head: declaredIn(touched.head)?.object ?? null,
      live: live.kind === "read" ? (live.live?.object ?? null) : null,
    };
    return ingressSides(touched, live, predictMerge(merge, request.audit.policy), claims(touched.id));
  });
}

function claimSources({ sides, gathered }: ReviewMaterial) {
  return { base: sides.base, merged: sides.merged, live: gathered?.live.ingresses ?? [] };
}

function clusterOf({ request }: ReviewMaterial, gathered: Gathered): PullRequestReview["cluster"] {
  return {
    name: request.audit.clusterName ?? gathered.live.cluster,
    observedAt: gathered.live.observedAt,
    appliedRevision: gathered.appliedRevision,
    auditLog: logCoverage(gathered),
  };
}

/** Without the full stop: a sentence goes on around it. */
function unreadBecause({ gathered, clusterError, sides }: ReviewMaterial): string | null {
  if (gathered !== null || sides.touched.length === 0) return null;
  return clusterError === null
    ? "this run was given no access to the cluster"
    : `${clusterError.what}. ${clusterError.mend.replace(/\.$/, "")}`;
}

/** The head's new ones, and what the reader should know of the live objects. */
function problemsOf({ sides, gathered }: ReviewMaterial): readonly Problem[] {
  const keys = new Set(sides.touched.map(({ id }) => ingressKey(id)));
  const terminating = terminatingIngresses(gathered?.compared ?? []);
  return [
    ...sides.problems,
    ...terminating.filter(({ ingress }) => ingress !== undefined && keys.has(ingressKey(ingress))),
  ];
}
