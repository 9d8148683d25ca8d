import { readFile } from "node:fs/promises";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { json } from "node:stream/consumers";
import type { Json } from "../../../../src/model/json.ts";
import { ingressPath } from "../ingress-objects.ts";
import type { TestCluster } from "../test-cluster.ts";
import { type AuditEventKind, create, expectStatus, kind } from "./audit-event-kind.ts";

const WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";

/** Writes done as someone else, and changed by something else than the client. */
export const IDENTITIES: readonly AuditEventKind[] = [
  kind("impersonation", async (cluster, namespace) => {
    await create(cluster, namespace);
    const args = ["annotate", "ingress", "web", "-n", namespace, "team=shop", "--as=bob@example.com"];
    await cluster.kubectl("alice@example.com", args);
  }),
  kind("impersonation-refused", async (cluster, namespace) => {
    await create(cluster, namespace);
    const patch = { metadata: { annotations: { team: "shop" } } };
    const options = {
      contentType: "application/merge-patch+json",
      headers: { "impersonate-user": "bob@example.com" },
    };
    await expectStatus(
      cluster.request("mallory@example.com", "PATCH", ingressPath(namespace, "web"), patch, options),
      403,
    );
  }),
  kind("mutating-webhook", async (cluster, namespace) => {
    const webhook = await startWebhook(cluster);
    await expectStatus(
      cluster.request("admin", "POST", WEBHOOKS, configuration(namespace, webhook.url, webhook.ca)),
      201,
    );
    await mutatedCreate(cluster, namespace);
    await expectStatus(cluster.request("admin", "DELETE", `${WEBHOOKS}/${namespace}`), 200);
    webhook.close();
  }),
];

/** The server takes some moments to notice a new webhook. */
async function mutatedCreate(cluster: TestCluster, namespace: string): Promise<void> {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const name = `web-${attempt}`;
    const created = await create(cluster, namespace, "alice@example.com", name);
    if (JSON.stringify(created).includes("injected-by-webhook")) return;
  }
  throw new Error("the webhook was never called");
}

async function startWebhook(cluster: TestCluster) {
  // The API server's own certificate names 127.0.0.1 too.
  const ca = await readFile(cluster.caPath);
  const key = await readFile(path.join(path.dirname(cluster.caPath), "apiserver.key"));
  const server = https.createServer({ cert: ca, key }, (request, response) => {
    json(request).then((review) => response.end(JSON.stringify(answerTo(review as Review))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/`, ca: ca.toString("base64"), close: () => server.close() };
}

interface Review {
  readonly request: { readonly uid: string };
}

function answerTo(review: Review): object {
  const patch = [{ op: "add", path: "/metadata/annotations", value: { "injected-by-webhook": "true" } }];
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    response: {
      uid: review.request.uid,
      allowed: true,
      patchType: "JSONPatch",
      patch: Buffer.from(JSON.stringify(patch)).toString("base64"),
    },
  };
}

function configuration(namespace: string, url: string, caBundle: string): Json {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: namespace },
    webhooks: [
      {
        name: "annotate.example.com",
        clientConfig: { url, caBundle },
        sideEffects: "None",
        admissionReviewVersions: ["v1"],
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
        rules: [
          {
            apiGroups: ["networking.k8s.io"],
            apiVersions: ["v1"],
            resources: ["ingresses"],
            operations: ["CREATE", "UPDATE"],
          },
        ],
      },
    ],
  };
}
