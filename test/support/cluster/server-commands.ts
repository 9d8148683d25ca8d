import path from "node:path";
import type { ClusterAssets } from "./assets.ts";
import {
  auditLogPath,
  auditPolicyPath,
  certificateFolder,
  clientAuthorityPath,
  serviceAccountKeyPath,
  tokenFilePath,
} from "./cluster-folder.ts";

export function etcdCommand(
  assets: ClusterAssets,
  folder: string,
  port: number,
  peerPort: number,
): readonly string[] {
  const peer = `http://127.0.0.1:${peerPort}`;
  const client = `http://127.0.0.1:${port}`;
  return [
    assets.etcd,
    `--data-dir=${path.join(folder, "etcd")}`,
    "--name=test",
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=test=${peer}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
}

export function apiServerCommand(
  assets: ClusterAssets,
  folder: string,
  etcdPort: number,
  port: number,
): readonly string[] {
  const key = serviceAccountKeyPath(folder);
  return [
    assets.kubeApiserver,
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--cert-dir=${certificateFolder(folder)}`,
    "--bind-address=127.0.0.1",
    // The address of an outer interface, which is the default, needs a network.
    "--advertise-address=127.0.0.1",
    "--endpoint-reconciler-type=none",
    `--secure-port=${port}`,
    "--service-cluster-ip-range=10.0.0.0/24",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    "--authorization-mode=RBAC",
    `--token-auth-file=${tokenFilePath(folder)}`,
    `--client-ca-file=${clientAuthorityPath(folder)}`,
    "--disable-admission-plugins=ServiceAccount",
    `--audit-policy-file=${auditPolicyPath(folder)}`,
    `--audit-log-path=${auditLogPath(folder)}`,
    // So that the event is on disk before the client has its answer, and in one file.
    "--audit-log-mode=blocking",
    "--audit-log-maxsize=4096",
  ];
}
