import { isJsonObject } from "../../../src/model/json.ts";
import { ingressPath } from "../cluster/ingress-objects.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";
import type { CorpusFolder } from "./corpus-folder.ts";

/** What an ingress controller writes when it has an address for the Ingress. */
export async function writeStatus(
  cluster: TestCluster,
  { ingresses, namespace }: CorpusFolder,
): Promise<void> {
  const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1", ports: [{ port: 80, protocol: "TCP" }] }] } };
  for (const { metadata } of ingresses) {
    const name = isJsonObject(metadata) ? String(metadata.name) : "";
    const answer = await cluster.request(
      "system:serviceaccount:cert-manager:cert-manager",
      "PATCH",
      `${ingressPath(namespace, name)}/status`,
      { status },
      { contentType: "application/merge-patch+json", userAgent: "nginx-ingress-controller/v1.13.7" },
    );
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }
}
