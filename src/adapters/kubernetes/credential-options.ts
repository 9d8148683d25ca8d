import type https from "node:https";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { isJsonObject } from "../../model/json.ts";
import { ApiFailure } from "./api-failure.ts";

/**
 * The request options that carry the current user's credentials and the cluster's certificate authority: tokens,
 * client certificates, exec plugins, service accounts, proxies.
 *
 * @throws {ApiFailure} `credentials`. Its reason never holds what a plugin printed on its standard output.
 */
export async function credentialOptions(
  config: KubeConfig,
  signal: AbortSignal,
): Promise<https.RequestOptions> {
  const options: https.RequestOptions = {};
  tellPluginItsVersion(config);
  try {
    // A plugin may wait for a login that never comes.
    await Promise.race([config.applyToHTTPSOptions(options), whenAborted(signal)]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new ApiFailure({ kind: "credentials", reason: reasonOf(error, config) });
  }
  return options;
}

/** The protocol of exec plugins demands KUBERNETES_EXEC_INFO, and the library does not set it. */
function tellPluginItsVersion(config: KubeConfig): void {
  const exec: unknown = config.getCurrentUser()?.exec;
  if (typeof exec !== "object" || exec === null || !isJsonObject(exec)) return;
  const variables: readonly unknown[] = Array.isArray(exec.env) ? exec.env : [];
  const name = "KUBERNETES_EXEC_INFO";
  if (variables.some((each) => isJsonObject(each) && each.name === name)) return;
  const info = { apiVersion: exec.apiVersion, kind: "ExecCredential", spec: { interactive: false } };
  Object.assign(exec, { env: [...variables, { name, value: JSON.stringify(info) }] });
}

async function whenAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  if (signal.aborted) reject(signal.reason);
  return await promise;
}

function reasonOf(error: unknown, config: KubeConfig): string {
  const exec: unknown = config.getCurrentUser()?.exec;
  const command = isJsonObject(exec) && typeof exec.command === "string" ? exec.command : null;
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  const isSpawn = error instanceof Error && "syscall" in error && String(error.syscall).startsWith("spawn");
  if (command !== null && isSpawn) return `its credential plugin ${command} cannot be started (${code})`;
  if (code !== null) return `a file that it names cannot be read (${code})`;
  return command === null ? "they cannot be used" : `its credential plugin ${command} failed`;
}
