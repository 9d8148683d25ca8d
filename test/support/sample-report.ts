import type { AuditReport, ReportedDivergence } from "../../src/report/audit-report.ts";
import { fingerprint } from "../../src/report/fingerprint.ts";
import { REPORT_SCHEMA } from "../../src/report/report-schema.ts";
import { EVERY_VERDICT } from "./sample-ingresses.ts";

/** The moment at which the sample is read. */
export const SAMPLE_NOW = new Date("2026-03-04T10:17:00Z");

/** A report with every verdict, every evidence, every change, every state, ignored ones and problems. */
export function sampleReport(): AuditReport {
  const ingresses = EVERY_VERDICT.map((ingress) => ({
    ...ingress,
    divergences: ingress.divergences.map((divergence) => ({
      id: fingerprint({ namespace: ingress.namespace, name: ingress.name, field: divergence.field }),
      ...divergence,
    })),
    leftOut: { ignored: ["web", "cart"].includes(ingress.name) ? 1 : 0, belowMinSeverity: 0 },
  }));
  return {
    ...inSyncReport(),
    summary: summarize(ingresses),
    ingresses,
    ignored: [
      {
        rule: "external-dns-ownership",
        reason: "external-dns marks what it manages.",
        count: 2,
        entries: ["shop/web", "shop/cart"].map((key) => ({
          namespace: "shop",
          name: key.slice("shop/".length),
          field: 'metadata.annotations["external-dns.alpha.kubernetes.io/owner"]',
          change: "added",
          desired: null,
          live: "prod-eu",
        })),
      },
    ],
    problems: [
      {
        path: "deploy/bad.yaml",
        line: 3,
        code: "duplicate-key",
        message: 'The key "host" occurs twice in one rule',
        remedy: "Remove one of the two; the API server would keep the last.",
        level: "error",
        ingress: { namespace: "shop", name: "bad" },
      },
      {
        path: "deploy/chart/templates/ingress.yaml",
        line: null,
        code: "not-rendered",
        message: "The file is a template and was not rendered",
        remedy: "Exclude it in .ingress-audit.yaml, or audit what it renders to.",
        level: "warning",
        ingress: null,
      },
    ],
  };
}

/** The same audit where everything agrees. */
export function inSyncReport(): AuditReport {
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "ingress-audit", version: "1.0.0" },
    git: {
      repository: "acme/shop",
      ref: "main",
      commit: "3f9c2ab4d5e6f708192a3b4c5d6e7f8091a2b3c4",
      shallow: false,
      worktree: false,
    },
    cluster: {
      name: "prod-eu",
      observedAt: "2026-03-04T10:15:00Z",
      appliedRevision: "1d2e3f405162738495a6b7c8d9e0f1a2b3c4d5e6",
      auditLog: { from: "2026-03-01T00:00:00Z", to: "2026-03-04T10:14:58.120000Z", events: 12_345 },
    },
    summary: summarize([]),
    ingresses: ["admin", "cart", "web"].map((name) => ({
      namespace: "shop",
      name,
      state: "in-sync" as const,
      origin: { path: `deploy/${name}.yaml`, line: 1, renderer: "plain" as const },
      divergences: [],
      leftOut: { ignored: 0, belowMinSeverity: 0 },
    })),
    ignored: [],
    belowMinSeverity: { minSeverity: "low", count: 0, entries: [] },
    problems: [],
  };
}

/** Of the three Ingresses one differs in two less severe fields, and one in what an ignore rule takes out. */
export function leftOutReport(): AuditReport {
  const report = inSyncReport();
  const leftOut = [
    { ignored: 0, belowMinSeverity: 2 },
    { ignored: 1, belowMinSeverity: 0 },
    { ignored: 0, belowMinSeverity: 0 },
  ];
  const entry = (name: string, field: string) => ({
    namespace: "shop",
    name,
    field,
    change: "changed" as const,
    desired: "web",
    live: "api",
  });
  return {
    ...report,
    summary: {
      ...report.summary,
      inSync: 1,
      diverged: 1,
      accepted: 1,
      ignored: 1,
      belowMinSeverity: 2,
    },
    ingresses: report.ingresses.map((ingress, index) => ({
      ...ingress,
      state: index < 2 ? "changed" : "in-sync",
      leftOut: leftOut[index] ?? ingress.leftOut,
    })),
    ignored: [
      {
        rule: "teams",
        reason: "Teams label by hand.",
        count: 1,
        entries: [entry("cart", 'metadata.labels["team"]')],
      },
    ],
    belowMinSeverity: {
      minSeverity: "high",
      count: 2,
      entries: [
        { ...entry("admin", 'metadata.labels["app"]'), severity: "low" },
        { ...entry("admin", 'metadata.labels["tier"]'), severity: "low" },
      ],
    },
  };
}

type SampleIngress = Pick<AuditReport["ingresses"][number], "state"> & {
  readonly divergences: readonly Pick<ReportedDivergence, "verdict" | "severity">[];
};

function summarize(ingresses: readonly SampleIngress[]): AuditReport["summary"] {
  const divergences = ingresses.flatMap((ingress) => ingress.divergences);
  const countOf = (wanted: string) =>
    divergences.filter(({ verdict, severity }) => verdict === wanted || severity === wanted).length;
  const states = (state: string) => ingresses.filter((ingress) => ingress.state === state).length;
  return {
    desired: ingresses.length === 0 ? 3 : ingresses.length - states("extra"),
    live: ingresses.length === 0 ? 3 : ingresses.length - states("missing"),
    inSync: ingresses.length === 0 ? 3 : states("in-sync"),
    diverged: ingresses.length - states("in-sync"),
    accepted: 0,
    verdicts: {
      pending: countOf("pending"),
      unmerged: countOf("unmerged"),
      "out-of-band": countOf("out-of-band"),
      controller: countOf("controller"),
    },
    severities: {
      low: countOf("low"),
      medium: countOf("medium"),
      high: countOf("high"),
      critical: countOf("critical"),
    },
    ignored: ingresses.length === 0 ? 0 : 2,
    belowMinSeverity: 0,
    elsewhere: 0,
    unreadable: ingresses.length === 0 ? 0 : 1,
    problems: ingresses.length === 0 ? 0 : 2,
  };
}
