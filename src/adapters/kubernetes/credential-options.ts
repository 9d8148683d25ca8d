import { readFile } from "node:fs/promises";
import type { OutgoingHttpHeaders } from "node:http";
import type https from "node:https";
import { createSecureContext } from "node:tls";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { JsonObject } from "../../model/json.ts";
import { ApiFailure } from "./api-failure.ts";
import { execCredential } from "./exec-credential.ts";
import type { Kubeconfig } from "./load-kubeconfig.ts";

/**
 * The request options that carry the current user's credentials and the cluster's certificate authority: tokens,
 * client certificates, exec plugins, service accounts, proxies. Plugins and files are asked once.
 *
 * @param timeoutMs How long a plugin may take: somebody may have to log in.
 * @throws {ApiFailure} `credentials`. Its reason never holds what a plugin printed, nor what a file holds.
 */
export function credentials(
  kubeconfig: Kubeconfig,
  timeoutMs: number,
): (signal: AbortSignal) => Promise<https.RequestOptions> {
  let known: https.RequestOptions | null = null;
  return async (signal) => {
    known ??= await readCredentials(kubeconfig, timeoutMs, signal);
    return known;
  };
}

async function readCredentials(
  { config, user }: Kubeconfig,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<https.RequestOptions> {
  try {
    if (user.exec !== null) {
      const cluster = user.exec.wantsCluster ? await clusterInfo(config) : {};
      const { token, certificate, key } = await execCredential(user.exec, cluster, { signal, timeoutMs });
      completeUser(config, {
        ...(token === null ? {} : { token }),
        ...(certificate === null ? {} : { certData: base64(certificate), certFile: undefined }),
        ...(key === null ? {} : { keyData: base64(key), keyFile: undefined }),
      });
    }
    if (user.tokenFile !== null) {
      completeUser(config, { token: (await readFile(user.tokenFile, "utf8")).trim() });
    }
    const headers: OutgoingHttpHeaders = {};
    const options: https.RequestOptions = { headers };
    await config.applyToHTTPSOptions(options);
    checkCertificates(options);
    Object.assign(headers, user.impersonation);
    return options;
  } catch (error) {
    if (error instanceof ApiFailure) throw error;
    signal.throwIfAborted();
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    throw unusable(code === null ? "they cannot be used" : `a file that it names cannot be read (${code})`);
  }
}

/** The plugin has been run: the library must not run it again. */
function completeUser(config: KubeConfig, found: object): void {
  const user = config.getCurrentUser();
  if (user !== null) Object.assign(user, { exec: undefined, ...found });
}

/** @see https://kubernetes.io/docs/reference/config-api/client-authentication.v1/#client-authentication-k8s-io-v1-Cluster */
async function clusterInfo(config: KubeConfig): Promise<JsonObject> {
  const cluster = config.getCurrentCluster();
  const { caData, caFile, tlsServerName, proxyUrl } = cluster ?? {};
  const authority =
    caData ?? (caFile === undefined ? undefined : (await readFile(caFile)).toString("base64"));
  return {
    server: cluster?.server ?? "",
    ...(tlsServerName === undefined ? {} : { "tls-server-name": tlsServerName }),
    ...(cluster?.skipTLSVerify === true ? { "insecure-skip-tls-verify": true } : {}),
    ...(authority === undefined ? {} : { "certificate-authority-data": authority }),
    ...(proxyUrl === undefined ? {} : { "proxy-url": proxyUrl }),
  };
}

/** OpenSSL would refuse them when the connection is made, with an error that does not say which of them is wrong. */
function checkCertificates({ cert, key }: https.RequestOptions): void {
  try {
    if (cert !== undefined || key !== undefined) createSecureContext({ cert, key });
  } catch (error) {
    const isMismatch = error instanceof Error && error.message.includes("key values mismatch");
    throw unusable(
      isMismatch
        ? "its client certificate and key do not fit together"
        : "its client certificate or key cannot be read",
    );
  }
}

function unusable(reason: string): ApiFailure {
  return new ApiFailure({ kind: "credentials", reason });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
