import { parseAllDocuments } from "yaml";
import { isJsonObject, type Json } from "../../../model/json.ts";

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
  if (typeof patch.patch === "string") return kindsIn(patch.patch).some((each) => each !== "other");
  return kindOf(patch) !== "other";
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

function kindsIn(text: string): readonly ("ingress" | "other" | "unknown")[] {
  return parseAllDocuments(text, { logLevel: "error" }).map((document) =>
    kindOf(document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 })),
  );
}

function kindOf(value: unknown): "ingress" | "other" | "unknown" {
  if (!isJsonObject(value) || typeof value.kind !== "string") return "unknown";
  return value.kind === "Ingress" ? "ingress" : "other";
}
