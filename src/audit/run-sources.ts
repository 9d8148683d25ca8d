import type { Discovery } from "../model/discovery.ts";
import type { LiveSnapshot } from "../ports/cluster-reader.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { snapshotOf } from "./desired/read-declared.ts";
import { configuredAsDiscovered } from "./rendered/configured-sources.ts";
import { filesOf } from "./rendered/plan-sources.ts";
import { headTree } from "./rendered/render-sources.ts";

export interface FoundSources {
  readonly discovery: Discovery;
  /** Whether the cluster's GitOps objects were read, and not only what Git declares. */
  readonly isClusterRead: boolean;
}

/**
 * What is rendered into which cluster and namespace, and how that is known; nothing is rendered.
 *
 * @param live What the cluster holds; null to look into Git alone.
 */
export async function runSources(
  request: AuditRequest,
  { git, discovery, neighbours = [] }: AuditPorts,
  live: LiveSnapshot | null,
): Promise<FoundSources> {
  const liveObjects = live?.gitOpsObjects ?? null;
  const found =
    discovery === null || !request.discover
      ? NONE
      : await discovery.discover({
          tree: await headTree(git, snapshotOf(request)),
          remotes: await git.remoteUrls(),
          liveObjects,
          others: await filesOf(neighbours),
        });
  return {
    discovery: { ...found, sources: [...configuredAsDiscovered(request), ...found.sources] },
    isClusterRead: liveObjects !== null,
  };
}

const NONE: Discovery = { sources: [], unrendered: [], isInput: () => false, problems: [] };
