import type { Command } from "commander";
import { printManifest } from "../../adapters/render/print-manifest.ts";
import { runBlame } from "../../audit/run-blame.ts";
import { blameText } from "../../report/blame-text.ts";
import { assembleOne } from "./assemble-one.ts";
import { addSourceOptions } from "./audit-options.ts";
import { forgeAccess } from "./github/forge-options.ts";
import { ingressNamed } from "./ingress-argument.ts";
import type { SeveralOptions } from "./several-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
With --audit-log it is right line by line. Without, only managedFields tells who
wrote to the cluster: it names programs, never people, and of spec.rules and
spec.tls only who last wrote the whole list; the notes say so.

  $ ingress-audit blame shop/web --audit-log audit.log
`;

interface BlameOptions extends SeveralOptions {
  readonly json?: boolean;
}

export function addBlameCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("blame")
    .summary("print a live Ingress with, beside each line, who is behind it")
    .description(
      "Print a live Ingress as YAML with, beside each line, who is behind it: commit, author and date where Git wrote it, actor and time where the cluster did.",
    )
    .usage("NAMESPACE/NAME [options]")
    // Required, but asked for below: whoever writes it behind --audit-log is told so.
    .argument("[NAMESPACE/NAME]", "the live Ingress");
  addSourceOptions(command)
    .option("--json", "print the lines and their origins as JSON")
    .option("--no-color", "no colours; NO_COLOR in the environment does the same")
    .addHelpText("after", HELP)
    .action(async (name: string | undefined, options: BlameOptions) => {
      const id = ingressNamed(name, options);
      const forge = await forgeAccess({}, process.env);
      const blame = await untilInterrupted(process, (signal) =>
        withSurroundings(process, signal, async (surroundings) => {
          const { request, ports } = await assembleOne("blame", { ...options, forge }, surroundings);
          return await runBlame(request, ports, printManifest, id);
        }),
      );
      const text = options.json === true ? `${JSON.stringify(blame, null, 2)}\n` : null;
      process.stdout.write(text ?? blameText(blame, { color: useColor(options.color, process) }));
    });
}
