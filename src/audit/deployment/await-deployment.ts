import { AuditError } from "../../model/audit-error.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import type { Deployment, DeploymentReport } from "../../report/deployment/deployment-report.ts";
import type { AuditPorts } from "../audit-request.ts";
import { backOff } from "./back-off.ts";
import { ClusterWatch } from "./cluster-watch.ts";
import { deployedFields } from "./deployed-fields.ts";
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
  const { audit, timeoutMs, countsOtherDrift } = request;
  const startedAt = patience.now();
  const deadline = startedAt + timeoutMs;
  const commit = await ports.git.resolveCommit(audit.ref);
  const deployed = await deployedFields(audit, ports, commit, request.previous);
  const watch = new ClusterWatch(audit, ports);
  for (let readings = 1; ; readings += 1) {
    const isLast = patience.now() >= deadline;
    const reading = await readOnce(watch, isLast);
    const parts =
      watch.report === null ? { concerning: [], beside: [] } : splitByDeployment(watch.report, deployed);
    const waited = { commit, previous: deployed.previous, readings, waitedMs: patience.now() - startedAt };
    const deployment: Deployment = { ...waited, ...parts };
    if (reading.error === null) {
      const open = [...parts.concerning, ...(countsOtherDrift ? parts.beside : [])];
      if (open.length === 0) return { ...deployment, ending: "agreed", report: reading.report };
      if (isLast) return { ...deployment, ending: "disagreed", report: reading.report };
      ports.progress(`${open.length} of the differences are open after reading ${readings}`);
    } else if (isLast) {
      return { ...deployment, ending: "unread", report: watch.report, error: reading.error };
    }
    // The last reading comes when the time is up, neither before nor after.
    const pause = Math.min(backOff(readings, patience.random), Math.max(0, deadline - patience.now()));
    await patience.sleep(pause, audit.signal);
  }
}

type Reading =
  | { readonly error: null; readonly report: AuditReport }
  | { readonly error: AuditError; readonly report: null };

async function readOnce(watch: ClusterWatch, isLast: boolean): Promise<Reading> {
  try {
    return { error: null, report: await watch.read({ anew: isLast }) };
  } catch (error) {
    if (error instanceof AuditError && MAY_PASS.includes(error.code)) return { error, report: null };
    throw error;
  }
}

/** An API server that restarts or is overloaded refuses, is silent, or answers with nonsense for a while. */
const MAY_PASS: readonly string[] = ["live-unreachable", "live-timeout", "live-read-failed"];
