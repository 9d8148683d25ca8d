import type { Declarer, Destination, DiscoveredSource, UnrenderedSource } from "../../../model/discovery.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { HelmSource, KustomizeSource, PlainSource, Source } from "../../../model/source.ts";
import type { DiscoveryRequest } from "../../../ports/source-discovery.ts";
import { isSameRepository } from "../same-repository.ts";
import { folderKind, folderPath } from "../source-at.ts";
import { unrenderedRemedy } from "../unrendered-remedy.ts";
import { yamlValue } from "../yaml-values.ts";
import type { Application, ApplicationSource } from "./application.ts";
import { appliedRevision } from "./applied-revision.ts";
import { applierOf } from "./applier-of.ts";
import { ownedByApplication } from "./owned-by-application.ts";
import { setFilesOf, valueFilesOf } from "./value-files.ts";

export interface ApplicationSources {
  readonly sources: readonly DiscoveredSource[];
  readonly unrendered: readonly UnrenderedSource[];
}

/**
 * What an Application applies, and how Argo CD renders it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/
 */
export function applicationSources(
  application: Application,
  declaredBy: Declarer,
  request: DiscoveryRequest,
): ApplicationSources {
  const all = application.spec.sources ?? (application.spec.source == null ? [] : [application.spec.source]);
  const read = all.map((source, index) => readSource(application, source, all, index, request));
  const { server, name } = application.spec.destination;
  const destination: Destination = { server, name };
  return {
    sources: read.flatMap((each, index) =>
      each.kind === "source"
        ? [
            {
              source: each.source,
              declaredBy,
              definedBy: [],
              reason: each.reason,
              destination,
              appliedBy: applierOf(application),
              appliedRevision: appliedRevision(application, index),
            },
          ]
        : [],
    ),
    unrendered: read.flatMap((each) =>
      each.kind === "unrendered"
        ? [{ ...each.unrendered, declaredBy, owns: ownedByApplication(application) }]
        : [],
    ),
  };
}

type ReadSource =
  | { readonly kind: "source"; readonly source: Source; readonly reason: string }
  | { readonly kind: "unrendered"; readonly unrendered: Omit<UnrenderedSource, "declaredBy" | "owns"> }
  /** Only lends its files to another one. */
  | { readonly kind: "reference" };

function readSource(
  application: Application,
  source: ApplicationSource,
  all: readonly ApplicationSource[],
  index: number,
  { remotes, tree }: DiscoveryRequest,
): ReadSource {
  if (source.chart !== null) return foreign(source, `chart ${source.chart} comes from ${source.repoURL}`);
  if (source.ref !== null && source.path === null) return { kind: "reference" };
  if (!isSameRepository(source.repoURL, remotes))
    return foreign(source, `its files come from ${source.repoURL}`);
  const folder = folderPath(source.path ?? ".");
  if (source.plugin !== undefined && source.plugin !== null)
    return elsewhere("a config management plugin renders it", folder);
  if (folder === null) return elsewhere(`its path ${source.path} leads out of the repository`);
  if (tree.filesBelow(folder).length === 0) return elsewhere(`the commit holds no files in ${folder}`);
  const id = `${application.metadata.name}${all.length > 1 ? `[${index}]` : ""}`;
  switch (kindOf(source, folder, tree)) {
    case "helm":
      return helmSource(application, source, all, folder, id, remotes, tree);
    case "kustomize":
      return {
        kind: "source",
        source: kustomizeSource(application, source, folder, id),
        reason: `Argo CD builds the kustomization in ${folder}.`,
      };
    default:
      return plainFolder(application, source, folder, id);
  }
}

function foreign({ repoURL }: ApplicationSource, reason: string): ReadSource {
  return elsewhere(reason, null, repoURL);
}

/** @param folder Of this repository; null where what is applied lies elsewhere. */
function elsewhere(reason: string, folder: string | null = null, address: string | null = null): ReadSource {
  const remedy = unrenderedRemedy(folder);
  return { kind: "unrendered", unrendered: { folder, address, reason, remedy } };
}

/** What is configured decides, else what the folder holds. */
function kindOf(source: ApplicationSource, folder: string, tree: DiscoveryRequest["tree"]) {
  if (source.helm != null && Object.values(source.helm).some(isGiven)) return "helm";
  if (source.kustomize != null && Object.values(source.kustomize).some(isGiven)) return "kustomize";
  return source.directory?.recurse === true ? "plain" : folderKind(folder, tree);
}

function isGiven(value: unknown): boolean {
  return (
    value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
  );
}

function kustomizeSource(
  { spec: { destination } }: Application,
  { kustomize }: ApplicationSource,
  root: string,
  id: string,
): KustomizeSource {
  const { namePrefix, nameSuffix, namespace, commonLabels, commonAnnotations, components, patches } =
    kustomize ?? {};
  const overrides = {
    namePrefix,
    nameSuffix,
    namespace,
    commonAnnotations,
    components,
    patches,
    ...(kustomize?.labelWithoutSelector === true && commonLabels != null
      ? { labels: [{ pairs: commonLabels, includeSelectors: false }] }
      : { commonLabels }),
  };
  return {
    kind: "kustomize",
    id: `${id}: kustomize ${root}`,
    root,
    namespace: destination.namespace,
    overrides: Object.fromEntries(
      Object.entries(overrides).filter(([, value]) => isGiven(value)),
    ) as JsonObject,
    loadRestrictor: "root-only",
    isGenerated: false,
    substitute: null,
  };
}

function helmSource(
  application: Application,
  source: ApplicationSource,
  all: readonly ApplicationSource[],
  chart: string,
  id: string,
  remotes: readonly string[],
  tree: DiscoveryRequest["tree"],
): ReadSource {
  const { helm } = source;
  const filled = (text: string) => buildVariables(text, application);
  const files = valueFilesOf(source, all, chart, remotes, tree, filled);
  if (files.kind === "elsewhere") return elsewhere(`its values file ${files.file} lies elsewhere`, chart);
  const setFiles = setFilesOf(source, all, chart, remotes, filled);
  if (setFiles.kind === "elsewhere")
    return elsewhere(`it sets a parameter from ${setFiles.file}, which lies elsewhere`, chart);
  const values = inlineValues(source);
  if (values === "unreadable") return elsewhere("its inline values are not valid YAML", chart);
  const rendered: HelmSource = {
    kind: "helm",
    id: `${id}: helm ${chart}`,
    chart,
    releaseName: helm?.releaseName ?? application.metadata.name,
    namespace: helm?.namespace ?? application.spec.destination.namespace,
    valueFiles: files.files,
    isDefaultReplaced: false,
    values,
    set: (helm?.parameters ?? []).map(({ name, value, forceString }) => ({
      name,
      value: filled(value ?? ""),
      forceString,
    })),
    setFiles: setFiles.files,
    kubeVersion: helm?.kubeVersion ?? null,
    apiVersions: helm?.apiVersions ?? [],
  };
  return { kind: "source", source: rendered, reason: `Argo CD templates the chart in ${chart}.` };
}

/** `valuesObject` is what newer versions write in the place of `values`, and wins. */
function inlineValues({ helm }: ApplicationSource): JsonObject | null | "unreadable" {
  if (helm?.valuesObject != null) return helm.valuesObject as JsonObject;
  if (helm?.values == null || helm.values.trim() === "") return null;
  const values = yamlValue(helm.values);
  return isJsonObject(values) ? values : "unreadable";
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/ */
function buildVariables(value: string, { metadata, spec }: Application): string {
  const variables: Readonly<Record<string, string>> = {
    ARGOCD_APP_NAME: metadata.name,
    ARGOCD_APP_NAMESPACE: spec.destination.namespace ?? "",
  };
  return value.replace(
    /\$\{?(ARGOCD_APP_NAME(?:SPACE)?)\}?/g,
    (whole, name: string) => variables[name] ?? whole,
  );
}

function plainFolder(
  { spec: { destination } }: Application,
  { directory }: ApplicationSource,
  folder: string,
  id: string,
): ReadSource {
  const source: PlainSource = {
    kind: "plain",
    id: `${id}: ${folder}`,
    namespace: destination.namespace,
    folder,
    recurse: directory?.recurse ?? false,
    include: globs(directory?.include ?? null),
    exclude: globs(directory?.exclude ?? null),
  };
  return { kind: "source", source, reason: `Argo CD applies the manifests in ${folder} as they are.` };
}

/** One glob, or several in braces: `{a.yaml,b/*.yaml}`. */
function globs(written: string | null): readonly string[] {
  if (written === null || written === "") return [];
  const several = /^\{(.*)\}$/.exec(written)?.[1];
  return several === undefined ? [written] : several.split(",").map((glob) => glob.trim());
}
