import { compareIngresses } from "../../compare/compare-ingresses.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { type Declared, desiredBy, snapshotOf } from "../desired/read-declared.ts";
import { type AppliedRevisions, appliedRevisions } from "../rendered/applied-revisions.ts";
import { planSources, type SourcePlan } from "../rendered/plan-sources.ts";
import {
  liveOfOthers,
  type OthersDeclared,
  type OthersLive,
  withoutDeclaredTwice,
} from "./declared-by-others.ts";
import { declaredElsewhere } from "./declared-elsewhere.ts";
import { pathsMatchNothing } from "./empty-paths.ts";
import { desiredWithin } from "./scope.ts";

/** What Git declares beside what the cluster has; history has not been asked yet. */
export interface Comparison extends OthersDeclared {
  readonly live: LiveSnapshot;
  readonly plan: SourcePlan;
  readonly applied: AppliedRevisions;
  /** Live ones that only files outside the paths given declare. */
  readonly elsewhere: readonly IngressId[];
  readonly theirs: OthersLive;
  /** Of this report; sorted by namespace, then name. */
  readonly compared: readonly ComparedIngress[];
}

/**
 * @param known What the repository declares, where it has been read already.
 * @param begun Takes what is begun before it is known to be needed.
 */
export async function compareWithLive(
  asked: AuditRequest,
  ports: AuditPorts,
  known: Declared | null,
  begun: DisposableStack,
): Promise<Comparison> {
  const { git, cluster, progress } = ports;
  const appliedRevision =
    asked.appliedRevision === null ? null : await git.resolveCommit(asked.appliedRevision);
  progress("Reading the cluster");
  const live = await cluster.read(asked.signal);
  progress("Reading the manifests");
  const at = snapshotOf(asked);
  const plan = known?.plan ?? (await planSources(asked, ports, at, live));
  const applied = await appliedRevisions(git, appliedRevision, plan);
  // With rendered sources the history is read for more paths than are known here.
  if (plan.rendered === null)
    begun.use(git.anticipateGraph(asked.commit, plan.request.selector, applied.commits));
  const own = known?.desired ?? (await desiredBy(plan, ports, at));
  const declared = await withoutDeclaredTwice(own, ports.neighbours ?? [], live);
  if (takesNothing(plan, declared)) throw await pathsMatchNothing(plan.request, git);
  return { live, plan, applied, ...declared, ...(await compareOwn(plan.request, ports, declared, live)) };
}

/** What cannot be read is not nothing. */
function takesNothing({ request, rendered }: SourcePlan, { desired }: OthersDeclared): boolean {
  return (
    request.isNarrowed && rendered === null && desired.files.length === 0 && desired.problems.length === 0
  );
}

/** Without the Ingresses that are in another report, or in none. */
async function compareOwn(
  request: AuditRequest,
  ports: AuditPorts,
  { desired, others }: OthersDeclared,
  live: LiveSnapshot,
): Promise<Pick<Comparison, "elsewhere" | "theirs" | "compared">> {
  const declared = desiredWithin(desired.ingresses, live.namespaces);
  const everything = compareIngresses(declared, live.ingresses, live);
  const elsewhere = await declaredElsewhere(request, ports, request.commit, everything);
  const theirs = await liveOfOthers(everything, { desired, others });
  const leftOut = new Set([...elsewhere, ...theirs.ofOthers, ...theirs.unknown].map(ingressKey));
  return { elsewhere, theirs, compared: everything.filter(({ id }) => !leftOut.has(ingressKey(id))) };
}
