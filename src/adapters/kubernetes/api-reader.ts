import type { LiveIngress } from "../../model/ingress.ts";
import type { Json } from "../../model/json.ts";
import type { Problem } from "../../model/problem.ts";
import type { ClusterReader, LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { ApiConnection } from "./api-connection.ts";
import { ApiFailure } from "./api-failure.ts";
import { collectLiveObjects, type LiveObjects } from "./collect-live-objects.ts";
import { readGitOpsObjects } from "./gitops-objects.ts";
import { listAll } from "./list-all.ts";
import { type KubeconfigChoice, loadKubeconfig } from "./load-kubeconfig.ts";
import { readFailure } from "./read-failure.ts";
import { retrying } from "./retrying.ts";

export interface ApiReaderOptions extends KubeconfigChoice {
  /** `all` needs the right to list Ingresses in the whole cluster. */
  readonly namespaces: "all" | readonly string[];
  /** For each request; 30 seconds unless given. */
  readonly timeoutMs?: number;
  /** For a credential plugin, which may wait for a login; 5 minutes unless given. */
  readonly pluginTimeoutMs?: number;
  /** The first pause before a request is repeated; each further one is twice as long. 500 ms unless given. */
  readonly retryDelayMs?: number;
  /** Whether GitOps objects are read too, as far as the auditor may list them. */
  readonly gitOps?: boolean;
  readonly now?: () => Date;
}

const API = "/apis/networking.k8s.io/v1";

/**
 * Reads Ingresses and IngressClasses from the API server, as raw JSON: typed models drop the fields that they do not
 * know, and those would be blind spots. Needs `list` on both and nothing else; without it on IngressClasses they are
 * null, and a warning says so.
 *
 * @throws {AuditError} on read: `kubeconfig-missing`, `kubeconfig-invalid`, `context-unknown`,
 *   `credentials-unavailable`, `live-read-unauthorized`, `live-read-forbidden`, `live-api-missing`, `live-unreachable`,
 *   `live-tls-failed`, `live-timeout`, `live-read-failed`.
 */
export function apiReader(options: ApiReaderOptions): ClusterReader {
  return {
    read: async (signal) => {
      // Loaded when a cluster is read: an audit of a snapshot starts without it.
      const { openConnection } = await import("./api-connection.ts");
      const connection = openConnection(await loadKubeconfig(options), {
        timeoutMs: options.timeoutMs ?? 30_000,
        pluginTimeoutMs: options.pluginTimeoutMs ?? 300_000,
      });
      const get = retrying(connection.get, { firstDelayMs: options.retryDelayMs ?? 500 });
      const reader: Reader = { connection, list: async (path) => await listAll(get, path, signal), signal };
      const observedAt = (options.now ?? (() => new Date()))().toISOString();
      const namespaces = options.namespaces === "all" ? "all" : [...new Set(options.namespaces)].sort();
      const ingresses = await readIngresses(reader, namespaces);
      const classes = await readIngressClasses(reader);
      const gitOpsObjects = options.gitOps === true ? await readGitOpsOrFail(reader) : null;
      return {
        ...toSnapshot({ connection, observedAt, namespaces, ingresses, classes }),
        gitOpsObjects,
        server: connection.server,
      };
    },
  };
}

interface Reader {
  readonly connection: ApiConnection;
  readonly list: (path: string) => Promise<readonly Json[]>;
  readonly signal: AbortSignal;
}

async function readIngresses(
  reader: Reader,
  namespaces: LiveSnapshot["namespaces"],
): Promise<readonly Json[]> {
  if (namespaces === "all") return await listOrFail(reader, `${API}/ingresses`);
  const items: Json[] = [];
  // One after the other: the API server limits how many requests one client has in flight.
  for (const namespace of namespaces) {
    items.push(
      ...(await listOrFail(
        reader,
        `${API}/namespaces/${encodeURIComponent(namespace)}/ingresses`,
        namespace,
      )),
    );
  }
  return items;
}

async function listOrFail(reader: Reader, path: string, namespace?: string): Promise<readonly Json[]> {
  try {
    return await reader.list(path);
  } catch (error) {
    throw readFailure(error, reader.connection, { resource: "ingresses", namespace: namespace ?? null });
  }
}

async function readGitOpsOrFail({ connection, list }: Reader) {
  try {
    return await readGitOpsObjects(list);
  } catch (error) {
    throw readFailure(error, connection, { resource: "GitOps objects", namespace: null });
  }
}

/** null where they may not be listed. */
async function readIngressClasses(reader: Reader): Promise<readonly Json[] | null> {
  try {
    return await reader.list(`${API}/ingressclasses`);
  } catch (error) {
    if (error instanceof ApiFailure && error.failure.kind === "status" && error.failure.status === 403)
      return null;
    throw readFailure(error, reader.connection, { resource: "ingressclasses", namespace: null });
  }
}

function toSnapshot({
  connection,
  observedAt,
  namespaces,
  ingresses,
  classes,
}: {
  readonly connection: ApiConnection;
  readonly observedAt: string;
  readonly namespaces: LiveSnapshot["namespaces"];
  readonly ingresses: readonly Json[];
  readonly classes: readonly Json[] | null;
}): LiveSnapshot {
  const objects: LiveObjects = collectLiveObjects([...ingresses, ...(classes ?? [])], connection.source);
  return {
    cluster: connection.context,
    observedAt,
    namespaces,
    ingresses: objects.ingresses satisfies readonly LiveIngress[],
    ingressClasses: classes === null ? null : objects.ingressClasses,
    problems: classes === null ? [...objects.problems, forbiddenClasses(connection)] : objects.problems,
  };
}

function forbiddenClasses({ source }: ApiConnection): Problem {
  return {
    path: source,
    line: null,
    code: "ingress-classes-forbidden",
    message: "IngressClasses may not be listed, so a class that the API server filled in cannot be told",
    remedy: "Grant the auditor list on ingressclasses.networking.k8s.io with a ClusterRole.",
    level: "warning",
  };
}
