import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessObjects } from "./access.ts";
import type { ApiClient } from "./api-client.ts";
import { type ClusterAssets, findAssets } from "./assets.ts";
import type { AuditLevel } from "./audit-policy.ts";
import { awaitReady, PortTaken } from "./await-ready.ts";
import { certificateAuthority } from "./certificate-authority.ts";
import { writeConfiguration } from "./cluster-folder.ts";
import { clusterHandle } from "./cluster-handle.ts";
import { createObject } from "./create-object.ts";
import { freePorts } from "./free-ports.ts";
import { apiServerCommand, etcdCommand } from "./server-commands.ts";
import { type SupervisedProcess, startSupervised } from "./supervised-process.ts";
import type { TestCluster } from "./test-cluster.ts";

export interface ClusterOptions {
  /** More flags for kube-apiserver. */
  readonly apiServerFlags?: readonly string[];
  /** `sufficient` unless given. */
  readonly auditLevel?: AuditLevel;
}

const START_ATTEMPTS = 4;

/**
 * Start etcd and kube-apiserver on free ports of the loopback, with RBAC, an audit log and everyone of
 * {@link TEST_USERS}. They end with `stop`, and at the latest with this process, however it ends.
 *
 * There are no controllers: deleted namespaces stay, ownerReferences delete nothing.
 *
 * @throws {AuditError} `test-binaries-missing`, `test-binaries-build-failed`.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<TestCluster> {
  const assets = await findAssets((line) => console.error(line));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(assets, options);
    } catch (error) {
      // Another process may have taken one of the ports that were free.
      if (attempt === START_ATTEMPTS || !(error instanceof PortTaken)) throw error;
    }
  }
}

async function startOnce(assets: ClusterAssets, options: ClusterOptions): Promise<TestCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-cluster-"));
  const processes: SupervisedProcess[] = [];
  const clients: ApiClient[] = [];
  const stop = async () => {
    for (const client of clients) client.close();
    await Promise.all(processes.map((each) => each.kill()));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const [etcdPort = 0, etcdPeerPort = 0, apiPort = 0] = await freePorts(3);
    const url = `https://127.0.0.1:${apiPort}`;
    const clientAuthority = certificateAuthority();
    await writeConfiguration(folder, url, options.auditLevel ?? "sufficient", clientAuthority);
    const etcd = startSupervised(
      etcdCommand(assets, folder, etcdPort, etcdPeerPort),
      inFolder(folder, "etcd"),
    );
    processes.push(etcd);
    const apiServer = startSupervised(
      [...apiServerCommand(assets, folder, etcdPort, apiPort), ...(options.apiServerFlags ?? [])],
      inFolder(folder, "kube-apiserver"),
    );
    processes.push(apiServer);
    const client = await awaitReady(url, folder, [etcd, apiServer]);
    clients.push(client);
    await grantAccess(client);
    return clusterHandle({ assets, folder, url, client, clientAuthority, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

function inFolder(folder: string, name: string) {
  return { logFile: path.join(folder, `${name}.log`), scratchFolder: folder };
}

async function grantAccess(client: ApiClient): Promise<void> {
  for (const { path: apiPath, object } of accessObjects()) {
    await createObject(client, apiPath, object);
  }
  await createObject(client, "/api/v1/namespaces", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "default" },
  });
}
