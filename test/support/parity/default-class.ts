import { setTimeout as sleep } from "node:timers/promises";
import { isJsonObject } from "../../../src/model/json.ts";
import { ingress, ingressesPath } from "../cluster/ingress-objects.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";

const DEADLINE_MS = 20_000;

export async function createClass(cluster: TestCluster, name: string, isDefault = false): Promise<void> {
  const annotations = isDefault ? { "ingressclass.kubernetes.io/is-default-class": "true" } : {};
  const answer = await cluster.request("admin", "POST", "/apis/networking.k8s.io/v1/ingressclasses", {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name, annotations },
    spec: { controller: "example.com/any" },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}

/** Create a class that is the default, and wait until the server's admission has seen it. */
export async function createDefaultClass(cluster: TestCluster, name: string): Promise<void> {
  await createClass(cluster, name, true);
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await isFilledIn(cluster, name))) {
    if (Date.now() > deadline) throw new Error(`The default class ${name} was not seen in time`);
    await sleep(50);
  }
}

async function isFilledIn(cluster: TestCluster, name: string): Promise<boolean> {
  const { ingressClassName: _, ...spec } = ingress("default", "any").spec;
  const path = `${ingressesPath("default")}?dryRun=All`;
  const { body } = await cluster.request("admin", "POST", path, { ...ingress("default", "any"), spec });
  return isJsonObject(body) && isJsonObject(body.spec) && body.spec.ingressClassName === name;
}
