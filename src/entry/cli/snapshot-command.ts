import type { Command } from "commander";
import { apiReader } from "../../adapters/kubernetes/api-reader.ts";
import { writeSnapshot } from "../../adapters/kubernetes/write-snapshot.ts";
import { writeOutputFile } from "../assembly/outputs.ts";
import { type ClusterOptions, namespacesOf } from "../assembly/source-options.ts";
import { addClusterOptions } from "./cluster-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Prints what kubectl get ingress,ingressclass -A -o json --show-managed-fields
prints, with the time, the context and the namespaces beside it. Needs list on
ingresses and ingressclasses of networking.k8s.io, and nothing else.

  $ ingress-audit snapshot > live.json
  $ ingress-audit audit --snapshot live.json
`;

export function addSnapshotCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("snapshot")
    .summary("write the live Ingresses and IngressClasses to a file or standard output")
    .description(
      "Read the live Ingresses and IngressClasses from a cluster once, to be audited later or elsewhere.",
    )
    .option("-o, --output <file>", "write to this file instead of standard output");
  addClusterOptions(command)
    .addHelpText("after", HELP)
    .action(async (options: ClusterOptions & { readonly output?: string }) => {
      const reader = apiReader({ ...options, namespaces: namespacesOf(options) });
      process.stdout.write(
        await untilInterrupted(process, async (signal) => {
          const text = await withSurroundings(process, signal, async () =>
            writeSnapshot(await reader.read(signal)),
          );
          signal.throwIfAborted();
          if (options.output === undefined || options.output === "-") return text;
          await writeOutputFile(options.output, text);
          return "";
        }),
      );
    });
}
