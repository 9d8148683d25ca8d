import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { AuditError } from "../../model/audit-error.ts";
import { nearestName } from "../../model/nearest-name.ts";
import { IN_CLUSTER, inClusterUser, SERVICE_ACCOUNT_DIR } from "./in-cluster.ts";
import { kubeconfigPlaces, missingKubeconfig, readKubeconfigs } from "./kubeconfig-files.ts";
import { type KubeconfigUser, PLAIN_USER } from "./kubeconfig-user.ts";
import { type ParsedKubeconfig, parseKubeconfig } from "./parse-kubeconfig.ts";

export interface KubeconfigChoice {
  /** A file; else `KUBECONFIG`, `~/.kube/config` and the pod's service account, in kubectl's order. */
  readonly kubeconfig?: string;
  /** The file's current context unless given. */
  readonly context?: string;
  /** Where a pod's service account is mounted; the kubelet's place unless given. */
  readonly serviceAccountDir?: string;
}

/** The library's view of the kubeconfig, set to the chosen context, and what it leaves out of that context's user. */
export interface Kubeconfig {
  readonly config: KubeConfig;
  readonly user: KubeconfigUser;
}

/**
 * Load what kubectl would load, set to the chosen context.
 *
 * @throws {AuditError} `kubeconfig-missing`, `kubeconfig-invalid`, `context-unknown`. No message holds any of the
 *   file's text: there are credentials in it.
 */
export async function loadKubeconfig(choice: KubeconfigChoice): Promise<Kubeconfig> {
  // Not the package's main module, which brings every typed API and costs 150 ms and 5 MB more.
  const library = await import("@kubernetes/client-node/dist/config.js");
  const config = new library.KubeConfig();
  const places = kubeconfigPlaces(choice.kubeconfig);
  const files = await readKubeconfigs(places);
  if (files.length === 0) {
    const user = inClusterUser(config, choice.serviceAccountDir ?? SERVICE_ACCOUNT_DIR);
    if (user === null) throw missingKubeconfig(places);
    selectContext(config, choice, null);
    return { config, user };
  }
  const parsed = files.map(({ file, text }) => parseKubeconfig(new library.KubeConfig(), file, text));
  for (const each of parsed) mergeFile(config, each);
  selectContext(config, choice, files.map(({ file }) => file).join(path.delimiter));
  const name = config.getCurrentUser()?.name ?? "";
  const user = parsed.map(({ users }) => users.get(name)).find((each) => each !== undefined);
  return { config, user: user ?? PLAIN_USER };
}

/** Like kubectl: of two entries with the same name, the first counts. */
function mergeFile(config: KubeConfig, { config: added }: ParsedKubeconfig): void {
  config.clusters.push(...withoutNamesOf(config.clusters, added.clusters));
  config.users.push(...withoutNamesOf(config.users, added.users));
  config.contexts.push(...withoutNamesOf(config.contexts, added.contexts));
  if (!config.currentContext && added.currentContext) config.setCurrentContext(added.currentContext);
}

function withoutNamesOf<T extends { readonly name: string }>(known: readonly T[], added: readonly T[]): T[] {
  return added.filter(({ name }) => known.every((each) => each.name !== name));
}

/** @param files null in a pod. */
function selectContext(config: KubeConfig, choice: KubeconfigChoice, files: string | null): void {
  const context = choice.context ?? config.getCurrentContext();
  const known = config.getContexts().map(({ name }) => name);
  if (!context || !known.includes(context)) throw unknownContext(context, known, files);
  config.setCurrentContext(context);
  assertUsable(config, context, { kubeconfig: files ?? "", context });
}

function assertUsable(config: KubeConfig, context: string, where: Readonly<Record<string, string>>): void {
  const cluster = config.getCurrentCluster();
  const invalid = (what: string, mend: string) =>
    new AuditError({ code: "kubeconfig-invalid", what: `The context ${context} ${what}`, where, mend });
  if (cluster === null || config.getCurrentUser() === null) {
    const lacking = cluster === null ? "cluster" : "user";
    throw invalid(
      `names a ${lacking} that the kubeconfig does not define`,
      "Check it with: kubectl config view.",
    );
  }
  // The library refuses it too, with an error that does not say where.
  if (cluster.server.startsWith("http:") && !cluster.skipTLSVerify) {
    const mend = "Use its https address, or set insecure-skip-tls-verify: true if that is what you want.";
    throw invalid(`would send its credentials unencrypted to ${cluster.server}`, mend);
  }
}

function unknownContext(
  context: string | undefined,
  known: readonly string[],
  files: string | null,
): AuditError {
  if (files === null) {
    return new AuditError({
      code: "context-unknown",
      what: `There is no context ${context}: without a kubeconfig, only ${IN_CLUSTER}`,
      where: { context: context ?? "" },
      mend: "Leave --context out, or name a kubeconfig that has it with --kubeconfig.",
    });
  }
  if (known.length === 0) return withoutContexts(files);
  const choices = `it has ${known.join(", ")}`;
  const nearest = context ? nearestName(context, known) : null;
  return new AuditError({
    code: "context-unknown",
    what: context
      ? `The kubeconfig has no context ${context}; ${choices}`
      : `The kubeconfig names no current context; ${choices}`,
    where: { kubeconfig: files, context: context ?? "" },
    mend: `${nearest === null ? "" : `Did you mean ${nearest}? `}Choose one with --context, or with: kubectl config use-context NAME.`,
  });
}

/** A manifest reads as a kubeconfig too, as an empty one. */
function withoutContexts(files: string): AuditError {
  return new AuditError({
    code: "context-unknown",
    what: "The kubeconfig defines no context",
    where: { kubeconfig: files },
    mend: "See that it is the right file: kubectl config get-contexts --kubeconfig FILE lists what it has.",
  });
}
