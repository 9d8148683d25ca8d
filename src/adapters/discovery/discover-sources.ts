import type { Declarer, DiscoveredSource, Discovery, UnrenderedSource } from "../../model/discovery.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Problem } from "../../model/problem.ts";
import type { DiscoveryRequest, SourceDiscovery } from "../../ports/source-discovery.ts";
import { application } from "./argo-cd/application.ts";
import { applicationSources } from "./argo-cd/application-sources.ts";
import { declaredClusters } from "./argo-cd/declared-clusters.ts";
import { expandApplicationSet } from "./argo-cd/expand-application-set.ts";
import { declaredObjects, type GitOpsObject, isGitOpsObject, objectsOf } from "./declared-objects.ts";
import { gitRepository, helmRelease, kustomization } from "./flux/flux-objects.ts";
import { type FluxSource, kustomizationSource, releaseSource } from "./flux/flux-sources.ts";
import { nonManifests } from "./non-manifests.ts";
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
    const objects = withLiveObjects(await declaredObjects(request.tree), live, isInput);
    const found = await findIn(objects, request);
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
    const objects = await objectsOf(definedBy, tree);
    const request: DiscoveryRequest = { tree, remotes, liveObjects: null };
    const found = await findIn([...objects, ...repositoriesOf(objects, remotes)], request);
    const same = found
      .flatMap(({ sources }) => sources)
      .filter((each) => each.declaredBy.kind === declaredBy.kind && isSameName(each.declaredBy, declaredBy));
    // Several of one declaration are told apart by the part before the folder.
    const prefix = source.id.split(": ")[0];
    const match = same.find((each) => each.source.id.split(": ")[0] === prefix);
    return match === undefined || match.source.kind === "plain" ? null : match.source;
  },
};

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

async function findIn(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
): Promise<readonly Found[]> {
  return [...(await fromArgoCd(objects, request)), ...(await fromFlux(objects, request))];
}

function keyOf({ kind, metadata }: JsonObject): string {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  return `${String(kind)} ${String(namespace ?? "")}/${String(name)}`;
}

async function fromArgoCd(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const made = new Set(
    objects.filter(({ object }) => object.kind === "Application").map(({ object }) => keyOf(object)),
  );
  for (const { object, place } of objects.filter(isOf("argoproj.io", "Application"))) {
    found.push(applicationFound(object, declarer("Application", object, place), [], request));
  }
  const sets = objects.filter(isOf("argoproj.io", "ApplicationSet"));
  const clusters = sets.length === 0 ? null : await declaredClusters(request.tree);
  for (const { object, place } of sets) {
    const declaredBy = declarer("ApplicationSet", object, place);
    const expanded = await expandApplicationSet(object, clusters, request.remotes, request.tree);
    // Those that the cluster has already are whole there, with their status.
    if (expanded.kind === "applications") {
      const missing = expanded.applications.filter((each) => !made.has(keyOf(each)));
      found.push(...missing.map((each) => applicationFound(each, declaredBy, expanded.files, request)));
    } else if (request.liveObjects === null) found.push(notExpanded(declaredBy, expanded.reason));
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
  const definedBy = [...filesOf(declaredBy), ...files];
  return { sources: sources.map((each) => ({ ...each, definedBy })), unrendered, problems: [] };
}

async function fromFlux(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
): Promise<readonly Found[]> {
  const repositories = objects.flatMap(({ object }) => {
    const checked = gitRepository.safeParse(object);
    return object.kind === "GitRepository" && checked.success ? [checked.data] : [];
  });
  const found: Found[] = [];
  for (const { object, place } of objects.filter(isOf("kustomize.toolkit.fluxcd.io", "Kustomization"))) {
    const checked = kustomization.safeParse(object);
    if (!checked.success) continue;
    const by = declarer("Kustomization", object, place);
    found.push(fluxFound(await kustomizationSource(checked.data, by, repositories, request)));
  }
  for (const { object, place } of objects.filter(isOf("helm.toolkit.fluxcd.io", "HelmRelease"))) {
    const checked = helmRelease.safeParse(object);
    if (!checked.success) continue;
    const by = declarer("HelmRelease", object, place);
    found.push(fluxFound(releaseSource(checked.data, by, repositories, request)));
  }
  return found;
}

function filesOf({ place }: Declarer): readonly string[] {
  return place === null ? [] : [place.path];
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

function notExpanded({ name, place }: Declarer, reason: string): Found {
  return {
    ...NOTHING,
    problems: [
      {
        path: place?.path ?? `ApplicationSet ${name}`,
        line: place?.line ?? null,
        code: "source-not-rendered",
        message: `Which Applications the ApplicationSet ${name} makes is not known, because ${reason}`,
        remedy:
          "Let the audit read Applications from the cluster, or name the sources in .ingress-audit.yaml.",
        level: "warning",
      },
    ],
  };
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
