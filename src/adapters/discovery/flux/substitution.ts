import type { SourceTree } from "../../../ports/source-renderer.ts";
import { type ConfigMapReference, declaredConfigMap } from "./declared-config-map.ts";
import type { FluxKustomization } from "./flux-objects.ts";

export type Substitution =
  /** null where nothing is substituted. */
  | {
      readonly kind: "values";
      readonly values: Readonly<Record<string, string>> | null;
      /** Files that declare ConfigMaps of it. */
      readonly files: readonly string[];
    }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * The variables of postBuild. A ConfigMap counts where Git declares it; a Secret is never read.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export async function substitution(
  postBuild: FluxKustomization["spec"]["postBuild"] | null,
  place: Pick<ConfigMapReference, "namespace" | "from">,
  tree: SourceTree,
): Promise<Substitution> {
  if (postBuild == null) return { kind: "values", values: null, files: [] };
  const values: Record<string, string> = {};
  const files: string[] = [];
  for (const { kind, name, optional } of postBuild.substituteFrom ?? []) {
    const found = kind === "ConfigMap" ? await declaredConfigMap({ name, ...place }, tree) : null;
    if (found !== null) {
      Object.assign(values, found.data);
      files.push(...found.files);
    } else if (!optional)
      return {
        kind: "unknown",
        reason: `it substitutes variables from ${kind} ${name}, which Git does not declare in the clear`,
      };
  }
  const all = Object.entries({ ...values, ...postBuild.substitute });
  // Without variables nothing is substituted, not even by nothing; a value is one line.
  const isAny = all.length > 0;
  return {
    kind: "values",
    files,
    values: isAny ? Object.fromEntries(all.map(([name, value]) => [name, value.replaceAll("\n", "")])) : null,
  };
}
