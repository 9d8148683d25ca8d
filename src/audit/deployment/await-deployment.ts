import { AuditError } from "../../model/audit-error.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import type { DeploymentReport } from "../../report/deployment/deployment-report.ts";
import type { AuditPorts } from "../audit-request.ts";
import { backOff } from "./back-off.ts";
import { ClusterWatch } from "./cluster-watch.ts";
import { type DeployedFields, deployedFields } from "./deployed-fields.ts";
import type { DeploymentRequest, Patience } from "./deployment-request.ts";
import { splitByDeployment } from "./split-by-deployment.ts";

/**
 * Read the cluster again and again until it agrees with what was deployed, at the latest until the time is up; then say
 * what keeps it from agreeing, and who is behind that. Nothing is written to the cluster.
 *
 * Readings that fail for a reason that may pass are repeated; only where the last ones failed is the ending `unread`.
 *
 * @throws {AuditError} where waiting does not help: no access, no such commit.
 */
export async function awaitDeployment(
  request: DeploymentRequest,
  ports: AuditPorts,
  patience: Patience,
): Promise<DeploymentReport> {
  const startedAt = patience.now();
  const deadline = startedAt + request.timeoutMs;
  const { commit } = request.audit;
  const deployed = await deployedFields(request.audit, ports, commit, request.previous);
  const watch = new ClusterWatch(request.audit, ports);
  for (let readings = 1; ; readings += 1) {
    const isLast = patience.now() >= deadline;
    const error = await readOnce(watch, isLast);
    const open = error === null ? countOpen(watch.report, deployed, request) : null;
    if (open === 0 || isLast) {
      const report = watch.report === null ? null : await request.complete(watch.report);
      const parts = splitByDeployment(report, deployed);
      const waited = { readings, waitedMs: patience.now() - startedAt };
      return { commit, previous: deployed.previous, ...waited, ...parts, ...endingOf(report, error, open) };
    }
    ports.progress(
      open === null ? `The cluster cannot be read: ${error?.what}` : `${open} differences are open`,
    );
    // The last reading comes when the time is up, neither before nor after.
    const pause = Math.min(backOff(readings, patience.random), Math.max(0, deadline - patience.now()));
    await patience.sleep(pause, request.audit.signal);
  }
}

function countOpen(report: AuditReport | null, deployed: DeployedFields, request: DeploymentRequest): number {
  const { concerning, beside } = splitByDeployment(report, deployed);
  return concerning.length + (request.countsOtherDrift ? beside.length : 0);
}

function endingOf(report: AuditReport | null, error: AuditError | null, open: number | null) {
  if (error !== null || report === null) {
    return { ending: "unread", report, error: error ?? new Error("The cluster was not read") } as const;
  }
  return { ending: open === 0 ? "agreed" : "disagreed", report } as const;
}

/** @returns Why the cluster could not be read, where that may pass. */
async function readOnce(watch: ClusterWatch, isLast: boolean): Promise<AuditError | null> {
  try {
    await watch.read({ anew: isLast });
    return null;
  } catch (error) {
    if (error instanceof AuditError && MAY_PASS.includes(error.code)) return error;
    throw error;
  }
}

/** An API server that restarts or is overloaded refuses, is silent, or answers with nonsense for a while. */
const MAY_PASS: readonly string[] = ["live-unreachable", "live-timeout", "live-read-failed"];
