import type { IngressId, LiveIngress } from "../../model/ingress.ts";
import { ingressKey } from "../../model/ingress.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";

/** What the cluster holds of one Ingress; null where it is known to hold none. */
export type LiveSide =
  | { readonly kind: "read"; readonly live: LiveIngress | null }
  | { readonly kind: "unread"; readonly because: string };

/** Unread is never absent: an Ingress is missing only where its namespace was read whole and without an error. */
export function liveSides(snapshot: LiveSnapshot): (id: IngressId) => LiveSide {
  const { namespaces } = snapshot;
  const live = new Map(snapshot.ingresses.map((each) => [ingressKey(each.id), each]));
  const errors = snapshot.problems.filter(({ level }) => level === "error");
  return (id) => {
    const found = live.get(ingressKey(id));
    if (found !== undefined) return { kind: "read", live: found };
    if (namespaces !== "all" && !namespaces.includes(id.namespace)) {
      return { kind: "unread", because: `the namespace ${id.namespace} was not read` };
    }
    const error = errors.find(
      ({ ingress }) => ingress === undefined || ingressKey(ingress) === ingressKey(id),
    );
    return error === undefined ? { kind: "read", live: null } : { kind: "unread", because: error.message };
  };
}
