import { AuditError } from "../../model/audit-error.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { ClusterReader } from "../../ports/cluster-reader.ts";
import type { AuditRequest } from "../audit-request.ts";
import { gather } from "../gather/gather.ts";
import type { Gathered } from "../gather/gathered.ts";
import type { ReviewPorts } from "./pull-request-request.ts";

export interface GatheredTouched {
  /** null where the cluster was not read. */
  readonly gathered: Gathered | null;
  /** Why not, where it should have been. */
  readonly error: AuditError | null;
}

/** Read the cluster, and the history of the touched Ingresses in it; where nothing is touched, nothing is read. */
export async function gatherTouched(
  request: AuditRequest,
  { cluster, ...ports }: ReviewPorts,
  ids: readonly IngressId[],
): Promise<GatheredTouched> {
  if (cluster === null || ids.length === 0) return { gathered: null, error: null };
  const keys = new Set(ids.map(ingressKey));
  const watched = new WatchedReader(cluster);
  try {
    const gathered = await gather(request, { ...ports, cluster: watched }, ({ id }) =>
      keys.has(ingressKey(id)),
    );
    return { gathered, error: null };
  } catch (error) {
    if (error instanceof AuditError && error === watched.failure) return { gathered: null, error };
    throw error;
  }
}

/** Of what was compared, in its order, what is touched. */
export function touchedWithin({ compared }: Gathered, ids: readonly IngressId[]): readonly ComparedIngress[] {
  const keys = new Set(ids.map(ingressKey));
  return compared.filter(({ id }) => keys.has(ingressKey(id)));
}

/** Tells the cluster's failure from any other. */
class WatchedReader implements ClusterReader {
  readonly #reader: ClusterReader;
  failure: unknown = null;

  constructor(reader: ClusterReader) {
    this.#reader = reader;
  }

  async read(signal: AbortSignal) {
    try {
      return await this.#reader.read(signal);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
