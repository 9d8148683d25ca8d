import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { ApiFailure } from "./api-failure.ts";

/** A program that a kubeconfig names to get credentials from. */
export interface ExecPlugin {
  readonly apiVersion: string;
  /** A name on the PATH, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether it may ask at the terminal, where there is one. */
  readonly mayInteract: boolean;
  readonly wantsCluster: boolean;
}

export interface ExecCredential {
  readonly token: string | null;
  /** PEM. */
  readonly certificate: string | null;
  readonly key: string | null;
}

/**
 * Run the plugin once. What it writes to standard error is for whoever sits at the terminal ("open this page to log
 * in"), and goes there as it does with kubectl; nothing that it prints enters an error.
 *
 * @param cluster What it is told of the cluster, where it asks for that.
 * @throws {ApiFailure} `credentials`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export async function execCredential(
  plugin: ExecPlugin,
  cluster: JsonObject,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<ExecCredential> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return readCredential(await run(plugin, cluster, AbortSignal.any([signal, timeout])));
  } catch (error) {
    signal.throwIfAborted();
    const name = `its credential plugin ${plugin.command}`;
    if (timeout.aborted) throw failed(`${name} did not answer within ${timeoutMs / 1000} s`);
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : null;
    throw failed(code === null ? `${name} failed` : `${name} cannot be started${code}`);
  }
}

async function run(plugin: ExecPlugin, cluster: JsonObject, signal: AbortSignal): Promise<string> {
  const { apiVersion, command, args, env, mayInteract, wantsCluster } = plugin;
  const interactive = mayInteract && process.stdin.isTTY === true;
  const info = {
    apiVersion,
    kind: "ExecCredential",
    spec: { interactive, ...(wantsCluster ? { cluster } : {}) },
  };
  const child = spawn(command, [...args], {
    env: { ...process.env, KUBERNETES_EXEC_INFO: JSON.stringify(info), ...env },
    stdio: [interactive ? "inherit" : "ignore", "pipe", process.stderr.isTTY ? "inherit" : "ignore"],
    signal,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const [printed, status] = await Promise.all([text(child.stdout), ended]);
  if (status !== 0) throw new Error("not 0");
  return printed;
}

function readCredential(printed: string): ExecCredential {
  const answer: unknown = JSON.parse(printed);
  const status = isJsonObject(answer) && isJsonObject(answer.status) ? answer.status : {};
  const textAt = (name: string) => {
    const value = status[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const credential = {
    token: textAt("token"),
    certificate: textAt("clientCertificateData"),
    key: textAt("clientKeyData"),
  };
  if (credential.token === null && credential.certificate === null) throw new Error("no credential");
  return credential;
}

function failed(reason: string): ApiFailure {
  return new ApiFailure({ kind: "credentials", reason });
}
