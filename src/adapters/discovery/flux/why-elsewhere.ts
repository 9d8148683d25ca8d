import { isSameRepository } from "../same-repository.ts";
import type { GitRepository, SourceReference } from "./flux-objects.ts";

/** Why a source's files are not those of the audited repository; null where they are. */
export function whyElsewhere(
  { kind, name, namespace }: SourceReference,
  ownNamespace: string | null,
  repositories: readonly GitRepository[],
  remotes: readonly string[],
): { readonly reason: string; readonly address: string } | null {
  if (kind !== "GitRepository") return { reason: `its files come from ${kind} ${name}`, address: "" };
  const wanted = namespace ?? ownNamespace;
  const found = repositories.filter(({ metadata }) => isNamed(metadata, name, wanted));
  if (found.length === 0)
    return { reason: `nothing here tells the address of GitRepository ${name}`, address: "" };
  if (found.some(({ spec }) => isSameRepository(spec.url, remotes))) return null;
  const address = found[0]?.spec.url ?? "";
  return { reason: `its files come from ${address}`, address };
}

/** A manifest may leave its namespace to a kustomization, and a reference to the object that holds it. */
export function isNamed(
  metadata: { readonly name: string; readonly namespace: string | null },
  name: string,
  namespace: string | null,
): boolean {
  return (
    metadata.name === name &&
    (metadata.namespace === null || namespace === null || metadata.namespace === namespace)
  );
}
