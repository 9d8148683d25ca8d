import type { JsonObject } from "../../model/json.ts";
import type { OtherRepository } from "../../ports/source-discovery.ts";
import { declaredObjects, type GitOpsObject } from "./declared-objects.ts";
import { nonManifests } from "./non-manifests.ts";
import { withLiveObjects } from "./with-live-objects.ts";

/** What other repositories declare, and which of the cluster's objects that leaves to the audited one. */
export interface ObjectsOfOthers {
  readonly declared: readonly { readonly home: OtherRepository; readonly objects: readonly GitOpsObject[] }[];
  readonly live: readonly JsonObject[];
}

/**
 * The GitOps objects of other repositories, each with the status that the cluster has of it. Their places are of no use
 * here: paths in a report are those of the audited repository.
 */
export async function objectsOfOthers(
  others: readonly OtherRepository[],
  live: readonly JsonObject[],
): Promise<ObjectsOfOthers> {
  let left = live;
  const declared: { home: OtherRepository; objects: readonly GitOpsObject[] }[] = [];
  for (const home of others) {
    const merged = withLiveObjects(await declaredObjects(home.tree), left, await nonManifests(home.tree));
    const objects = merged.filter(({ place }) => place !== null);
    declared.push({ home, objects: objects.map(({ object }) => ({ object, place: null })) });
    // The cluster's come first, in their order.
    left = left.filter((_, index) => merged[index]?.place === null);
  }
  return { declared, live: left };
}
