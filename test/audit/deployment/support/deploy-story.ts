import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { awaitDeployment } from "../../../../src/audit/deployment/await-deployment.ts";
import type { DeploymentRequest } from "../../../../src/audit/deployment/deployment-request.ts";
import { assemble } from "../../../../src/entry/assembly/assemble.ts";
import type { AuditReport } from "../../../../src/report/audit-report.ts";
import type { DeploymentReport } from "../../../../src/report/deployment/deployment-report.ts";
import { type Fault, startFlakyProxy } from "../../../support/cluster/flaky-proxy.ts";
import type { TestCluster } from "../../../support/cluster/test-cluster.ts";
import { RepositoryBuilder, type TestRepository } from "../../../support/repository/build-repository.ts";

export const ann = { name: "Ann Lee", email: "ann@example.com" };
export const bob = { name: "Bob Roy", email: "bob@example.com" };

export interface WebSettings {
  readonly service: string;
  readonly bodySize: string;
}

/** One Ingress `web` in a namespace of its own, as a manifest. */
export function webManifest(namespace: string, { service, bodySize }: WebSettings): string {
  const backend = { service: { name: service, port: { number: 80 } } };
  return JSON.stringify({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "web",
      namespace,
      annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": bodySize },
    },
    spec: {
      ingressClassName: "nginx",
      rules: [
        {
          host: `${namespace}.example.com`,
          http: { paths: [{ path: "/", pathType: "Prefix", backend }] },
        },
      ],
    },
  });
}

/** A repository and a namespace: Ann's first commit is deployed, Bob's second one, another service, is to be. */
export class DeployStory implements AsyncDisposable {
  readonly namespace: string;
  readonly cluster: TestCluster;
  readonly repository: TestRepository;
  readonly first: string;
  readonly second: string;

  static async begin(cluster: TestCluster, namespace: string): Promise<DeployStory> {
    await cluster.createNamespace(namespace);
    const builder = new RepositoryBuilder();
    const add = (message: string, author: typeof ann, settings: WebSettings) =>
      builder.commit({ message, author, files: { "deploy/web.json": webManifest(namespace, settings) } });
    const first = add("add web", ann, BEFORE);
    const second = add("move to api", bob, AFTER);
    const repository = await builder.write();
    const story = new DeployStory(
      cluster,
      namespace,
      repository,
      [first, second].map((each) => repository.sha(each)),
    );
    await story.apply(BEFORE);
    return story;
  }

  constructor(cluster: TestCluster, namespace: string, repository: TestRepository, shas: readonly string[]) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.repository = repository;
    this.first = shas[0] ?? "";
    this.second = shas[1] ?? "";
  }

  /** As the pipeline does. */
  async apply(settings: WebSettings): Promise<void> {
    const stdin = webManifest(this.namespace, settings);
    await this.cluster.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin });
  }

  /** As somebody does by hand. */
  async annotate(user: "alice@example.com", annotation: string): Promise<void> {
    await this.cluster.kubectl(user, [
      "annotate",
      "-n",
      this.namespace,
      "--overwrite",
      "ingress/web",
      annotation,
    ]);
  }

  async patchService(user: "alice@example.com", name: string): Promise<void> {
    const patch = [{ op: "replace", path: "/spec/rules/0/http/paths/0/backend/service/name", value: name }];
    const args = ["patch", "-n", this.namespace, "ingress/web", "--type=json", "-p", JSON.stringify(patch)];
    await this.cluster.kubectl(user, args);
  }

  /**
   * Wait for the second commit on a clock of its own.
   *
   * @param pauses What happens while the gate sleeps, one after the other.
   */
  async wait(
    pauses: readonly (() => Promise<unknown>)[] = [],
    options: Partial<Omit<DeploymentRequest, "audit" | "complete">> & {
      faultFor?: (url: string, earlier: number) => Fault;
    } = {},
  ): Promise<DeploymentReport & { readonly slept: readonly number[] }> {
    const slept: number[] = [];
    const proxy = await startFlakyProxy(this.cluster, options.faultFor ?? (() => ({ kind: "pass" })));
    await using _ = { [Symbol.asyncDispose]: async () => await proxy.stop() };
    const { request, ports } = await this.#assemble(proxy.url);
    const defaults = { previous: [], timeoutMs: 60_000, countsOtherDrift: false };
    const complete = async (report: AuditReport) => report;
    const deployment = { audit: request, complete, ...defaults, ...options };
    const report = await awaitDeployment(deployment, ports, {
      now: () => slept.reduce((sum, ms) => sum + ms, 0),
      random: () => 1,
      sleep: async (ms) => {
        await pauses[slept.length]?.();
        slept.push(ms);
      },
    });
    return { ...report, slept };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.repository.remove();
  }

  async #assemble(server: string) {
    const options = {
      repo: this.repository.dir,
      ref: "main",
      config: await this.#write("deployers.yaml", "deployers:\n  users: [ci-deployer]\n"),
      kubeconfig: await this.#kubeconfig(server),
      namespace: [this.namespace],
      auditLog: [this.cluster.auditLogPath],
      color: false,
    };
    return await assemble([], options, {
      now: new Date(),
      signal: new AbortController().signal,
      stdin: process.stdin,
      progress: () => {},
    });
  }

  async #kubeconfig(server: string): Promise<string> {
    const config = JSON.parse(await readFile(this.cluster.kubeconfig("auditor"), "utf8"));
    config.clusters[0].cluster = { server, "insecure-skip-tls-verify": true };
    return await this.#write("kubeconfig.json", JSON.stringify(config));
  }

  async #write(name: string, text: string): Promise<string> {
    const file = path.join(this.cluster.scratchFolder, `${this.namespace}-${name}`);
    await writeFile(file, text);
    return file;
  }
}

export const BEFORE: WebSettings = { service: "web", bodySize: "8m" };
export const AFTER: WebSettings = { service: "api", bodySize: "8m" };
