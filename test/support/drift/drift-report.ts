import type { AuditReport, ReportedCommit, ReportedDivergence } from "../../../src/report/audit-report.ts";
import { fingerprint } from "../../../src/report/fingerprint.ts";
import { inSyncReport } from "../sample-report.ts";

export const API_FIELD =
  'spec.rules[host="shop.example.com"].http.paths[path="/api",pathType="Prefix"].backend.service.name';
export const SIZE_FIELD = 'metadata.annotations["nginx.ingress.kubernetes.io/proxy-body-size"]';

export type DivergenceInput = Partial<ReportedDivergence>;

/** The divergences by Ingress, `namespace/name`; an Ingress without any is in sync. */
export type Differences = Readonly<Record<string, readonly DivergenceInput[]>>;

export const ALICE = {
  user: "alice@example.com",
  impersonatedBy: null,
  groups: [],
  source: "cli",
  userAgent: "kubectl/v1.36.3 (linux/amd64) kubernetes/$Format",
  sourceIP: "192.0.2.10",
  fieldManager: "kubectl-edit",
  operation: "patch",
  at: "2026-03-04T09:12:11.000900Z",
  auditID: "a-1",
} as const;

export const BO_COMMIT: ReportedCommit = {
  sha: "b0b0000000000000000000000000000000000001",
  author: { name: "Bo Chen", email: "bo@example.com", login: "bochen" },
  coAuthors: [],
  authoredAt: "2026-03-02T09:00:00.000Z",
  committedAt: "2026-03-02T09:00:00.000Z",
  subject: "web: send /api to api-v2",
  ref: null,
  pullRequest: null,
};

/** A divergence that alice made in the cluster, changed as the input says. */
export function divergence(ingress: string, input: DivergenceInput = {}): ReportedDivergence {
  const [namespace = "", name = ""] = ingress.split("/");
  const field = input.field ?? API_FIELD;
  return {
    id: fingerprint({ namespace, name, field }),
    field,
    change: "changed",
    desired: "api",
    live: "api-hotfix",
    line: 27,
    verdict: "out-of-band",
    evidence: "proven",
    reason: "alice@example.com changed this in the cluster at 2026-03-04T09:12:11Z.",
    remedy: "Ask them why; then commit the live value, or apply Git's again.",
    severity: "high",
    severityRule: "backend-moved",
    severityReason: "Requests go to another backend than Git names.",
    rule: null,
    ref: null,
    commits: [],
    conflict: [],
    matchesCommit: null,
    actor: ALICE,
    ...input,
  };
}

/** What a pending divergence has that differs from alice's. */
export const PENDING: DivergenceInput = {
  desired: "api-v2",
  live: "api",
  verdict: "pending",
  evidence: "indicated",
  reason: "commit b0b00000 moved Git on and has not reached the cluster.",
  commits: [BO_COMMIT],
  actor: null,
};

/** A report of one reading of the cluster. */
export function driftReport(differences: Differences, at = "2026-03-04T10:15:00Z"): AuditReport {
  const base = inSyncReport();
  const ingresses = Object.entries(differences).map(([key, inputs]) => {
    const [namespace = "", name = ""] = key.split("/");
    return {
      namespace,
      name,
      state: inputs.length === 0 ? ("in-sync" as const) : ("changed" as const),
      origin: { path: `deploy/${name}.yaml`, line: 1, renderer: "plain" as const },
      leftOut: { ignored: 0, belowMinSeverity: 0 },
      divergences: inputs.map((input) => divergence(key, input)),
    };
  });
  return { ...base, ingresses, cluster: { ...base.cluster, observedAt: at } };
}
