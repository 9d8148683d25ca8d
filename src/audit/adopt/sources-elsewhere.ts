import type { DiscoveredSource } from "../../model/discovery.ts";
import { sameJson } from "../../model/json.ts";
import type { RenderedSource, Source } from "../../model/source.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { snapshotOf } from "../desired/read-declared.ts";
import { takesOf } from "../rendered/plan-sources.ts";
import { headTree } from "../rendered/render-sources.ts";
import type { Declare, DeclaredState } from "./declared-state.ts";

/** Finds what is applied elsewhere and would change with a file: other overlays of a base, other clusters. */
export type ChangedElsewhere = (after: DeclaredState, paths: readonly string[]) => Promise<readonly string[]>;

/** What it takes to see what a change comes to, here and elsewhere. */
export interface Declaring {
  readonly declare: Declare;
  /** Without any change. */
  readonly before: DeclaredState;
  readonly elsewhere: ChangedElsewhere;
}

/**
 * @param configured Rendered sources of the configuration, those of other clusters included.
 * @returns The ids of the sources whose rendering a change of files changes, and that the audit does not look at.
 */
export function changedElsewhere(
  request: AuditRequest,
  ports: AuditPorts,
  before: DeclaredState,
  configured: readonly RenderedSource[],
  live: LiveSnapshot,
): ChangedElsewhere {
  let found: Promise<Elsewhere> | null = null;
  return async (after, paths) => {
    found ??= findElsewhere(request, ports, before, configured, live);
    const { tree, sources, plain } = await found;
    const changed = await headTree(after.git, snapshotOf(request));
    const names: string[] = plain(paths);
    for (const source of sources) {
      if (await isChanged(source, tree, changed, paths, ports, request.signal)) names.push(source.id);
    }
    return names;
  };
}

interface Elsewhere {
  readonly tree: SourceTree;
  readonly sources: readonly RenderedSource[];
  /** The ids of the folders of manifests that several destinations apply as they are. */
  readonly plain: (paths: readonly string[]) => string[];
}

async function findElsewhere(
  request: AuditRequest,
  { discovery, git }: AuditPorts,
  { plan }: DeclaredState,
  configured: readonly RenderedSource[],
  live: LiveSnapshot,
): Promise<Elsewhere> {
  const tree = await headTree(git, snapshotOf(request));
  const own = plan.rendered?.sources.map(({ source }) => source) ?? [];
  if (discovery === null) return { tree, sources: [], plain: () => [] };
  const remotes = await git.remoteUrls();
  const liveObjects = live.gitOpsObjects ?? null;
  const { sources } = await discovery.discover({ tree, remotes, liveObjects });
  const declared = [...sources.map(({ source }) => source), ...configured].filter(isRendered);
  const roots = (await discovery.roots(tree)).filter(isRendered);
  const known = [...own, ...declared];
  // An overlay that something declares is what that makes of it, not what it is alone.
  const alone = roots.filter((root) => !known.some((each) => isSameFolder(each, root)));
  // The audit's own, by another name: a configuration names a folder that an Application builds as well.
  const isOwn = (other: RenderedSource) =>
    own.some((each) => each.id === other.id || (isSameFolder(each, other) && isBare(each)));
  const others = [...declared, ...alone].filter((each) => !isOwn(each));
  const distinct = [...new Map(others.map((source) => [source.id, source])).values()];
  return { tree, sources: distinct, plain: (paths) => appliedTwice(sources, paths) };
}

/** A manifest that goes to several places as it is changes in all of them. */
function appliedTwice(sources: readonly DiscoveredSource[], paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const takers = sources.filter(({ source }) => source.kind === "plain" && takesOf(source)(path));
    const places = takers.map(({ destination, source }) => JSON.stringify([destination, source.namespace]));
    return new Set(places).size > 1
      ? takers.map(({ declaredBy }) => `${declaredBy.kind} ${declaredBy.name}`)
      : [];
  });
}

function isRendered(source: Source): source is RenderedSource {
  return source.kind !== "plain";
}

function isSameFolder(left: RenderedSource, right: RenderedSource): boolean {
  return left.kind === "kustomize" && right.kind === "kustomize" && left.root === right.root;
}

/** Named by its folder alone. */
function isBare(source: RenderedSource): boolean {
  return source.kind === "kustomize" && source.id === `kustomize ${source.root}`;
}

async function isChanged(
  source: RenderedSource,
  before: SourceTree,
  after: SourceTree,
  paths: readonly string[],
  { sourceRenderer }: AuditPorts,
  signal: AbortSignal,
): Promise<boolean> {
  if (sourceRenderer === null) return false;
  const inputs = await sourceRenderer.inputsOf(source, before);
  if (!inputs.files.some((file) => paths.includes(file))) return false;
  const [was, is] = await Promise.all([
    sourceRenderer.render(source, inputs, before, signal),
    sourceRenderer.render(source, await sourceRenderer.inputsOf(source, after), after, signal),
  ]);
  const said = ({ ingresses, problems }: typeof was) => [
    ingresses.map(({ object }) => object),
    problems.map(({ message }) => message),
  ];
  return !sameJson(said(was), said(is));
}
