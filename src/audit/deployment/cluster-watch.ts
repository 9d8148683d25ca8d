import type { ComparedIngress } from "../../model/divergence.ts";
import { ingressKey } from "../../model/ingress.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { gather } from "../gather/gather.ts";
import { runAudit } from "../run-audit.ts";

/**
 * Audits one cluster again and again. Git's history and the audit log are read only when something else differs than at
 * the last reading: most readings find what the one before found.
 */
export class ClusterWatch {
  readonly #request: AuditRequest;
  readonly #ports: AuditPorts;
  #differences: string | null = null;
  #report: AuditReport | null = null;

  constructor(request: AuditRequest, ports: AuditPorts) {
    this.#request = request;
    this.#ports = ports;
  }

  /** What the last reading that succeeded found; null before the first. */
  get report(): AuditReport | null {
    return this.#report;
  }

  /** @param anew Attribute again even where the same differs: the audit log may tell more by now. */
  async read({ anew }: { readonly anew: boolean }): Promise<AuditReport> {
    const live = await this.#ports.cluster.read(this.#request.signal);
    const ports = { ...this.#ports, cluster: { read: async () => live } };
    const glance = await gather(this.#request, { ...ports, auditTrail: null }, () => false);
    const differences = JSON.stringify([glance.compared.map(differencesOf), glance.problems]);
    if (this.#report !== null && !anew && differences === this.#differences) {
      const observed = { ...this.#report.cluster, observedAt: live.observedAt };
      this.#report = { ...this.#report, cluster: observed };
      return this.#report;
    }
    this.#report = await runAudit(this.#request, ports);
    this.#differences = differences;
    return this.#report;
  }
}

/** The object's own version too: the same value may have been written again by somebody else. */
function differencesOf({ id, divergences, live }: ComparedIngress) {
  if (divergences.length === 0) return null;
  return [ingressKey(id), divergences, live?.object.metadata ?? null];
}
