import type { LiveIngress, LiveIngressClass } from "../model/ingress.ts";
import type { JsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";

/** Reads the live objects once, whole. */
export interface ClusterReader {
  /** @throws {AuditError} `live-read-forbidden`, `live-unreachable`, `snapshot-unreadable` … */
  read(signal: AbortSignal): Promise<LiveSnapshot>;
}

export interface LiveSnapshot {
  /** The context or the file's name, for people; null where nothing names it. */
  readonly cluster: string | null;
  /** UTC, ISO 8601: when the objects were read; null where a snapshot does not say. */
  readonly observedAt: string | null;
  /** The namespaces that were read whole; `all` for the whole cluster. */
  readonly namespaces: "all" | readonly string[];
  /** Sorted by namespace, then name. */
  readonly ingresses: readonly LiveIngress[];
  /** null where the reader may not list them. */
  readonly ingressClasses: readonly LiveIngressClass[] | null;
  /** GitOps objects (Application, Kustomization, HelmRelease …); null or absent where they were not read. */
  readonly gitOpsObjects?: readonly JsonObject[] | null;
  /** The API server's address; null or absent where it is not known. */
  readonly server?: string | null;
  readonly problems: readonly Problem[];
}
