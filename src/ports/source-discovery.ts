import type { DiscoveredSource, Discovery } from "../model/discovery.ts";
import type { JsonObject } from "../model/json.ts";
import type { RenderedSource, Source } from "../model/source.ts";
import type { SourceTree } from "./source-renderer.ts";

/** Finds out what a repository's files are rendered with, and into which cluster and namespace. */
export interface SourceDiscovery {
  discover(where: DiscoveryRequest): Promise<Discovery>;
  /** Every kustomization that no other one uses, whatever declares what is applied. */
  roots(tree: SourceTree): Promise<readonly Source[]>;
  /**
   * What the files that define a source made of it in another commit: other parameters, another folder.
   *
   * @param tree Holds at least those files and the source's own.
   * @returns null where they did not declare it, or as something that no tool renders.
   */
  definitionIn(
    tree: SourceTree,
    source: DiscoveredSource,
    remotes: readonly string[],
  ): Promise<RenderedSource | null>;
}

export interface DiscoveryRequest {
  /** The audited commit's files. */
  readonly tree: SourceTree;
  /** Addresses of the audited repository, to know which declarations mean it. */
  readonly remotes: readonly string[];
  /** GitOps objects in the cluster (Application, Kustomization, HelmRelease, GitRepository …); null where they were not read. */
  readonly liveObjects: readonly JsonObject[] | null;
  /**
   * Other repositories that the cluster is deployed from. What they declare of the audited repository's files counts;
   * what is declared of theirs is theirs. None unless given.
   */
  readonly others?: readonly OtherRepository[];
}

export interface OtherRepository {
  readonly tree: SourceTree;
  readonly remotes: readonly string[];
}
