import { fieldManagerEntries } from "../attribute/managed-fields.ts";
import { compareIngresses } from "../compare/compare-ingresses.ts";
import type { ClusterWrite } from "../model/cluster-write.ts";
import type { DiscoveredSource } from "../model/discovery.ts";
import type { ComparedIngress } from "../model/divergence.ts";
import { type IngressId, ingressKey, type LiveIngress } from "../model/ingress.ts";
import { isJsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { AuditTrailContent } from "../ports/audit-trail.ts";
import type { LiveSnapshot } from "../ports/cluster-reader.ts";
import type { AttributionContext } from "./attribute-ingress.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { liveOfOthers, withoutDeclaredTwice } from "./declared-by-others.ts";
import { declaredElsewhere } from "./declared-elsewhere.ts";
import { declaredOutsideSources } from "./declared-outside-sources.ts";
import { emptyNamespaces } from "./empty-namespaces.ts";
import { emptyPaths, pathsMatchNothing } from "./empty-paths.ts";
import { formerPaths } from "./former-paths.ts";
import { logSilence } from "./log-silence.ts";
import { ownWrites } from "./own-writes.ts";
import { type Declared, desiredBy, snapshotOf } from "./read-declared.ts";
import type { DesiredState } from "./read-desired.ts";
import { type History, readHistory } from "./read-history.ts";
import { type AppliedRevisions, appliedRevisions } from "./rendered/applied-revisions.ts";
import { planSources } from "./rendered/plan-sources.ts";
import type { RenderedSources } from "./rendered/render-sources.ts";
import { ofUnrendered } from "./rendered/unrendered-ingresses.ts";
import { desiredWithin, problemsWithin } from "./scope.ts";
import { terminatingIngresses } from "./terminating-ingresses.ts";
import { type UnknownDeployer, unknownDeployer } from "./unknown-deployer.ts";
import { unknownDeployerProblem } from "./unknown-deployer-problem.ts";
import { hiddenByUnreadable, hiddenInCluster, hiddenProblem } from "./unreadable-files.ts";
import { writesUntil } from "./writes-until.ts";

/** Everything that was read and compared; nothing decided yet. */
export interface Gathered {
  readonly commit: string;
  readonly isShallow: boolean;
  readonly desired: DesiredState;
  readonly live: LiveSnapshot;
  readonly trail: AuditTrailContent | null;
  /** The log's writes to one Ingress, cut where the cluster was read. */
  readonly writesOf: (id: IngressId) => readonly ClusterWrite[];
  /** Sorted by namespace, then name; without those that an unreadable input hides. */
  readonly compared: readonly ComparedIngress[];
  readonly hidden: readonly IngressId[];
  /** Live ones that only files outside the paths given declare. */
  readonly elsewhere: readonly IngressId[];
  /** Live ones that are in the report of another repository; null where there is no other one. */
  readonly ofOthers: readonly IngressId[] | null;
  readonly problems: readonly Problem[];
  /** null where nothing asked for history. */
  readonly context: AttributionContext | null;
  readonly appliedRevision: string | null;
  readonly unknownDeployer: UnknownDeployer | null;
  readonly applied: AppliedRevisions;
  /** null where nothing is rendered by a tool. */
  readonly rendered: RenderedSources | null;
  /** The sources that GitOps tools and kustomizations tell of, with what applies them. */
  readonly discovered: readonly DiscoveredSource[];
  /**
   * Render the older versions that the attribution has asked for and that were not known.
   *
   * @returns false where it has asked for none: what it said is whole. Otherwise it has to be done again.
   */
  readonly renderAsked: () => Promise<boolean>;
}

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
    return await gatherAhead(asked, ports, needsHistory, known, begun);
  } finally {
    begun.dispose();
  }
}

/** @param begun Takes what is begun before it is known to be needed. */
async function gatherAhead(
  asked: AuditRequest,
  ports: AuditPorts,
  needsHistory: (compared: ComparedIngress) => boolean,
  known: Declared | null,
  begun: DisposableStack,
): Promise<Gathered> {
  const { git, cluster, progress } = ports;
  const { commit } = asked;
  const appliedRevision =
    asked.appliedRevision === null ? null : await git.resolveCommit(asked.appliedRevision);
  progress("Reading the cluster");
  const live = await cluster.read(asked.signal);
  progress("Reading the manifests");
  const at = snapshotOf(asked);
  const plan = known?.plan ?? (await planSources(asked, ports, at, live));
  const { request, rendered } = plan;
  const applied = await appliedRevisions(git, appliedRevision, plan);
  // With rendered sources the history is read for more paths than are known here.
  if (rendered === null) begun.use(git.anticipateGraph(commit, request.selector, applied.commits));
  const own = known?.desired ?? (await desiredBy(plan, ports, at));
  const { desired, others } = await withoutDeclaredTwice(own, ports.neighbours ?? [], live);
  if (request.isNarrowed && desired.files.length === 0 && rendered === null)
    throw await pathsMatchNothing(request, git);
  const everything = compareIngresses(
    desiredWithin(desired.ingresses, live.namespaces),
    live.ingresses,
    live,
  );
  const elsewhere = await declaredElsewhere(request, ports, commit, everything);
  const theirs = await liveOfOthers(everything, { desired, others });
  const elsewhereKeys = new Set([...elsewhere, ...theirs.ofOthers, ...theirs.unknown].map(ingressKey));
  const compared = everything.filter(({ id }) => !elsewhereKeys.has(ingressKey(id)));

  const wanted = compared.filter(needsHistory);
  // Read in any case: a log that cannot be read is a mistake, whatever the audit finds.
  const trail = await readTrail(request, ports, live);
  const history =
    wanted.length === 0
      ? null
      : await readHistoryOf(request, ports, { commit, applied, desired, rendered, wanted });
  const unrendered = ofUnrendered(compared, plan.unrendered);
  const isExtra = ({ state }: ComparedIngress) => state === "extra";
  const undecided = plan.isUndecided ? compared.filter(isExtra).map(({ id }) => id) : [];
  const hidden = [
    ...(await hiddenByUnreadable(git, compared, desired, history)),
    ...hiddenInCluster(compared, live.problems),
    ...unrendered.hidden,
    ...theirs.unknown,
    ...undecided,
  ];
  const isToldOfOtherwise = new Set([...unrendered.hidden, ...theirs.unknown, ...undecided].map(ingressKey));
  const hiddenKeys = new Set(hidden.map(ingressKey));
  const writesOf = groupWrites(trail?.writes ?? [], live.ingresses, live.observedAt);
  const candidate = history === null ? null : unknownDeployer(compared, writesOf, request.policy);
  return {
    commit,
    isShallow: await git.isShallow(),
    desired,
    live,
    trail,
    compared: compared.filter(({ id }) => !hiddenKeys.has(ingressKey(id))),
    hidden,
    elsewhere,
    ofOthers: others.length === 0 ? null : theirs.ofOthers,
    problems: [
      ...problemsWithin(desired.problems, live.namespaces),
      ...live.problems,
      ...(trail?.problems ?? []),
      ...hidden.filter((id) => !isToldOfOtherwise.has(ingressKey(id))).map(hiddenProblem),
      ...theirs.problems,
      ...unrendered.problems,
      ...plan.problems,
      ...(await declaredOutsideSources(request, ports, commit, compared, plan.isInput)),
      ...terminatingIngresses(compared),
      ...(await emptyPaths(request, git, desired.files)),
      ...emptyNamespaces(live, desired),
      ...(candidate === null ? [] : [unknownDeployerProblem(candidate)]),
    ],
    context:
      history === null
        ? null
        : contextOf(request, history, { live, trail, writesOf, applied, unknownDeployer: candidate }),
    writesOf,
    applied,
    rendered,
    discovered: plan.discovered,
    renderAsked: async () => (await rendered?.renderings.renderAsked(request.signal)) ?? false,
    appliedRevision: applied.common,
    unknownDeployer: candidate,
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

/** The history of some of the Ingresses, of any that the audit has compared or that was there once. */
export async function readHistoryOf(
  request: AuditRequest,
  ports: AuditPorts,
  known: Pick<Gathered, "commit" | "applied" | "desired" | "rendered"> & {
    readonly wanted: readonly Pick<ComparedIngress, "id" | "state">[];
  },
): Promise<History> {
  ports.progress("Reading Git's history");
  const { commit, wanted } = known;
  const further = known.applied.commits;
  const extras = wanted.filter(({ state }) => state === "extra").map(({ id }) => id);
  const former = await formerPaths(request, ports, commit, further, extras);
  return readHistory(ports.git, ports.renderer, {
    commit,
    further,
    former,
    ...(request.proposed === undefined ? {} : { proposed: request.proposed }),
    selector: request.selector,
    namespaceFor: request.namespaceFor,
    links: known.desired.files.flatMap(({ path, linkTarget }) =>
      linkTarget === null ? [] : [{ path, target: linkTarget }],
    ),
    ids: wanted.map(({ id }) => id),
    undeclared: extras,
    worktree: request.worktree,
    rendered: known.rendered,
    now: request.now,
  });
}

export function contextOf(
  { policy, wider }: AuditRequest,
  { index, versions }: History,
  {
    live,
    trail,
    writesOf,
    applied,
    unknownDeployer,
  }: Pick<Gathered, "live" | "trail" | "writesOf" | "applied" | "unknownDeployer">,
): AttributionContext {
  const { ingresses, observedAt } = live;
  const managers = ingresses.flatMap(({ object }) => fieldManagerEntries(object));
  return {
    index,
    versions,
    trail,
    writesOf,
    likelyDeployer: unknownDeployer?.manager?.name ?? null,
    silence: trail === null ? null : logSilence(trail, live),
    appliedCommitOf: (id) => {
      const revision = applied.of(id);
      return revision === null ? null : index.indexOfSha(revision);
    },
    observedAt,
    // Anybody may call itself a deployer in an annotation's entry; one that deploys has written specs.
    knowsDeployer: managers.some(
      ({ fields, manager }) => policy.isDeployerManager(manager) && isJsonObject(fields["f:spec"]),
    ),
    recordsManagers: managers.length > 0,
    policy,
    isPartial: wider.isWhole !== true,
  };
}

/** Cut where the cluster was read, once for all that draws on the log. */
function groupWrites(
  writes: readonly ClusterWrite[],
  ingresses: readonly LiveIngress[],
  observedAt: string | null,
): (id: IngressId) => readonly ClusterWrite[] {
  const byKey = Map.groupBy(writes, (write) => ingressKey(write.id));
  const live = new Map(ingresses.map((each) => [ingressKey(each.id), each]));
  return (id) => {
    const key = ingressKey(id);
    return writesUntil(byKey.get(key) ?? [], live.get(key) ?? null, observedAt);
  };
}
