import { isJsonObject, type JsonObject } from "../../../src/model/json.ts";
import { idOf } from "./branch-state.ts";
import type { ClusterLife, Intent, WriteRequest } from "./cluster-life.ts";
import type { IngressModel } from "./ingress-model.ts";
import { manifest, modelOf, TRACKING_ID } from "./manifest.ts";
import { jsonPatch, mergePatch, strategicPatch } from "./patches.ts";

/** The ways by which a hand changes an object that is there. */
export const HAND_WAYS = {
  strategic: 8,
  merge: 8,
  json: 8,
  edit: 5,
  replace: 3,
  apply: 2,
  kubectlPatch: 1,
  kubectlPatchJson: 1,
  kubectlApply: 1,
  kubectlApplyServerSide: 1,
};
export type HandWay = keyof typeof HAND_WAYS;

/** Bring the live object to another state, by hand. What the way cannot express (an apply removes nothing of others') stays. */
export async function changeByHand(
  life: ClusterLife,
  key: string,
  next: IngressModel,
  way: HandWay,
  who: Omit<Intent, "via">,
  via = `${way} by hand`,
): Promise<void> {
  const before = life.raw(key);
  if (before === undefined) throw new Error(`${key} is not there`);
  const intent: Intent = { ...who, via };
  const id = idOf(key);
  const after = writtenAs(before, key, next);
  const plain = writtenAs(before, key, modelOf(before));
  const stdin = JSON.stringify(after);
  switch (way) {
    case "strategic":
    case "merge":
    case "json":
    case "edit":
    case "replace":
    case "apply":
      return await life.write(key, intent, rawRequest(way, before, plain, after));
    case "kubectlPatch": {
      const patch = JSON.stringify(mergePatch(plain, after));
      return await life.kubectl(key, intent, ["patch", "ingress", id.name, "--type=merge", "-p", patch]);
    }
    case "kubectlPatchJson": {
      const patch = JSON.stringify(jsonPatch(plain, after));
      return await life.kubectl(key, intent, ["patch", "ingress", id.name, "--type=json", "-p", patch]);
    }
    case "kubectlApply":
      return await life.kubectl(key, intent, ["apply", "-f", "-"], { stdin });
    case "kubectlApplyServerSide":
      return await life.kubectl(key, intent, ["apply", "--server-side", "--force-conflicts", "-f", "-"], {
        stdin,
      });
    default:
      return way satisfies never;
  }
}

/**
 * The request that kubectl makes for the same purpose: method, content type, fieldManager. That the API server logs
 * both alike is tested in test/truth/raw-as-kubectl.test.ts.
 */
export function rawRequest(
  way: "strategic" | "merge" | "json" | "edit" | "replace" | "apply",
  live: JsonObject,
  before: JsonObject,
  after: JsonObject,
): WriteRequest {
  switch (way) {
    case "strategic":
    case "edit":
      return {
        method: "PATCH",
        body: strategicPatch(before, after),
        fieldManager: way === "edit" ? "kubectl-edit" : "kubectl-patch",
        options: { contentType: "application/strategic-merge-patch+json" },
      };
    case "merge":
      return {
        method: "PATCH",
        body: mergePatch(before, after),
        fieldManager: "kubectl-patch",
        options: { contentType: "application/merge-patch+json" },
      };
    case "json":
      return {
        method: "PATCH",
        body: jsonPatch(before, after),
        fieldManager: "kubectl-patch",
        options: { contentType: "application/json-patch+json" },
      };
    case "replace": {
      const metadata = isJsonObject(live.metadata) ? live.metadata : {};
      const written = isJsonObject(after.metadata) ? after.metadata : {};
      const { ownerReferences, resourceVersion, uid } = metadata;
      const body = {
        ...after,
        metadata: {
          ...written,
          ...(uid === undefined ? {} : { uid }),
          ...(ownerReferences === undefined ? {} : { ownerReferences }),
          resourceVersion: resourceVersion ?? "",
        },
      };
      return { method: "PUT", body, fieldManager: "kubectl-replace" };
    }
    case "apply":
      return {
        method: "PATCH",
        body: after,
        fieldManager: "kubectl",
        parameters: "&force=true",
        options: { contentType: "application/apply-patch+yaml" },
      };
    default:
      return way satisfies never;
  }
}

/** What `kubectl annotate` and `kubectl label` send; null removes the key. */
export function markRequest(verb: "annotate" | "label", name: string, value: string | null): WriteRequest {
  const root = verb === "annotate" ? "annotations" : "labels";
  return {
    method: "PATCH",
    body: { metadata: { [root]: { [name]: value } } },
    fieldManager: `kubectl-${verb}`,
    options: { contentType: "application/merge-patch+json" },
  };
}

/** The manifest of a model with Argo CD's mark, if the live object has it: a hand works on what `kubectl get` shows. */
function writtenAs(live: JsonObject, key: string, model: IngressModel): JsonObject {
  const metadata = isJsonObject(live.metadata) ? live.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const mark = annotations[TRACKING_ID];
  if (typeof mark !== "string") return manifest(idOf(key), model);
  return manifest(idOf(key), { ...model, annotations: { ...model.annotations, [TRACKING_ID]: mark } });
}
