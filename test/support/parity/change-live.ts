import { isJsonObject, type JsonObject } from "../../../src/model/json.ts";
import { ingressPath } from "../cluster/ingress-objects.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";
import { metadataOf, specOf } from "./draft.ts";
import type { MutatedIngress } from "./mutated-ingress.ts";

/** Somebody makes the live object what the draft says, with an update; last-applied stays. */
export async function changeLive(
  cluster: TestCluster,
  namespace: string,
  { name, live }: MutatedIngress,
): Promise<void> {
  const path = ingressPath(namespace, name);
  const { body } = await cluster.request("mallory@example.com", "GET", path);
  if (!isJsonObject(body) || !isJsonObject(body.metadata)) throw new Error(JSON.stringify(body));
  const { annotations, labels, finalizers, ownerReferences, ...metadata } = body.metadata;
  const changed = metadataOf(live);
  const answer = await cluster.request("mallory@example.com", "PUT", path, {
    ...body,
    metadata: {
      ...metadata,
      ...changed,
      annotations: { ...lastApplied(annotations), ...record(changed.annotations) },
    },
    spec: specOf(live),
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

function lastApplied(annotations: JsonObject[string] | undefined): JsonObject {
  const value = record(annotations)[LAST_APPLIED];
  return value === undefined ? {} : { [LAST_APPLIED]: value };
}

function record(value: JsonObject[string] | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
