import type { AuditReport, ReportedDivergence } from "../../src/report/audit-report.ts";

type Sight = readonly [what: string, isSeen: (divergence: ReportedDivergence) => boolean];

/** What a reader of the demo must get to see. */
const SIGHTS: readonly Sight[] = [
  [
    "pending, through a pull request",
    (each) => each.verdict === "pending" && each.commits[0]?.pullRequest?.number === 52,
  ],
  [
    "pending, with a co-author",
    (each) => each.verdict === "pending" && each.commits[0]?.coAuthors.length === 1,
  ],
  ["unmerged, on another branch", (each) => each.verdict === "unmerged" && each.ref === "origin/account-sso"],
  [
    "a critical server-snippet by hand",
    (each) => isByHand(each) && each.severity === "critical" && each.field.includes("server-snippet"),
  ],
  [
    "a rollback by hand",
    (each) => isByHand(each) && each.matchesCommit !== null && each.conflict.length === 0,
  ],
  ["a conflict", (each) => isByHand(each) && each.conflict[0]?.pullRequest?.number === 53],
  ["deleted by hand", (each) => isByHand(each) && each.field === "" && each.change === "removed"],
  ["a controller's write", (each) => each.verdict === "controller" && each.field.includes("acme-challenge")],
];

/** @returns What the report of the demo should show and does not. */
export function missingFromDemo(report: AuditReport): readonly string[] {
  const divergences = report.ingresses.flatMap((ingress) => ingress.divergences);
  const missing = SIGHTS.filter(([, isSeen]) => !divergences.some(isSeen)).map(([what]) => what);
  return [
    ...missing,
    ...(report.ignored.some(({ rule }) => rule === "paused-alerts") ? [] : ["an ignored divergence"]),
    ...(report.summary.inSync > 0 ? [] : ["an Ingress in sync"]),
    ...report.problems.map(({ message }) => `no problem: ${message}`),
  ];
}

function isByHand({ verdict, evidence, actor }: ReportedDivergence): boolean {
  return verdict === "out-of-band" && evidence === "proven" && actor?.user?.endsWith("@example.com") === true;
}
