import type { DiscoveredSource, Discovery, UnrenderedSource } from "../../model/discovery.ts";
import { matchPathGlob } from "../../model/patterns.ts";
import type { Problem } from "../../model/problem.ts";
import type { PlainSource, RenderedSource } from "../../model/source.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { Snapshot } from "../../ports/git-history.ts";
import type { OtherRepository } from "../../ports/source-discovery.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { isManifestPath } from "../desired/manifest-path.ts";
import type { Neighbour } from "../desired/neighbour.ts";
import { headTree, type RenderedSources, renderSources, type SourceDefinition } from "./render-sources.ts";
import { sourcesFor } from "./sources-for.ts";

/** What is rendered, and which files are manifests of their own beside it. */
export interface SourcePlan {
  /** The request with the selection that is left for plain manifests. */
  readonly request: AuditRequest;
  /** null where nothing is rendered by a tool. */
  readonly rendered: RenderedSources | null;
  /** What is applied and cannot be rendered here. */
  readonly unrendered: readonly UnrenderedSource[];
  /** Whether further sources may go into this cluster, because nothing says which of several it is. */
  readonly isUndecided: boolean;
  /** Whether a file goes into what is rendered, or could: then it is no manifest of its own. */
  readonly isInput: (path: string) => boolean;
  /** By the source's id: the commit that its GitOps tool last applied. */
  readonly appliedRevisions: ReadonlyMap<string, string>;
  /** Those of the discovered sources that go into the audited cluster, with what applies them. */
  readonly discovered: readonly DiscoveredSource[];
  readonly problems: readonly Problem[];
}

/** What the cluster tells of its sources. */
export type ClusterFacts = Pick<LiveSnapshot, "cluster" | "server" | "gitOpsObjects">;

/** Work out what renders what into the audited cluster: the configuration's sources, and those that are discovered. */
export async function planSources(
  request: AuditRequest,
  { git, sourceRenderer, discovery, progress, neighbours = [] }: Omit<AuditPorts, "cluster">,
  at: Snapshot,
  live: ClusterFacts,
): Promise<SourcePlan> {
  if (sourceRenderer === null || (request.sources.length === 0 && !request.discover)) return NOTHING(request);
  const tree = await headTree(git, at);
  const found =
    request.discover && discovery !== null
      ? await discovery.discover({
          tree,
          remotes: await git.remoteUrls(),
          liveObjects: live.gitOpsObjects ?? null,
          others: await filesOf(neighbours),
        })
      : null;
  const discovered = found === null ? null : { ...found, isInput: throughLinks(found.isInput, tree.links) };
  const chosen = discovered === null ? null : sourcesFor(discovered.sources, request, live);
  const remotes = await git.remoteUrls();
  const toRender = [
    ...request.sources.map(configured),
    ...(chosen?.sources ?? []).flatMap((each) => definitionOf(each, discovery, remotes)),
  ];
  if (toRender.length > 0) progress("Rendering");
  const rendered =
    toRender.length === 0 ? null : await renderSources(toRender, sourceRenderer, tree, request.signal);
  return {
    request:
      discovered === null || !leavesOut(discovered, tree)
        ? request
        : withSelection(request, discovered, chosen?.sources ?? []),
    rendered,
    isInput: (path) => rendered?.inputs.has(path) === true || discovered?.isInput(path) === true,
    unrendered: discovered?.unrendered ?? [],
    isUndecided: chosen?.isUndecided ?? false,
    appliedRevisions: revisionsOf(chosen?.sources ?? []),
    discovered: chosen?.sources ?? [],
    problems: [...(discovered?.problems ?? []), ...(chosen?.problems ?? [])],
  };
}

/** What a symbolic link leads to goes into what names the link. */
function throughLinks(
  isInput: (path: string) => boolean,
  links: ReadonlyMap<string, string>,
): (path: string) => boolean {
  const linked = new Set([...links].flatMap(([path, target]) => (isInput(path) ? [target] : [])));
  return (path) => linked.has(path) || isInput(path);
}

/** Of the repositories that can be read; one that cannot is told of where its absence matters. */
export async function filesOf(neighbours: readonly Neighbour[]): Promise<readonly OtherRepository[]> {
  const found: OtherRepository[] = [];
  for (const { files } of neighbours) {
    const other = await files();
    if (other !== null) found.push(other);
  }
  return found;
}

const NOTHING = (request: AuditRequest): SourcePlan => ({
  request,
  rendered: null,
  unrendered: [],
  isUndecided: false,
  isInput: () => false,
  appliedRevisions: new Map(),
  discovered: [],
  problems: [],
});

function configured(source: RenderedSource): SourceDefinition {
  return { source, definedBy: [], definitionIn: async () => null };
}

function definitionOf(
  discovered: DiscoveredSource,
  discovery: AuditPorts["discovery"],
  remotes: readonly string[],
): SourceDefinition[] {
  const { source, definedBy } = discovered;
  if (source.kind === "plain") return [];
  const definitionIn = async (tree: SourceTree, former: readonly string[]) => {
    const then = { ...discovered, definedBy: [...definedBy, ...former] };
    return (await discovery?.definitionIn(tree, then, remotes)) ?? null;
  };
  return [{ source, definedBy, definitionIn }];
}

function revisionsOf(sources: readonly DiscoveredSource[]): ReadonlyMap<string, string> {
  return new Map(
    sources.flatMap(({ source, appliedRevision }) =>
      appliedRevision === null ? [] : [[source.id, appliedRevision] as const],
    ),
  );
}

/** In a repository of plain manifests that nothing declares, all of them count. */
function leavesOut({ isInput, sources }: Discovery, tree: SourceTree): boolean {
  return sources.length > 0 || tree.filesBelow(".").some(isInput);
}

/**
 * Where a GitOps tool says what it applies, those folders are what counts; else every manifest that is no part of a
 * chart or a kustomization.
 */
function withSelection(
  request: AuditRequest,
  { isInput, sources: all }: Discovery,
  chosen: readonly DiscoveredSource[],
): AuditRequest {
  const isDeclared = all.some(({ declaredBy }) => declaredBy.kind !== "kustomization file");
  const plain = chosen.flatMap(({ source }) => (source.kind === "plain" ? [source] : []));
  const takers = plain.map((source) => ({ source, takes: takesOf(source) }));
  const isApplied = (path: string) => (isDeclared ? takers.some(({ takes }) => takes(path)) : !isInput(path));
  const narrow = ({ pathspecs, matches }: AuditRequest["selector"]) => ({
    pathspecs,
    // What is left out belongs to another cluster, or to what is rendered.
    isWhole: false,
    matches: (path: string) => matches(path) && isApplied(path),
  });
  return {
    ...request,
    selector: narrow(request.selector),
    wider: narrow(request.wider),
    namespaceFor: (path) =>
      request.namespaceFor(path) ??
      takers.find(({ takes, source }) => source.namespace !== null && takes(path))?.source.namespace ??
      null,
  };
}

export function takesOf({ folder, recurse, include, exclude }: PlainSource): (path: string) => boolean {
  const prefix = folder === "." ? "" : `${folder}/`;
  const included = include.map(matchPathGlob);
  const excluded = exclude.map(matchPathGlob);
  return (path) => {
    if (!isManifestPath(path) || !path.startsWith(prefix)) return false;
    const inside = path.slice(prefix.length);
    if (!recurse && inside.includes("/")) return false;
    const isIncluded = included.length === 0 || included.some((takes) => takes(inside));
    return isIncluded && !excluded.some((takes) => takes(inside));
  };
}
