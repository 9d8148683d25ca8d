import type { Command } from "commander";
import { AuditError } from "../../model/audit-error.ts";

/**
 * An argument or an option's value that is empty comes from a variable that is not set. Taken as it is, `-n ""` would
 * audit a namespace that cannot exist, and an empty path everything.
 *
 * @throws {AuditError} `usage`.
 */
export function refuseEmpty(command: Command): void {
  if (command.args.includes("")) throw empty("An argument is empty", "the argument");
  const values: Readonly<Record<string, unknown>> = command.opts();
  const option = command.options.find((each) => isEmpty(values[each.attributeName()]));
  if (option !== undefined) throw empty(`${option.long ?? option.short} has an empty value`, "the option");
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.includes("") : value === "";
}

function empty(what: string, which: string): AuditError {
  return new AuditError({
    code: "usage",
    what,
    mend: `Leave ${which} out, or see that the variable that it comes from is set.`,
  });
}
