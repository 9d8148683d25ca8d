import type { Json } from "../../src/model/json.ts";
import type { TestUser } from "../../test/support/cluster/access.ts";
import type { TestCluster } from "../../test/support/cluster/test-cluster.ts";

const ARGO_CD = "system:serviceaccount:argocd:argocd-application-controller";
const CERT_MANAGER = "system:serviceaccount:cert-manager:cert-manager";
const INGRESSES = "/apis/networking.k8s.io/v1/namespaces/shop/ingresses";
const NGINX = "nginx.ingress.kubernetes.io";

/** What happens to the demo's Ingresses in the cluster: each act by a real identity with a real client. */
export class ClusterStory {
  readonly #cluster: TestCluster;

  constructor(cluster: TestCluster) {
    this.#cluster = cluster;
  }

  async deploy(manifests: readonly string[]): Promise<void> {
    const args = [
      "apply",
      "--server-side",
      "--field-manager=argocd-controller",
      "--force-conflicts",
      "-f",
      "-",
    ];
    await this.#cluster.kubectl(ARGO_CD, args, { stdin: manifests.join("---\n") });
  }

  async injectSnippet(): Promise<void> {
    const snippet = "location /healthz-debug {\n  proxy_pass http://203.0.113.66:8080;\n}\n";
    await this.#kubectl("mallory@example.com", "annotate", "web", `${NGINX}/server-snippet=${snippet}`);
  }

  async pauseAlerts(): Promise<void> {
    const annotation = "shop.example.com/alerts-paused-until=tomorrow 08:00";
    await this.#kubectl("carol@example.com", "annotate", "web", annotation);
  }

  async rollCheckoutBack(): Promise<void> {
    const path = "/spec/rules/0/http/paths/1/backend/service/name";
    const patch = JSON.stringify([{ op: "replace", path, value: "checkout-v1" }]);
    await this.#kubectl("bob@example.com", "patch", "checkout", "--type=json", `--patch=${patch}`);
  }

  async raiseBodySize(): Promise<void> {
    const annotation = `${NGINX}/proxy-body-size=64m`;
    await this.#kubectl("alice@example.com", "annotate", "checkout", "--overwrite", annotation);
  }

  async applyFromBranch(manifest: string): Promise<void> {
    const args = ["apply", "--server-side", "--force-conflicts", "-f", "-"];
    await this.#cluster.kubectl("carol@example.com", args, { stdin: manifest });
  }

  async deleteAdmin(): Promise<void> {
    await this.#kubectl("alice@example.com", "delete", "admin");
  }

  /** As cert-manager does with `http01-edit-in-place`: it reads the Ingress and writes it back with one path more. */
  async answerChallenge(): Promise<void> {
    const { body } = await this.#cluster.request(CERT_MANAGER, "GET", `${INGRESSES}/checkout`);
    const answer = await this.#cluster.request(
      CERT_MANAGER,
      "PUT",
      `${INGRESSES}/checkout`,
      withChallengePath(body),
      { userAgent: "cert-manager-challenges/v1.19.1 (linux/amd64) cert-manager.io/1.19.1" },
    );
    if (answer.status !== 200) throw new Error(`cert-manager's update answered ${answer.status}`);
  }

  /** @throws {Error} Where kubectl diff sees any difference between the manifest and the cluster. */
  async expectNothingFromKubectlDiff(manifest: string): Promise<void> {
    await this.#cluster.kubectl(ARGO_CD, ["diff", "-f", "-"], { stdin: manifest });
    await this.#cluster.kubectl(
      ARGO_CD,
      ["diff", "--server-side", "--field-manager=argocd-controller", "-f", "-"],
      { stdin: manifest },
    );
  }

  async #kubectl(user: TestUser, verb: string, name: string, ...args: readonly string[]): Promise<void> {
    await this.#cluster.kubectl(user, [verb, "ingress", name, "--namespace=shop", ...args]);
  }
}

const CHALLENGE_PATH = {
  path: "/.well-known/acme-challenge/p7Jq2wXk4c1",
  pathType: "ImplementationSpecific",
  backend: { service: { name: "cm-acme-http-solver-5xw8n", port: { number: 8089 } } },
};

function withChallengePath(ingress: Json): Json {
  return JSON.parse(JSON.stringify(ingress), (key, value) =>
    key === "paths" && Array.isArray(value) ? [...value, CHALLENGE_PATH] : value,
  );
}
