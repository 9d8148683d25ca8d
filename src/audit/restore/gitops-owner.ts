import type { Applier, DiscoveredSource } from "../../model/discovery.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import { type DesiredIngress, type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Gathered } from "../gather/gathered.ts";
import { takesOf } from "../rendered/plan-sources.ts";
import { marksOf } from "../writers/marks-of.ts";
import { type LiveMark, markOf } from "./live-mark.ts";

/** What applies an Ingress, as far as it is known. */
export type GitOpsOwner =
  /** By a source that the audit knows. */
  | {
      readonly kind: "known";
      readonly applier: Applier;
      /** Whether Git says what it is: then a commit may have changed the object itself. */
      readonly isInGit: boolean;
      /** Other Ingresses of the same source. */
      readonly others: readonly IngressId[];
    }
  /** By its mark on the live object alone: which revision of what it applies is not known here. */
  | { readonly kind: "marked"; readonly mark: LiveMark };

/** The GitOps object that applies an Ingress; null where none is known to. */
export function gitOpsOwner(gathered: Gathered, { desired, live }: ComparedIngress): GitOpsOwner | null {
  const mark = live === null ? null : markOf(live);
  const found = desired === null ? [] : gathered.discovered.filter(ownerTest(gathered, desired));
  const applied = found.filter(({ appliedBy }) => appliedBy !== null);
  const [source, ...more] = applied.length > 1 ? applied.filter(bears(mark)) : applied;
  const applier = source?.appliedBy ?? null;
  if (desired === null || source === undefined || applier === null || more.length > 0)
    return mark === null ? null : { kind: "marked", mark };
  const others = gathered.desired.ingresses.filter(
    (each) => ingressKey(each.id) !== ingressKey(desired.id) && ownerTest(gathered, each)(source),
  );
  return {
    kind: "known",
    applier: withNamespace(idleFor(applier, desired, live), mark),
    isInGit: source.definedBy.length > 0,
    others: others.map(({ id }) => id),
  };
}

function ownerTest({ rendered }: Gathered, ingress: DesiredIngress): (source: DiscoveredSource) => boolean {
  const rendering = rendered?.sources.find(({ ingresses }) =>
    ingresses.some(({ id }) => ingressKey(id) === ingressKey(ingress.id)),
  );
  return ({ source }) => {
    if (rendering !== undefined) return rendering.source.id === source.id;
    return source.kind === "plain" && takesOf(source)(ingress.origin.path);
  };
}

/** Of several that would apply it, the one whose mark the live object bears. */
function bears(mark: LiveMark | null): (source: DiscoveredSource) => boolean {
  return ({ appliedBy }) => appliedBy !== null && isOf(mark, appliedBy);
}

function isOf(mark: LiveMark | null, { kind, name, namespace }: Applier): boolean {
  if (mark === null || mark.kind !== kind || mark.name !== name) return false;
  return mark.namespace === null || namespace === null || mark.namespace === namespace;
}

/** Its manifest may leave the namespace to a kustomization; what it applied names it. */
function withNamespace(applier: Applier, mark: LiveMark | null): Applier {
  const namespace = applier.namespace ?? (isOf(mark, applier) ? (mark?.namespace ?? null) : null);
  const isLost = namespace === null && applier.kind === "HelmRelease";
  const idle = isLost ? "nothing here says in which namespace it is" : null;
  return { ...applier, namespace, idle: applier.idle ?? idle };
}

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
function idleFor(applier: Applier, desired: DesiredIngress, live: ComparedIngress["live"]): Applier {
  if (applier.kind !== "Kustomization" || applier.idle !== null) return applier;
  const isTold = [desired, live].some((each) => {
    const { annotations } = marksOf(each?.object.metadata);
    const apply = annotations["kustomize.toolkit.fluxcd.io/ssa"]?.toLowerCase();
    const isOnce = apply === "ifnotpresent" && live !== null;
    return (
      annotations["kustomize.toolkit.fluxcd.io/reconcile"] === "disabled" || apply === "ignore" || isOnce
    );
  });
  return isTold ? { ...applier, idle: "an annotation of the Ingress tells it not to" } : applier;
}
