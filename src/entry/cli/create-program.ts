import { Command, CommanderError } from "commander";
import { TOOL } from "../assembly/tool.ts";
import { addAdoptCommand } from "./adopt-command.ts";
import { addAuditCommand } from "./audit-command.ts";
import { addBlameCommand } from "./blame-command.ts";
import { addDemoCommand } from "./demo-command.ts";
import { EXIT_STATUS } from "./exit-status-help.ts";
import { addGithubCommand } from "./github/github-command.ts";
import { refuseEmpty } from "./refuse-empty.ts";
import { addRestoreCommand } from "./restore-command.ts";
import { addSnapshotCommand } from "./snapshot-command.ts";
import { addSourcesCommand } from "./sources-command.ts";
import { usageError } from "./usage-error.ts";

const AFTER = `
Examples:
  $ ingress-audit demo
      a recorded cluster that shows every verdict
  $ ingress-audit audit
      this repository against the current kube context; it only reads
  $ ingress-audit audit deploy/ --audit-log /var/log/kubernetes/audit*.log
      one folder, and who wrote in the cluster by name
  $ ingress-audit blame shop/web
      who is behind each line of one live Ingress
  $ ingress-audit adopt shop/web | git apply
      let Git say what is live; ingress-audit restore is the other way round

${EXIT_STATUS}
`;

/** @param process What the commands read and write: its streams, environment and exit code. */
export function createProgram(process: NodeJS.Process): Command {
  const program = new Command("ingress-audit")
    .description(
      "git blame for your live Ingress: what differs between Git and the cluster, field by field, and who did it.",
    )
    .version(TOOL.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addHelpText("after", AFTER)
    // Whoever catches the error tells the reader of it.
    .configureOutput({ outputError: () => {} })
    .hook("preAction", (_, command) => refuseEmpty(command));
  addAuditCommand(program, process);
  addBlameCommand(program, process);
  addAdoptCommand(program, process);
  addRestoreCommand(program, process);
  addSnapshotCommand(program, process);
  addSourcesCommand(program, process);
  addGithubCommand(program, process);
  addDemoCommand(program, process);
  for (const command of withCommands(program)) command.exitOverride((error) => end(error, command));
  return program;
}

function withCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}

/** Commander has shown help and version already; help that was not asked for is an error all the same. */
function end(error: CommanderError, command: Command): never {
  if (error.exitCode === 0) throw new HelpShown();
  throw error.code === "commander.help" ? error : usageError(error, command);
}

/** Ends the run after help or version with status 0. */
export class HelpShown extends CommanderError {
  constructor() {
    super(0, "help", "help");
  }
}
