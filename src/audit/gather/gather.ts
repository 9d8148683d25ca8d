import type { ComparedIngress } from "../../model/divergence.ts";
import { ingressKey } from "../../model/ingress.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import { attributionContext } from "../attributed/attribution-context.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import type { Declared } from "../desired/read-declared.ts";
import { readHistoryOf } from "../history/read-history-of.ts";
import { groupWrites } from "../trail/group-writes.ts";
import { ownWrites } from "../trail/own-writes.ts";
import { unknownDeployer } from "../writers/unknown-deployer.ts";
import { type Comparison, compareWithLive } from "./compare-with-live.ts";
import type { Gathered } from "./gathered.ts";
import { gatheredProblems } from "./gathered-problems.ts";
import { hiddenIngresses } from "./hidden-ingresses.ts";

/**
 * @param needsHistory Which Ingresses are to be attributed; by default those that diverge.
 * @param known What the repository declares, where it has been read already.
 */
export async function gather(
  asked: AuditRequest,
  ports: AuditPorts,
  needsHistory: (compared: ComparedIngress) => boolean = (compared) => compared.divergences.length > 0,
  known: Declared | null = null,
): Promise<Gathered> {
  const begun = new DisposableStack();
  try {
    const comparison = await compareWithLive(asked, ports, known, begun);
    return await gatherAround(comparison, asked, ports, comparison.compared.filter(needsHistory));
  } finally {
    begun.dispose();
  }
}

/** Git's history of those that want it, and the cluster's. */
async function gatherAround(
  comparison: Comparison,
  { commit }: AuditRequest,
  ports: AuditPorts,
  wanted: readonly ComparedIngress[],
): Promise<Gathered> {
  const { live, desired, applied, compared, others, theirs, elsewhere } = comparison;
  const { request, rendered } = comparison.plan;
  // Read in any case: a log that cannot be read is a mistake, whatever the audit finds.
  const trail = await readTrail(request, ports, live);
  const history =
    wanted.length === 0
      ? null
      : await readHistoryOf(request, ports, { commit, applied, desired, rendered, wanted });
  const hidden = await hiddenIngresses(ports.git, comparison, history);
  const hiddenKeys = new Set(hidden.ids.map(ingressKey));
  const writesOf = groupWrites(trail?.writes ?? [], live.ingresses, live.observedAt);
  const deployer = history === null ? null : unknownDeployer(compared, writesOf, request.policy);
  const cluster = { live, trail, writesOf, applied, unknownDeployer: deployer };
  return {
    ...cluster,
    commit,
    isShallow: await ports.git.isShallow(),
    desired,
    compared: compared.filter(({ id }) => !hiddenKeys.has(ingressKey(id))),
    hidden: hidden.ids,
    elsewhere,
    ofOthers: others.length === 0 ? null : theirs.ofOthers,
    problems: await gatheredProblems(comparison, ports, { trail, hidden: hidden.problems, deployer }),
    context: history === null ? null : attributionContext(request, history, cluster),
    rendered,
    discovered: comparison.plan.discovered,
    renderAsked: async () => (await rendered?.renderings.renderAsked(request.signal)) ?? false,
    appliedRevision: applied.common,
  };
}

async function readTrail(
  { signal }: AuditRequest,
  { auditTrail, progress }: AuditPorts,
  live: LiveSnapshot,
): Promise<AuditTrailContent | null> {
  if (auditTrail === null) return null;
  progress("Reading the audit log");
  return ownWrites(await auditTrail.read(signal), live);
}
