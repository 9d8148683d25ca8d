import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { ClusterReader } from "../../ports/cluster-reader.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { desiredBy } from "../desired/read-declared.ts";
import type { DesiredState } from "../desired/read-desired.ts";
import { type ClusterFacts, planSources, type SourcePlan } from "../rendered/plan-sources.ts";
import type { RenderedHead } from "../rendered/render-sources.ts";
import { ofUnrendered } from "../rendered/unrendered-ingresses.ts";
import type { ReviewPorts } from "./pull-request-request.ts";

/** What Git declares at one commit of a pull request, with what its sources render to there. */
export interface GitSide {
  readonly sha: string;
  readonly plan: SourcePlan;
  readonly desired: DesiredState;
  /** Everything that could not be read or rendered. */
  readonly problems: readonly Problem[];
}

/**
 * @param facts What the cluster tells of the sources: GitOps objects that stand in no file. Every side is read with the
 *   same, since the cluster still follows the base.
 */
export async function readGitSide(
  audit: AuditRequest,
  ports: Omit<AuditPorts, "cluster">,
  sha: string,
  facts: ClusterFacts,
): Promise<GitSide> {
  const at = { kind: "commit", sha } as const;
  const plan = await planSources(audit, ports, at, facts);
  const desired = await desiredBy(plan, ports, at);
  const { problems } = ofUnrendered([], plan.unrendered);
  return { sha, plan, desired, problems: [...desired.problems, ...plan.problems, ...problems] };
}

/** Nothing is known of a cluster that is not there, or cannot be read: whoever needs it then says so. */
export async function clusterFacts(
  { discover, signal }: AuditRequest,
  { cluster, discovery, sourceRenderer }: ReviewPorts,
): Promise<ClusterFacts> {
  const isAsked = discover && discovery !== null && sourceRenderer !== null;
  if (!isAsked || cluster === null) return NOTHING_KNOWN;
  return await cluster.read(signal).catch(() => NOTHING_KNOWN);
}

const NOTHING_KNOWN: ClusterFacts = { cluster: null, server: null, gitOpsObjects: null };

/** Reads the cluster once, however often it is asked. */
export function readingOnce(cluster: ClusterReader): ClusterReader {
  let read: ReturnType<ClusterReader["read"]> | null = null;
  return {
    read: (signal) => {
      read ??= cluster.read(signal);
      return read;
    },
  };
}

/** The sources of a side that could not be rendered. */
export function brokenSources({ plan }: GitSide): readonly RenderedHead[] {
  const sources = plan.rendered?.sources ?? [];
  return sources.filter(({ problems }) => problems.some(({ level }) => level === "error"));
}

/**
 * What a side would declare too, by what the same source declares elsewhere, could its sources be rendered, and could
 * the files be read that say what they are.
 */
export function hiddenByBroken(side: GitSide, others: readonly GitSide[]): readonly IngressId[] {
  const broken = new Set(brokenSources(side).map(({ source }) => source.id));
  const known = new Set(side.plan.rendered?.sources.map(({ source }) => source.id) ?? []);
  const unread = new Set(side.problems.filter(({ level }) => level === "error").map(({ path }) => path));
  const isLost = ({ source, inputs, definedBy }: RenderedHead) =>
    !known.has(source.id) && [...inputs, ...definedBy].some((path) => unread.has(path));
  const declared = new Set(side.desired.ingresses.map(({ id }) => ingressKey(id)));
  return others
    .flatMap(({ plan }) => plan.rendered?.sources ?? [])
    .filter((each) => broken.has(each.source.id) || isLost(each))
    .flatMap(({ ingresses }) => ingresses.map(({ id }) => id))
    .filter((id) => !declared.has(ingressKey(id)));
}
