import { stringify } from "yaml";
import { openGitHistory } from "../../../src/adapters/git/open-git-history.ts";
import { plainRenderer } from "../../../src/adapters/render/plain-renderer.ts";
import type { AuditRequest } from "../../../src/audit/audit-request.ts";
import { selectPaths } from "../../../src/audit/desired/select-paths.ts";
import type {
  PullRequestFacts,
  PullRequestRequest,
  ReviewPorts,
} from "../../../src/audit/pull-request/pull-request-request.ts";
import { writerPolicyOf } from "../../../src/audit/writers/writer-policy-of.ts";
import { NO_CONFIGURATION } from "../../../src/model/configuration.ts";
import { isJsonObject, type JsonObject } from "../../../src/model/json.ts";
import type { ClusterReader, LiveSnapshot } from "../../../src/ports/cluster-reader.ts";
import type { TestRepository } from "../repository/build-repository.ts";

/** When the reviews of these tests are made. */
export const NOW = new Date("2026-03-04T10:17:00Z");

export interface IngressParts {
  readonly namespace?: string;
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Service by path; `web` for `/` unless given. */
  readonly paths?: Readonly<Record<string, string>>;
  readonly host?: string;
  /** Secret names, each for the host. */
  readonly tls?: readonly string[];
}

/** A plain Ingress, `shop/web` unless given. */
export function ingressObject(parts: IngressParts = {}): JsonObject {
  const { namespace = "shop", name = "web", annotations, paths = { "/": "web" }, tls } = parts;
  const host = parts.host ?? "shop.example.com";
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { namespace, name, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      ...(tls === undefined ? {} : { tls: tls.map((secretName) => ({ hosts: [host], secretName })) }),
      rules: [
        {
          host,
          http: {
            paths: Object.entries(paths).map(([path, service]) => ({
              path,
              pathType: "Prefix",
              backend: { service: { name: service, port: { number: 80 } } },
            })),
          },
        },
      ],
    },
  };
}

/** The same as people write it. */
export function manifest(parts: IngressParts = {}): string {
  return stringify(ingressObject(parts));
}

export function clusterWith(
  objects: readonly JsonObject[],
  snapshot: Partial<LiveSnapshot> = {},
): ClusterReader {
  const ingresses = objects.map((object) => ({ id: idOf(object), object }));
  return {
    read: async () => ({
      cluster: "prod",
      observedAt: "2026-03-04T10:15:00Z",
      namespaces: "all",
      ingresses,
      ingressClasses: [],
      problems: [],
      ...snapshot,
    }),
  };
}

function idOf({ metadata }: JsonObject) {
  const { namespace, name } = isJsonObject(metadata) ? metadata : {};
  return { namespace: String(namespace), name: String(name) };
}

export function auditRequest(changes: Partial<AuditRequest> = {}): AuditRequest {
  return {
    ref: "main",
    // The review takes the pull request's base, whatever the request says.
    commit: "0".repeat(40),
    worktree: false,
    ...selectPaths([], []),
    asked: [],
    sources: [],
    discover: false,
    destinations: [],
    isNarrowed: false,
    clusterName: "prod",
    appliedRevision: null,
    policy: writerPolicyOf(NO_CONFIGURATION),
    ignore: [],
    minSeverity: "low",
    problems: [],
    tool: { name: "ingress-audit", version: "1.0.0" },
    now: NOW,
    signal: new AbortController().signal,
    ...changes,
  };
}

export async function reviewPorts(
  repository: Pick<TestRepository, "dir">,
  ports: Partial<ReviewPorts> = {},
): Promise<ReviewPorts> {
  return {
    git: await openGitHistory({ dir: repository.dir, now: () => NOW }),
    renderer: plainRenderer,
    sourceRenderer: null,
    discovery: null,
    cluster: null,
    auditTrail: null,
    directory: null,
    progress: () => {},
    ...ports,
  };
}

/** Pull request #7, `feature` into `main`, as its branches are. */
export async function pullRequestOf(
  repository: TestRepository,
  facts: Partial<PullRequestFacts> = {},
  audit: Partial<AuditRequest> = {},
): Promise<PullRequestRequest> {
  return {
    audit: auditRequest(audit),
    pullRequest: {
      number: 7,
      baseRef: "main",
      baseRevision: "main",
      headRef: "feature",
      headSha: (await repository.git("rev-parse", "feature")).trim(),
      mergeSha: null,
      state: "open",
      ...facts,
    },
  };
}
