import type { Command } from "commander";

export function addClusterOptions(command: Command): Command {
  return command
    .option(
      "--kubeconfig <file>",
      "kubeconfig; else $KUBECONFIG, ~/.kube/config, or the pod's service account",
    )
    .option("--context <name>", "context of the kubeconfig; else its current one")
    .option("-n, --namespace <name>", "only this namespace; repeat for several", collect)
    .option("-A, --all-namespaces", "every namespace (the default)");
}

/** Several values of one option. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
