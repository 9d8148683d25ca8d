import { readFile } from "node:fs/promises";
import type { Json } from "../../../src/model/json.ts";
import type { ApiClient } from "./api-client.ts";
import type { ClusterAssets } from "./assets.ts";
import type { CertificateAuthority } from "./certificate-authority.ts";
import { auditLogPath, caPath, kubeconfigPath, serviceAccountKeyPath } from "./cluster-folder.ts";
import { createObject } from "./create-object.ts";
import { runKubectl } from "./run-kubectl.ts";
import type { TestCluster } from "./test-cluster.ts";

export function clusterHandle({
  assets,
  folder,
  url,
  client,
  clientAuthority,
  stop,
}: {
  readonly assets: ClusterAssets;
  readonly folder: string;
  readonly url: string;
  readonly client: ApiClient;
  readonly clientAuthority: CertificateAuthority;
  readonly stop: () => Promise<void>;
}): TestCluster {
  const kubectl: TestCluster["kubectl"] = async (user, args, options) =>
    await runKubectl(
      { kubectlPath: assets.kubectl, kubeconfig: kubeconfigPath(folder, user), home: folder },
      args,
      options,
    );
  return {
    url,
    caPath: caPath(folder),
    auditLogPath: auditLogPath(folder),
    serviceAccountKeyPath: serviceAccountKeyPath(folder),
    clientAuthority,
    kubectlPath: assets.kubectl,
    scratchFolder: folder,
    kubeconfig: (user) => kubeconfigPath(folder, user),
    kubectl,
    request: client.request,
    createNamespace: async (name) => {
      const type = { apiVersion: "v1", kind: "Namespace" };
      await createObject(client, "/api/v1/namespaces", { ...type, metadata: { name } });
    },
    snapshot: async () => {
      const args = ["get", "ingress,ingressclass", "-A", "-o", "json", "--show-managed-fields"];
      return (await kubectl("auditor", args)).stdout;
    },
    auditEvents: async () => {
      const lines = (await readFile(auditLogPath(folder), "utf8")).split("\n");
      return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Json);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
