import type { Declarer, DiscoveredSource, Discovery, UnrenderedSource } from "../../model/discovery.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { onceForEach } from "../../model/once-for-each.ts";
import type { Problem } from "../../model/problem.ts";
import type { DiscoveryRequest, OtherRepository, SourceDiscovery } from "../../ports/source-discovery.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import { application } from "./argo-cd/application.ts";
import { applicationSources } from "./argo-cd/application-sources.ts";
import { declaredClusters } from "./argo-cd/declared-clusters.ts";
import { expandApplicationSet } from "./argo-cd/expand-application-set.ts";
import { ownedBySet } from "./argo-cd/owned-by-set.ts";
import { declaredObjects, type GitOpsObject, isGitOpsObject, objectsOf } from "./declared-objects.ts";
import { declaringFiles } from "./declaring-files.ts";
import { gitRepository, helmChart, helmRelease, kustomization } from "./flux/flux-objects.ts";
import { type FluxSource, kustomizationSource, releaseSource } from "./flux/flux-sources.ts";
import type { FluxArtifacts } from "./flux/release-chart.ts";
import { nonManifests } from "./non-manifests.ts";
import { type ObjectsOfOthers, objectsOfOthers } from "./objects-of-others.ts";
import { isSameRepository } from "./same-repository.ts";
import { undeclaredSources } from "./undeclared-sources.ts";
import { withLiveObjects } from "./with-live-objects.ts";

/**
 * Finds the sources of a repository by what declares that they are applied: Argo CD's and Flux's objects, in the cluster
 * and in Git. Where nothing declares anything, each kustomization that no other one uses is taken for one.
 */
export const sourceDiscovery: SourceDiscovery = {
  async discover(request: DiscoveryRequest): Promise<Discovery> {
    const isInput = await nonManifests(request.tree);
    const live = (request.liveObjects ?? []).filter(isGitOpsObject);
    const theirs = await objectsOfOthers(request.others ?? [], live);
    const objects = withLiveObjects(await declaredObjects(request.tree), theirs.live, isInput);
    const found = [
      ...(await findIn(objects, request)).map((each) => withoutThoseOfOthers(each, request)),
      ...(await foundByOthers(theirs, request)),
    ];
    const declared = found.flatMap(({ sources }) => sources);
    const unrendered = found.flatMap((each) => each.unrendered);
    const isUnrendered = belowFolders(unrendered.flatMap(({ folder }) => folder ?? []));
    const undeclared =
      declared.length > 0
        ? []
        : (await undeclaredSources(request.tree)).filter(({ declaredBy }) => !isUnrendered(declaredBy.name));
    return {
      sources: [...declared, ...undeclared].sort(byDeclarer),
      unrendered,
      isInput: (path) => isInput(path) || isUnrendered(path),
      problems: found.flatMap(({ problems }) => problems),
    };
  },

  roots: async (tree) => (await undeclaredSources(tree)).map(({ source }) => source),

  async definitionIn(tree, { source, declaredBy, definedBy }, remotes) {
    const same = (await declaredThen(tree, definedBy, remotes))
      .flatMap(({ sources }) => sources)
      .filter((each) => each.declaredBy.kind === declaredBy.kind && isSameName(each.declaredBy, declaredBy));
    // Several of one declaration are told apart by the part before the folder.
    const prefix = source.id.split(": ")[0];
    const match = same.find((each) => each.source.id.split(": ")[0] === prefix);
    return match === undefined || match.source.kind === "plain" ? null : match.source;
  },
};

/** Of a set of Applications each one asks for the same files, at each commit. */
const askedBefore = onceForEach((_: SourceTree) => new Map<string, Promise<readonly Found[]>>());

function declaredThen(
  tree: SourceTree,
  definedBy: readonly string[],
  remotes: readonly string[],
): Promise<readonly Found[]> {
  const asked = askedBefore(tree);
  const key = JSON.stringify([definedBy, remotes]);
  const find = async () => {
    const objects = await objectsOf(definedBy, tree);
    return findIn([...objects, ...repositoriesOf(objects, remotes)], { tree, remotes, liveObjects: null });
  };
  const found = asked.get(key) ?? find();
  asked.set(key, found);
  return found;
}

/** What is applied of another repository's files is in the report of that one. */
function withoutThoseOfOthers(found: Found, { others = [] }: DiscoveryRequest): Found {
  const isTheirs = ({ address }: UnrenderedSource) =>
    address !== null && others.some(({ remotes }) => isSameRepository(address, remotes));
  return { ...found, unrendered: found.unrendered.filter((each) => !isTheirs(each)) };
}

/** What other repositories declare of this one's files; whatever else they declare, they tell of themselves. */
async function foundByOthers(
  { declared }: ObjectsOfOthers,
  request: DiscoveryRequest,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { home, objects } of declared) {
    for (const { sources, unrendered } of await findIn(objects, request, home)) {
      found.push({
        sources: sources.map((each) => ({ ...each, definedBy: [] })),
        unrendered: unrendered.filter(({ address }) => address === null),
        problems: [],
      });
    }
  }
  return found;
}

function belowFolders(folders: readonly string[]): (path: string) => boolean {
  return (path) =>
    folders.some((folder) => folder === "." || path === folder || path.startsWith(`${folder}/`));
}

/** An older version may leave out the namespace, or name it first. */
function isSameName(left: Declarer, right: Declarer): boolean {
  const bare = ({ name }: Declarer) => name.slice(name.lastIndexOf("/") + 1);
  return bare(left) === bare(right);
}

/** What a Flux object draws on is the audited repository now; it is taken to have been then. */
function repositoriesOf(objects: readonly GitOpsObject[], [url = ""]: readonly string[]): GitOpsObject[] {
  return objects.flatMap(({ object }) => {
    const spec = isJsonObject(object.spec) ? object.spec : {};
    const chart = isJsonObject(spec.chart) && isJsonObject(spec.chart.spec) ? spec.chart.spec : {};
    const reference = isJsonObject(spec.sourceRef) ? spec.sourceRef : chart.sourceRef;
    if (!isJsonObject(reference) || reference.kind !== "GitRepository") return [];
    const metadata = { name: reference.name ?? "" };
    const apiVersion = "source.toolkit.fluxcd.io/v1";
    return [{ object: { apiVersion, kind: "GitRepository", metadata, spec: { url } }, place: null }];
  });
}

interface Found {
  readonly sources: readonly DiscoveredSource[];
  readonly unrendered: readonly UnrenderedSource[];
  readonly problems: readonly Problem[];
}

const NOTHING: Found = { sources: [], unrendered: [], problems: [] };

/** @param home The repository that holds the objects; the audited one unless given. */
async function findIn(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
  home: OtherRepository = request,
): Promise<readonly Found[]> {
  return [...(await fromArgoCd(objects, request, home)), ...(await fromFlux(objects, request, home))];
}

/** The audited repository's objects are joined with the cluster's already. */
function objectsAround(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
  home: OtherRepository,
): readonly GitOpsObject[] {
  const live = home === request ? [] : (request.liveObjects ?? []);
  return [...objects, ...live.map((object) => ({ object, place: null }))];
}

/** Then Argo CD runs in the cluster, and what its sets have made is there. */
function isAnyApplicationLive({ liveObjects }: DiscoveryRequest): boolean {
  return liveObjects?.some(({ kind }) => kind === "Application") === true;
}

function nameOf({ metadata }: JsonObject): string {
  return isJsonObject(metadata) ? String(metadata.name) : "";
}

function keyOf({ kind, metadata }: JsonObject): string {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  return `${String(kind)} ${String(namespace ?? "")}/${String(name)}`;
}

async function fromArgoCd(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
  home: OtherRepository,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const existing = objectsAround(objects, request, home).map(({ object }) => object);
  const applications = existing.filter(({ kind }) => kind === "Application");
  const made = new Set(applications.map(keyOf));
  for (const { object, place } of objects.filter(isOf("argoproj.io", "Application"))) {
    found.push(applicationFound(object, declarer("Application", object, place), [], request));
  }
  const sets = objects.filter(isOf("argoproj.io", "ApplicationSet"));
  const clusters = sets.length === 0 ? null : await declaredClusters(home.tree);
  for (const { object, place } of sets) {
    const declaredBy = declarer("ApplicationSet", object, place);
    const expanded = await expandApplicationSet(object, clusters, home.remotes, home.tree);
    // Those that the cluster has already are whole there, with their status.
    if (expanded.kind === "applications") {
      const missing = expanded.applications.filter((each) => !made.has(keyOf(each)));
      found.push(...missing.map((each) => applicationFound(each, declaredBy, expanded.files, request)));
    } else if (!isAnyApplicationLive(request)) {
      const owns = ownedBySet(object, new Set(applications.map(nameOf)));
      found.push(notExpanded(declaredBy, expanded.reason, owns));
    }
  }
  return found;
}

function applicationFound(
  object: JsonObject,
  declaredBy: Declarer,
  files: readonly string[],
  request: DiscoveryRequest,
): Found {
  const checked = application.safeParse(object);
  // A patch of an Application, as an overlay has it, is none.
  if (!checked.success) return NOTHING;
  const { sources, unrendered } = applicationSources(checked.data, declaredBy, request);
  const definedBy = [...declaringFiles(declaredBy), ...files];
  return { sources: sources.map((each) => ({ ...each, definedBy })), unrendered, problems: [] };
}

async function fromFlux(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
  home: OtherRepository,
): Promise<readonly Found[]> {
  const artifacts = fluxArtifacts(objectsAround(objects, request, home));
  const { repositories } = artifacts;
  const found: Found[] = [];
  for (const { object, place } of objects.filter(isOf("kustomize.toolkit.fluxcd.io", "Kustomization"))) {
    const checked = kustomization.safeParse(object);
    if (!checked.success) continue;
    const by = declarer("Kustomization", object, place);
    found.push(fluxFound(await kustomizationSource(checked.data, by, repositories, request, home)));
  }
  for (const { object, place } of objects.filter(isOf("helm.toolkit.fluxcd.io", "HelmRelease"))) {
    const checked = helmRelease.safeParse(object);
    if (!checked.success) continue;
    const by = declarer("HelmRelease", object, place);
    found.push(fluxFound(await releaseSource(checked.data, by, artifacts, request, home)));
  }
  return found;
}

function fluxArtifacts(objects: readonly GitOpsObject[]): FluxArtifacts {
  const repositories = objects.flatMap(({ object }) => {
    const checked = gitRepository.safeParse(object);
    return object.kind === "GitRepository" && checked.success ? [checked.data] : [];
  });
  const charts = objects.flatMap(({ object, place }) => {
    const checked = helmChart.safeParse(object);
    return object.kind === "HelmChart" && checked.success
      ? [{ chart: checked.data, file: place?.path ?? null }]
      : [];
  });
  return { repositories, charts };
}

function fluxFound(found: FluxSource): Found {
  return found.kind === "source"
    ? { ...NOTHING, sources: [found.source] }
    : { ...NOTHING, unrendered: [found.unrendered] };
}

function isOf(group: string, kind: string): (each: GitOpsObject) => boolean {
  return ({ object }) => object.kind === kind && String(object.apiVersion).startsWith(`${group}/`);
}

function declarer(kind: Declarer["kind"], { metadata }: JsonObject, place: Declarer["place"]): Declarer {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  const prefix = typeof namespace === "string" ? `${namespace}/` : "";
  return { kind, name: `${prefix}${String(name)}`, place };
}

function notExpanded(declaredBy: Declarer, reason: string, owns: UnrenderedSource["owns"]): Found {
  const remedy =
    "Let the audit read Applications from the cluster, or name the sources in .ingress-audit.yaml.";
  return { ...NOTHING, unrendered: [{ declaredBy, folder: null, address: null, reason, remedy, owns }] };
}

function byDeclarer(left: DiscoveredSource, right: DiscoveredSource): number {
  return (
    compareText(left.declaredBy.kind, right.declaredBy.kind) ||
    compareText(left.declaredBy.name, right.declaredBy.name) ||
    compareText(left.source.id, right.source.id)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
