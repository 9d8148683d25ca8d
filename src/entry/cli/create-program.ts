import { Command, CommanderError } from "commander";
import { TOOL } from "../assembly/tool.ts";
import { addAuditCommand } from "./audit-command.ts";
import { addBlameCommand } from "./blame-command.ts";
import { addDemoCommand } from "./demo-command.ts";
import { addSnapshotCommand } from "./snapshot-command.ts";
import { addSourcesCommand } from "./sources-command.ts";

const AFTER = `
Examples:
  $ ingress-audit audit                                   this repository against the current kube context
  $ ingress-audit audit deploy/ --audit-log /var/log/kubernetes/audit*.log
  $ kubectl get ingress,ingressclass -A -o json --show-managed-fields | ingress-audit audit --snapshot -
  $ ingress-audit blame shop/web                          who is behind each line of one live Ingress

Exit status:
  0  nothing at or above --fail-on    1  something is    2  the audit could not be done
  An interrupted run writes no report and ends by its signal: shells show 130 for Ctrl-C, 143 for SIGTERM.
`;

/** @param process What the commands read and write: its streams, environment and exit code. */
export function createProgram(process: NodeJS.Process): Command {
  const program = new Command("ingress-audit")
    .description(
      "git blame for your live Ingress: what differs between Git and the cluster, field by field, and who did it.",
    )
    .version(TOOL.version)
    .addHelpText("after", AFTER)
    .showHelpAfterError("(ingress-audit COMMAND --help tells the options)")
    .exitOverride((error) => {
      // Commander has told the reader already; help and version are no errors.
      throw error.exitCode === 0 ? new HelpShown() : error;
    });
  addAuditCommand(program, process);
  addBlameCommand(program, process);
  addSnapshotCommand(program, process);
  addSourcesCommand(program, process);
  addDemoCommand(program, process);
  return program;
}

/** Ends the run after help or version with status 0. */
export class HelpShown extends CommanderError {
  constructor() {
    super(0, "help", "help");
  }
}
