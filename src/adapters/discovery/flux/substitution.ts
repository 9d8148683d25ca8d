import { parseAllDocuments } from "yaml";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
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
  namespace: string | null,
  tree: SourceTree,
): Promise<Substitution> {
  if (postBuild == null) return { kind: "values", values: null, files: [] };
  const values: Record<string, string> = {};
  const files: string[] = [];
  for (const { kind, name, optional } of postBuild.substituteFrom ?? []) {
    const found = kind === "ConfigMap" ? await configMap(name, namespace, tree) : null;
    if (found !== null) {
      Object.assign(values, found.data);
      files.push(found.file);
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

async function configMap(
  name: string,
  namespace: string | null,
  tree: SourceTree,
): Promise<{ readonly file: string; readonly data: Record<string, string> } | null> {
  for (const file of tree.filesBelow(".").filter((each) => /\.(?:ya?ml|json)$/i.test(each))) {
    const content = await tree.read(file);
    if (content === null || !content.includes("ConfigMap") || !content.includes(name)) continue;
    for (const document of parseAllDocuments(content.toString("utf8"), { logLevel: "error" })) {
      const value: unknown = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
      if (isJsonObject(value) && isNamed(value, name, namespace))
        return { file, data: stringsOf(value.data) };
    }
  }
  return null;
}

function isNamed({ kind, metadata }: JsonObject, name: string, namespace: string | null): boolean {
  if (kind !== "ConfigMap" || !isJsonObject(metadata) || metadata.name !== name) return false;
  return metadata.namespace === undefined || namespace === null || metadata.namespace === namespace;
}

function stringsOf(data: unknown): Record<string, string> {
  const entries = isJsonObject(data) ? Object.entries(data) : [];
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
