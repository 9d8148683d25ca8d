import { createHash } from "node:crypto";
import type { HelmRelease } from "./flux-objects.ts";

/** The longest name that Helm takes. */
const LONGEST = 53;
const HASH_LENGTH = 12;

/**
 * What Flux calls a release: a name that is too long for Helm is cut, and told apart by a hash of the whole.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#release-name
 */
export function releaseName({ metadata, spec }: HelmRelease): string {
  const { releaseName, targetNamespace } = spec;
  const name =
    releaseName ?? (targetNamespace === null ? metadata.name : `${targetNamespace}-${metadata.name}`);
  if (name.length <= LONGEST) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, LONGEST - HASH_LENGTH - 1)}-${hash}`;
}
