import type { Command } from "commander";
import { IN_CLUSTER } from "../../adapters/kubernetes/in-cluster.ts";
import type { IngressId } from "../../model/ingress.ts";
import { escapeTerminalLines } from "../../report/escape-terminal.ts";
import { restorationText } from "../../report/restoration/restoration-text.ts";
import type { RestorationView } from "../../report/restoration/restoration-view.ts";
import { shellCommand } from "../../report/restoration/shell-command.ts";
import { assembleOne } from "./assemble-one.ts";
import { addSourceOptions } from "./audit-options.ts";
import { forgeAccess } from "./github/forge-options.ts";
import { FIELD_OPTION, ingressNamed } from "./ingress-argument.ts";
import type { SeveralOptions } from "./several-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Prints the command, quoted for a POSIX shell, and runs nothing. A patch tests the
values that it replaces: what somebody has changed again meanwhile stays. Where
an Argo CD Application (also one of an ApplicationSet), a Flux Kustomization or a
HelmRelease applies the Ingress, the command is argocd's or flux's, as far as that
restores the fields; --kubectl prints kubectl's. What the command changes besides
is told on standard error.

Left out unless --field names it: what Git is ahead in (deploying it is the
pipeline's work), and what a controller or an ignore rule keeps.

Examples:
  $ ingress-audit restore shop/web --context prod-eu
  $ ingress-audit restore shop/web --field 'spec.rules[host="shop.example.com"]'
  $ ingress-audit restore shop/web | sh

Exit status:
  0    the command is printed, or nothing differs
  2    it could not be told
`;

interface RestoreOptions extends SeveralOptions {
  readonly field?: readonly string[];
  readonly kubectl?: boolean;
}

export function addRestoreCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("restore")
    .summary("print the command that puts Git's value back into the cluster")
    .description("Print the exact command that puts Git's value back into the cluster; nothing is run.")
    .usage("NAMESPACE/NAME [options]")
    .argument("[NAMESPACE/NAME]", "the Ingress")
    .optionsGroup("Restore:")
    .option(...FIELD_OPTION)
    .option("--kubectl", "kubectl's command, also where Argo CD or Flux applies the Ingress");
  addSourceOptions(command)
    .addHelpText("after", HELP)
    .action(async (name: string | undefined, options: RestoreOptions) => {
      const restoration = await restore(ingressNamed(name, options), options, process);
      process.stderr.write(escapeTerminalLines(restorationText(restoration)).join("\n"));
      process.stdout.write(restoration.commands.map(shellCommand).join(""));
    });
}

async function restore(
  id: IngressId,
  options: RestoreOptions,
  process: NodeJS.Process,
): Promise<RestorationView> {
  const forge = await forgeAccess({}, process.env);
  const { runRestore } = await import("../../audit/restore/run-restore.ts"); // no other command needs it
  return await untilInterrupted(process, (signal) =>
    withSurroundings(process, signal, async (surroundings) => {
      const { request, ports } = await assembleOne("restore", { ...options, forge }, surroundings);
      // Of a snapshot, or in a pod, there is no context that whoever runs the command would have.
      const contextOf = (cluster: string | null) =>
        options.context ?? (options.snapshot === undefined && cluster !== IN_CLUSTER ? cluster : null);
      return await runRestore(
        {
          audit: request,
          id,
          fields: options.field ?? [],
          access: (cluster) => ({ context: contextOf(cluster), kubeconfig: options.kubeconfig ?? null }),
          kubectlOnly: options.kubectl ?? false,
        },
        ports,
      );
    }),
  );
}
