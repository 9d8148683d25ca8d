import path from "node:path";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { ExecPlugin } from "./exec-credential.ts";

/** What a kubeconfig says of a user that the library leaves out, or does otherwise than kubectl. */
export interface KubeconfigUser {
  /** Absolute; its token counts before any other. */
  readonly tokenFile: string | null;
  readonly exec: ExecPlugin | null;
  /** Headers that ask for another user's rights, beside `Impersonate-User`. */
  readonly impersonation: Readonly<Record<string, string | readonly string[]>>;
}

export const PLAIN_USER: KubeconfigUser = { tokenFile: null, exec: null, impersonation: {} };

/**
 * @param user A user's entry, as the file has it.
 * @param folder The file's: relative paths start there.
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo
 */
export function readKubeconfigUser(user: JsonObject, folder: string): KubeconfigUser {
  const { tokenFile, exec } = user;
  return {
    tokenFile: typeof tokenFile === "string" && tokenFile !== "" ? path.resolve(folder, tokenFile) : null,
    exec: isJsonObject(exec) ? readPlugin(exec, folder) : null,
    impersonation: impersonationOf(user),
  };
}

function readPlugin(exec: JsonObject, folder: string): ExecPlugin {
  const command = typeof exec.command === "string" ? exec.command : "";
  return {
    apiVersion: typeof exec.apiVersion === "string" ? exec.apiVersion : "client.authentication.k8s.io/v1",
    // A name is looked for on the PATH, anything with a slash is a file.
    command: /[/\\]/.test(command) ? path.resolve(folder, command) : command,
    args: strings(exec.args),
    env: Object.fromEntries(
      objects(exec.env).flatMap(({ name, value }) =>
        typeof name === "string" && typeof value === "string" ? [[name, value]] : [],
      ),
    ),
    mayInteract: exec.interactiveMode !== "Never",
    wantsCluster: exec.provideClusterInfo === true,
  };
}

function impersonationOf(user: JsonObject): KubeconfigUser["impersonation"] {
  const uid = user["as-uid"];
  const groups = strings(user["as-groups"]);
  const extra = user["as-user-extra"];
  return {
    ...(typeof uid === "string" && uid !== "" ? { "Impersonate-Uid": uid } : {}),
    ...(groups.length === 0 ? {} : { "Impersonate-Group": groups }),
    ...Object.fromEntries(
      Object.entries(isJsonObject(extra) ? extra : {}).map(([key, values]) => [
        `Impersonate-Extra-${encodeURIComponent(key)}`,
        strings(values),
      ]),
    ),
  };
}

function strings(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

function objects(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
