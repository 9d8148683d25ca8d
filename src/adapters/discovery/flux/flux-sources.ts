import path from "node:path/posix";
import type { Declarer, DiscoveredSource, UnrenderedSource } from "../../../model/discovery.ts";
import type { JsonObject } from "../../../model/json.ts";
import type { HelmSource, KustomizeSource } from "../../../model/source.ts";
import type { DiscoveryRequest, OtherRepository } from "../../../ports/source-discovery.ts";
import { declaringFiles } from "../declaring-files.ts";
import { folderPath } from "../source-at.ts";
import { unrenderedRemedy } from "../unrendered-remedy.ts";
import { kustomizationApplier, releaseApplier } from "./applier-of.ts";
import type { FluxKustomization, GitRepository, HelmRelease } from "./flux-objects.ts";
import { mayPatchIngress } from "./may-patch-ingress.ts";
import { ownedByKustomization, ownedByRelease } from "./owned-by-flux.ts";
import { type FluxArtifacts, releaseChart } from "./release-chart.ts";
import { releaseName } from "./release-name.ts";
import { releaseValues } from "./release-values.ts";
import { substitution } from "./substitution.ts";
import { whyElsewhere } from "./why-elsewhere.ts";

export type FluxSource =
  | { readonly kind: "source"; readonly source: DiscoveredSource }
  | { readonly kind: "unrendered"; readonly unrendered: UnrenderedSource };

/** Flux applies to its own cluster; one that it reaches by spec.kubeConfig has no name that is known here. */
const OWN_CLUSTER = { server: null, name: null };

/**
 * What a Flux Kustomization applies.
 *
 * @param home The repository that declares it, and the ConfigMaps that it may substitute from.
 */
export async function kustomizationSource(
  flux: FluxKustomization,
  declaredBy: Declarer,
  repositories: readonly GitRepository[],
  request: DiscoveryRequest,
  home: Pick<OtherRepository, "tree">,
): Promise<FluxSource> {
  const { metadata, spec } = flux;
  const owns = ownedByKustomization(flux);
  const why = whyElsewhere(spec.sourceRef, metadata.namespace, repositories, request.remotes);
  if (why !== null) return unrendered(declaredBy, why.reason, owns, null, why.address);
  const root = folderPath(spec.path ?? ".");
  if (root === null || request.tree.filesBelow(root).length === 0)
    return unrendered(declaredBy, `the commit holds no files in ${spec.path ?? "."}`, owns);
  const substitute = await substitution(spec.postBuild ?? null, placeOf(metadata, declaredBy), home.tree);
  if (substitute.kind === "unknown") return unrendered(declaredBy, substitute.reason, owns, root);
  const source: KustomizeSource = {
    kind: "kustomize",
    id: `${metadata.name}: kustomize ${root}`,
    root,
    namespace: spec.targetNamespace,
    overrides: overridesOf(spec),
    loadRestrictor: "none",
    isGenerated: true,
    substitute: substitute.values,
  };
  return {
    kind: "source",
    source: {
      source,
      declaredBy,
      definedBy: [...declaringFiles(declaredBy), ...substitute.files],
      reason: `Flux builds the kustomization in ${root}.`,
      destination: OWN_CLUSTER,
      appliedBy: kustomizationApplier(flux),
      appliedRevision: revisionOf(flux.status?.lastAppliedRevision ?? null),
    },
  };
}

/** What a HelmRelease installs; see {@link kustomizationSource}. */
export async function releaseSource(
  release: HelmRelease,
  declaredBy: Declarer,
  artifacts: FluxArtifacts,
  { remotes, tree }: DiscoveryRequest,
  home: Pick<OtherRepository, "tree">,
): Promise<FluxSource> {
  const { metadata, spec } = release;
  const owns = ownedByRelease(release);
  const chart = releaseChart(release, artifacts, remotes);
  if (chart.kind === "elsewhere") return unrendered(declaredBy, chart.reason, owns, null, chart.address);
  const folder = folderPath(chart.path);
  if (folder === null || tree.blobOf(path.join(folder, "Chart.yaml")) === null)
    return unrendered(declaredBy, `the commit holds no chart in ${chart.path}`, owns);
  const given = await releaseValues(spec, placeOf(metadata, declaredBy), home.tree);
  if (given.kind === "unknown") return unrendered(declaredBy, given.reason, owns, folder);
  if ((spec.postRenderers ?? []).some(mayPatchIngress))
    return unrendered(
      declaredBy,
      "post-renderers may change the Ingresses that its chart renders to",
      owns,
      folder,
    );
  const files = chart.valuesFiles.map((file) => path.normalize(file));
  const source: HelmSource = {
    kind: "helm",
    id: `${metadata.name}: helm ${folder}`,
    chart: folder,
    releaseName: releaseName(release),
    namespace: spec.targetNamespace ?? metadata.namespace,
    valueFiles: chart.isMissingAllowed ? files.filter((file) => tree.blobOf(file) !== null) : files,
    isDefaultReplaced: files.length > 0,
    values: given.values,
    set: [],
    setFiles: [],
    kubeVersion: null,
    apiVersions: [],
  };
  const reason = `Flux installs the chart in ${folder} as release ${source.releaseName}.`;
  return {
    kind: "source",
    source: {
      source,
      declaredBy,
      definedBy: [...declaringFiles(declaredBy), ...chart.files, ...given.files],
      reason,
      destination: OWN_CLUSTER,
      appliedBy: releaseApplier(release),
      appliedRevision: null,
    },
  };
}

function placeOf(
  { namespace }: { readonly namespace: string | null },
  { place }: Declarer,
): { readonly namespace: string | null; readonly from: string | null } {
  return { namespace, from: place?.path ?? null };
}

/** `main@sha1:<hex>`, and `main/<hex>` before Flux 2. */
function revisionOf(revision: string | null): string | null {
  return /(?:[:/]|^)([0-9a-f]{64}|[0-9a-f]{40})$/.exec(revision ?? "")?.[1] ?? null;
}

function overridesOf({
  targetNamespace,
  namePrefix,
  nameSuffix,
  commonMetadata,
  patches,
  components,
}: FluxKustomization["spec"]): JsonObject {
  return {
    ...(targetNamespace === null ? {} : { namespace: targetNamespace }),
    ...(namePrefix === null ? {} : { namePrefix }),
    ...(nameSuffix === null ? {} : { nameSuffix }),
    ...(commonMetadata?.annotations == null ? {} : { commonAnnotations: commonMetadata.annotations }),
    ...(commonMetadata?.labels == null
      ? {}
      : { labels: [{ pairs: commonMetadata.labels, includeSelectors: false }] }),
    ...(patches == null ? {} : { patches: patches as readonly JsonObject[] }),
    ...(components.length === 0 ? {} : { components }),
  };
}

/** @param folder Of this repository; null where what is applied lies elsewhere. */
function unrendered(
  declaredBy: Declarer,
  reason: string,
  owns: UnrenderedSource["owns"],
  folder: string | null = null,
  address: string | null = null,
): FluxSource {
  const remedy = unrenderedRemedy(folder);
  return { kind: "unrendered", unrendered: { declaredBy, folder, address, reason, remedy, owns } };
}
