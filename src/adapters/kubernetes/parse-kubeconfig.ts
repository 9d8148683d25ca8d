import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { parse } from "yaml";
import { AuditError } from "../../model/audit-error.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KubeconfigUser, readKubeconfigUser } from "./kubeconfig-user.ts";

export interface ParsedKubeconfig {
  readonly config: KubeConfig;
  /** By the users' names. */
  readonly users: ReadonlyMap<string, KubeconfigUser>;
}

/**
 * One file of kubeconfig, as kubectl reads it: relative paths start at the file, inline data counts before a file, and
 * the first entry of a name counts.
 *
 * @param config Empty; is filled.
 * @throws {AuditError} `kubeconfig-invalid`, which shows nothing of the file: there are credentials in it.
 */
export function parseKubeconfig(config: KubeConfig, file: string, text: string): ParsedKubeconfig {
  try {
    // An entry that is broken and not used is none of our business.
    config.loadFromString(text, { onInvalidEntry: "filter" });
    const folder = path.dirname(path.resolve(file));
    config.makePathsAbsolute(folder);
    preferInlineData(config);
    return { config, users: usersIn(text, folder) };
  } catch {
    // No cause: the parser's messages quote the file.
    throw new AuditError({
      code: "kubeconfig-invalid",
      what: `${file} is no kubeconfig`,
      where: { kubeconfig: file },
      mend: "Check it with: kubectl config view --kubeconfig FILE.",
    });
  }
}

/** The library prefers the file, kubectl the data. */
function preferInlineData(config: KubeConfig): void {
  for (const cluster of config.clusters) if (cluster.caData) delete cluster.caFile;
  for (const user of config.users) {
    if (user.certData) delete user.certFile;
    if (user.keyData) delete user.keyFile;
  }
}

function usersIn(text: string, folder: string): Map<string, KubeconfigUser> {
  const document: unknown = parse(text, { logLevel: "silent", merge: true });
  const entries = isJsonObject(document) && Array.isArray(document.users) ? document.users : [];
  const users = new Map<string, KubeconfigUser>();
  for (const entry of entries) {
    if (!isJsonObject(entry) || typeof entry.name !== "string" || users.has(entry.name)) continue;
    users.set(entry.name, readKubeconfigUser(isJsonObject(entry.user) ? entry.user : {}, folder));
  }
  return users;
}
