import { existsSync } from "node:fs";
import { isIPv6 } from "node:net";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { AuditError } from "../../model/audit-error.ts";
import { type KubeconfigUser, PLAIN_USER } from "./kubeconfig-user.ts";

/** Where the kubelet mounts a pod's service account. */
export const SERVICE_ACCOUNT_DIR = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What a report calls the cluster that the audit runs in. */
export const IN_CLUSTER = "in-cluster";

/**
 * Access with the pod's service account, as client-go takes it where there is no kubeconfig.
 *
 * @param dir Where the service account is mounted.
 * @returns null where none is.
 * @throws {AuditError} `kubeconfig-missing` where the pod's environment does not name the server.
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
export function inClusterUser(config: KubeConfig, dir: string): KubeconfigUser | null {
  const tokenFile = path.join(dir, "token");
  if (!existsSync(tokenFile)) return null;
  const { KUBERNETES_SERVICE_HOST: host = "", KUBERNETES_SERVICE_PORT: port = "" } = process.env;
  if (host === "" || port === "") throw withoutServer(dir);
  const caFile = path.join(dir, "ca.crt");
  config.loadFromOptions({
    clusters: [
      {
        name: IN_CLUSTER,
        server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
        skipTLSVerify: false,
        ...(existsSync(caFile) ? { caFile } : {}),
      },
    ],
    users: [{ name: IN_CLUSTER }],
    contexts: [{ name: IN_CLUSTER, cluster: IN_CLUSTER, user: IN_CLUSTER }],
    currentContext: IN_CLUSTER,
  });
  return { ...PLAIN_USER, tokenFile };
}

function withoutServer(dir: string): AuditError {
  return new AuditError({
    code: "kubeconfig-missing",
    what: "There is no kubeconfig, and beside the pod's service account no KUBERNETES_SERVICE_HOST and _PORT",
    where: { serviceAccount: dir },
    mend: "Name a kubeconfig with --kubeconfig or KUBECONFIG, or do not clear the pod's environment.",
  });
}
