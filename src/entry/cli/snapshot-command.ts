import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { apiReader } from "../../adapters/kubernetes/api-reader.ts";
import { writeSnapshot } from "../../adapters/kubernetes/write-snapshot.ts";
import { unwritable } from "../assembly/outputs.ts";
import { type ClusterOptions, namespacesOf } from "../assembly/source-options.ts";
import { addClusterOptions } from "./cluster-options.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Prints what "kubectl get ingress,ingressclass -A -o json --show-managed-fields" prints, with the time and the context
beside it. Needs list on ingresses and ingressclasses of networking.k8s.io, and nothing else.

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
      const text = await withSurroundings(process, async ({ signal }) =>
        writeSnapshot(await reader.read(signal)),
      );
      if (options.output === undefined) process.stdout.write(text);
      else
        await writeFile(options.output, text).catch((error) =>
          Promise.reject(unwritable(options.output ?? "", error)),
        );
    });
}
