import type { Command, CommanderError } from "commander";
import { AuditError } from "../../model/audit-error.ts";

/**
 * What commander says of wrong usage, told like every other error.
 *
 * @param command Whose usage it was.
 */
export function usageError({ message }: CommanderError, command: Command): AuditError {
  const [, what = message, meant] =
    /^(?:error: )?(.*?)\.?(?:\n\(Did you mean (.*)\?\))?$/s.exec(message) ?? [];
  const guess = meant === undefined ? "" : `Did you mean ${meant}? `;
  const lists = command.commands.length > 0 ? "commands" : "arguments and options";
  return new AuditError({
    code: "usage",
    what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    where: { command: commandLine(command) },
    mend: `${guess}${commandLine(command)} --help lists the ${lists}.`,
  });
}

function commandLine(command: Command): string {
  return command.parent === null ? command.name() : `${commandLine(command.parent)} ${command.name()}`;
}
