import { isJsonObject } from "../../model/json.ts";
import { type KeyedIngress, type KeyedValue, sameKeyedValue } from "../../model/keyed-ingress.ts";
import type { ObjectHistory } from "./object-history.ts";

/** The commits whose version of an Ingress a deployed manifest is. */
export interface ManifestCommits {
  /** Whether the audited history has that version. */
  readonly isMerged: boolean;
  /** The newest commit on a ref that is not merged into the audited one that has it; null where none does. */
  readonly unmerged: number | null;
}

/**
 * Tools add annotations and labels of their own, so that of the versions that a manifest holds whole the largest is
 * meant.
 */
export function commitsOfManifest(manifest: KeyedIngress, history: ObjectHistory): ManifestCommits {
  const isMerged = history.index.ancestorsOf(history.index.graph.head);
  const held = history.changedAt.flatMap((commit) => {
    const state = history.stateAt(commit);
    return state.kind === "present" && holds(manifest, state.ingress)
      ? [{ commit, size: sizeOf(state.ingress.fields) }]
      : [];
  });
  const largest = Math.max(...held.map(({ size }) => size));
  const meant = held.filter(({ size }) => size === largest);
  return {
    isMerged: meant.some(({ commit }) => isMerged(commit)),
    unmerged: meant.find(({ commit }) => !isMerged(commit))?.commit ?? null,
  };
}

function holds(manifest: KeyedIngress, version: KeyedIngress): boolean {
  return (
    sameKeyedValue(manifest.fields.spec, version.fields.spec) &&
    isWithin(version.fields.metadata, manifest.fields.metadata)
  );
}

function isWithin(part: KeyedValue | undefined, whole: KeyedValue | undefined): boolean {
  if (!isJsonObject(part)) return part === undefined || sameKeyedValue(part, whole);
  if (!isJsonObject(whole)) return Object.keys(part).length === 0;
  return Object.entries(part).every(([key, value]) =>
    isWithin(value, Object.hasOwn(whole, key) ? whole[key] : undefined),
  );
}

/** How many leaves there are. */
function sizeOf(value: KeyedValue): number {
  if (!isJsonObject(value)) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + sizeOf(each), 0);
}
