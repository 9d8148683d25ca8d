import type { ClusterWrite } from "../../model/cluster-write.ts";
import { type IngressId, ingressKey, type LiveIngress } from "../../model/ingress.ts";
import { writesUntil } from "./writes-until.ts";

/** Cut where the cluster was read, once for all that draws on the log. */
export function groupWrites(
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
