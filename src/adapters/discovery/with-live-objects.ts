import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { GitOpsObject } from "./declared-objects.ts";

/**
 * Git's objects and the cluster's, each object once. What Git declares is what counts, with the status that the cluster
 * has of it; where a kustomization may have changed Git's on the way, or Git declares several of that name, the cluster's
 * counts unless one of Git's is the same.
 *
 * @param isChanged Whether a file is an input of something that is rendered.
 */
export function withLiveObjects(
  declared: readonly GitOpsObject[],
  live: readonly JsonObject[],
  isChanged: (path: string) => boolean,
): readonly GitOpsObject[] {
  const taken = new Set<GitOpsObject>();
  const merged = live.map((object): GitOpsObject => {
    const candidates = declared.filter((each) => isSameObject(each.object, object));
    for (const candidate of candidates) taken.add(candidate);
    const same = candidates.find((each) => isDeepStrictEqual(each.object.spec, object.spec));
    const [only, ...others] = candidates;
    const isGits = only?.place != null && others.length === 0 && !isChanged(only.place.path);
    if (same !== undefined) return { object, place: same.place };
    return isGits
      ? { object: { ...object, spec: only.object.spec ?? null }, place: only.place }
      : { object, place: null };
  });
  return [...merged, ...declared.filter((each) => !taken.has(each))];
}

/** A kustomization may give the namespace that Git's manifest does not name. */
function isSameObject(git: JsonObject, live: JsonObject): boolean {
  const [gits, lives] = [namesOf(git), namesOf(live)];
  return (
    groupOf(git) === groupOf(live) &&
    git.kind === live.kind &&
    gits.name === lives.name &&
    (gits.namespace === undefined || gits.namespace === lives.namespace)
  );
}

function namesOf({ metadata }: JsonObject): JsonObject {
  return isJsonObject(metadata) ? metadata : {};
}

function groupOf({ apiVersion }: JsonObject): string {
  return String(apiVersion).split("/")[0] ?? "";
}
