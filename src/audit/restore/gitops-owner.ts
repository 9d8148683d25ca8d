import type { Declarer, DiscoveredSource } from "../../model/discovery.ts";
import { type DesiredIngress, type IngressId, ingressKey } from "../../model/ingress.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import type { Gathered } from "../gathered.ts";
import { snapshotOf } from "../read-declared.ts";
import { takesOf } from "../rendered/plan-sources.ts";
import { headTree } from "../rendered/render-sources.ts";
import type { GitOpsOwner } from "./restore-commands.ts";

export interface OwningSource {
  readonly owner: GitOpsOwner;
  /** `Application argocd/shop`. */
  readonly name: string;
  /** Other Ingresses of the same source. */
  readonly others: readonly IngressId[];
}

/** The GitOps object that applies an Ingress; null where none is known to. */
export async function gitOpsOwner(
  request: AuditRequest,
  { discovery, git }: AuditPorts,
  gathered: Gathered,
  desired: DesiredIngress,
): Promise<OwningSource | null> {
  if (discovery === null || !request.discover) return null;
  const tree = await headTree(git, snapshotOf(request));
  const liveObjects = gathered.live.gitOpsObjects ?? null;
  const { sources } = await discovery.discover({ tree, remotes: await git.remoteUrls(), liveObjects });
  const isOwn = ownerTest(gathered, desired);
  const found = sources.filter((each) => isOwn(each, desired));
  const [only, ...more] = found;
  const owner = only === undefined || more.length > 0 ? null : ownerOf(only.declaredBy);
  if (only === undefined || owner === null) return null;
  const others = gathered.desired.ingresses.filter(
    (each) => ingressKey(each.id) !== ingressKey(desired.id) && ownerTest(gathered, each)(only, each),
  );
  const { kind, name } = only.declaredBy;
  return { owner, name: `${kind} ${name}`, others: others.map(({ id }) => id) };
}

function ownerTest({ rendered }: Gathered, ingress: DesiredIngress) {
  const source = rendered?.sources.find(({ ingresses }) =>
    ingresses.some(({ id }) => ingressKey(id) === ingressKey(ingress.id)),
  );
  return (discovered: DiscoveredSource, { origin }: DesiredIngress): boolean => {
    if (source !== undefined) return source.source.id === discovered.source.id;
    return discovered.source.kind === "plain" && takesOf(discovered.source)(origin.path);
  };
}

function ownerOf({ kind, name }: Declarer): GitOpsOwner | null {
  if (kind === "Application") return { tool: "argocd", application: name };
  if (kind !== "Kustomization") return null;
  const [namespace = "", own = ""] = name.split("/");
  return { tool: "flux", namespace, name: own };
}
