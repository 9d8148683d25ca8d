import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import { WHOLE_CLUSTER } from "../../report/drift-issue/issue-state.ts";
import { type ShownIngress, worstFirst } from "../../report/worst-first.ts";
import type { AuditScope } from "../run-traced-audit.ts";
import type { DriftIssueOptions } from "./drift-issue-options.ts";

/** What an issue is about, and what differs in it now. */
export interface Subject {
  /** `namespace/name`, or `*` for the whole cluster. */
  readonly name: string;
  /** Worst first; never empty. */
  readonly shown: readonly ShownIngress[];
}

/** The subjects of which something differs, worst first. A controller's own work opens no issue. */
export function subjectsOf(report: AuditReport, issuePer: DriftIssueOptions["issuePer"]): readonly Subject[] {
  const shown = worstFirst(report, { showIgnored: false });
  if (issuePer === "cluster") return shown.length === 0 ? [] : [{ name: WHOLE_CLUSTER, shown }];
  return shown.map((entry) => ({ name: ingressKey(entry.ingress), shown: [entry] }));
}

/** Whether an audit says anything of an Ingress, and if not, why. */
export type Reading = { readonly kind: "read" } | { readonly kind: "unread"; readonly why: string };

/**
 * Whether the audit says something of an Ingress. Unreadable is never absent: one that the report does not list is gone
 * only where the audit read everything, and where it lies in what was read.
 *
 * @param ingress `namespace/name`.
 */
export function readingOf(report: AuditReport, scope: AuditScope): (ingress: string) => Reading {
  const listed = new Set(report.ingresses.map(ingressKey));
  const hiding = report.problems.filter(
    ({ level, code }) => level === "error" || code === "hidden-by-unreadable",
  );
  const hidden = new Set(hiding.flatMap(({ ingress }) => (ingress === null ? [] : [ingressKey(ingress)])));
  return (ingress) => {
    if (hidden.has(ingress)) return unread("it could not be read");
    if (listed.has(ingress)) return { kind: "read" };
    if (!isWhole(report)) return unread("it may be in a part of the input that could not be read");
    if (scope.isNarrowed) return unread("only some paths were audited");
    const isInScope = scope.namespaces === "all" || scope.namespaces.includes(ingressIdOf(ingress).namespace);
    return isInScope ? { kind: "read" } : unread("its namespace was not audited");
  };
}

/** Whether the audit could read everything that it was to read. */
export function isWhole({ problems, summary }: AuditReport): boolean {
  return summary.unreadable === 0 && problems.every(({ level }) => level !== "error");
}

function unread(why: string): Reading {
  return { kind: "unread", why };
}

/** `namespace/name` taken apart. */
export function ingressIdOf(key: string): IngressId {
  const slash = key.indexOf("/");
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
