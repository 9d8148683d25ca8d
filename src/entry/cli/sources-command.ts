import type { Command } from "commander";
import { runSources } from "../../audit/run-sources.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { ClusterReader, LiveSnapshot } from "../../ports/cluster-reader.ts";
import { sourcesText } from "../../report/sources-text.ts";
import { assemble } from "../assembly/assemble.ts";
import type { SourceOptions } from "../assembly/source-options.ts";
import { addSourceOptions } from "./audit-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Sources are found by Argo CD's Applications and ApplicationSets and by Flux's Kustomizations and HelmReleases, in the
cluster and in Git; without any, each kustomization that no other one uses counts. .ingress-audit.yaml may name them.

  $ ingress-audit sources --git-only
`;

interface SourcesOptions extends SourceOptions {
  readonly gitOnly?: boolean;
  readonly json?: boolean;
}

export function addSourcesCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("sources")
    .summary("print what renders what into which cluster and namespace, and how that is known")
    .description(
      "Find kustomizations, charts and plain folders, and what Argo CD and Flux apply of them, and print them as a tree. Nothing is rendered.",
    );
  addSourceOptions(command)
    .option("--git-only", "do not ask the cluster for its GitOps objects")
    .option("--json", "print as JSON")
    .option("--no-color", "no colours (also: NO_COLOR=1)")
    .addHelpText("after", HELP)
    .action(async (options: SourcesOptions) => {
      const { discovery, isClusterRead } = await untilInterrupted(process, (signal) =>
        withSurroundings(process, signal, async (surroundings) => {
          const { request, ports } = await assemble([], options, surroundings);
          const live =
            options.gitOnly === true ? null : await readIfThere(ports.cluster, surroundings.signal);
          return runSources(request, ports, live);
        }),
      );
      const { sources, unrendered, problems } = discovery;
      const color = useColor(options.color, process);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ sources, unrendered, problems, isClusterRead }, null, 2)}\n`
          : sourcesText(discovery, { color, isClusterRead }),
      );
    });
}

/** Without a kubeconfig there is no cluster to ask, and Git still tells much. */
async function readIfThere(cluster: ClusterReader, signal: AbortSignal): Promise<LiveSnapshot | null> {
  try {
    return await cluster.read(signal);
  } catch (error) {
    if (error instanceof AuditError && error.code === "kubeconfig-missing") return null;
    throw error;
  }
}
