import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { ApiFailure } from "./api-failure.ts";

/** Where the API server keeps the objects by which Argo CD and Flux say what they apply. */
const LISTS = [
  { path: "/apis/argoproj.io/v1alpha1/applications", kind: "Application", group: "argoproj.io" },
  {
    path: "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations",
    kind: "Kustomization",
    group: "kustomize.toolkit.fluxcd.io",
  },
  {
    path: "/apis/helm.toolkit.fluxcd.io/v2/helmreleases",
    kind: "HelmRelease",
    group: "helm.toolkit.fluxcd.io",
  },
  {
    path: "/apis/source.toolkit.fluxcd.io/v1/gitrepositories",
    kind: "GitRepository",
    group: "source.toolkit.fluxcd.io",
  },
  {
    path: "/apis/source.toolkit.fluxcd.io/v1/helmcharts",
    kind: "HelmChart",
    group: "source.toolkit.fluxcd.io",
  },
] as const;

/**
 * The GitOps objects of a cluster. A kind that it does not have is none; one that the auditor may not list is passed
 * over, as the server does not tell whether it is there.
 *
 * @param list Lists one kind, whole.
 * @returns null where none of the kinds may be listed.
 */
export async function readGitOpsObjects(
  list: (path: string) => Promise<readonly Json[]>,
): Promise<readonly JsonObject[] | null> {
  const found: JsonObject[] = [];
  let isAnyRead = false;
  for (const { path, kind } of LISTS) {
    const objects = await listOrNull(list, path);
    if (objects === null) continue;
    isAnyRead = true;
    // A list names the type once, for all of its items.
    const apiVersion = path.split("/").slice(2, 4).join("/");
    found.push(...objects.filter(isJsonObject).map((object) => ({ apiVersion, kind, ...object })));
  }
  return isAnyRead ? found : null;
}

async function listOrNull(
  list: (path: string) => Promise<readonly Json[]>,
  path: string,
): Promise<readonly Json[] | null> {
  try {
    return await list(path);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.failure.kind !== "status") throw error;
    if (error.failure.status === 404) return [];
    if (error.failure.status === 403) return null;
    throw error;
  }
}

/** Whether an object of a snapshot is one of these kinds. */
export function isGitOpsObject(item: Json): item is JsonObject {
  if (!isJsonObject(item)) return false;
  return LISTS.some(
    ({ kind, group }) => item.kind === kind && String(item.apiVersion).startsWith(`${group}/`),
  );
}
