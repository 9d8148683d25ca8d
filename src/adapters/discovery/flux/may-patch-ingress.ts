import { isJsonObject, type Json } from "../../../model/json.ts";
import { yamlValues } from "../yaml-values.ts";

/**
 * Whether a HelmRelease's post-renderer may change an Ingress: by a patch without a target that names another kind.
 * Images are not in an Ingress.
 *
 * @param renderer An item of `spec.postRenderers`.
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers
 */
export function mayPatchIngress(renderer: unknown): boolean {
  if (!isJsonObject(renderer)) return true;
  const { kustomize, ...others } = renderer;
  if (Object.keys(others).length > 0 || !isJsonObject(kustomize)) return true;
  const { images: _, patches = [], patchesStrategicMerge = [], patchesJson6902 = [], ...further } = kustomize;
  if (Object.keys(further).length > 0) return true;
  return [patches, patchesStrategicMerge, patchesJson6902].some(
    (each) => each !== null && (!Array.isArray(each) || each.some((patch) => mayTake(patch))),
  );
}

function mayTake(patch: Json): boolean {
  if (!isJsonObject(patch)) return true;
  const kind = isJsonObject(patch.target) ? patch.target.kind : undefined;
  if (typeof kind === "string") return matches(kind);
  if (isJsonObject(patch.target)) return true;
  // Without a target the patch is a part of an object, which names its kind.
  if (typeof patch.patch === "string") return yamlValues(patch.patch).some(mayBeIngress);
  return mayBeIngress(patch);
}

/** A target's kind is a regular expression. */
function matches(kind: string): boolean {
  if (/^\w+$/.test(kind)) return kind === "Ingress";
  try {
    return new RegExp(`^(?:${kind})$`).test("Ingress");
  } catch {
    return true;
  }
}

function mayBeIngress(object: unknown): boolean {
  return !isJsonObject(object) || typeof object.kind !== "string" || object.kind === "Ingress";
}
