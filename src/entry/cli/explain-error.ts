import { CommanderError } from "commander";
import { AuditError } from "../../model/audit-error.ts";
import { escapeTerminal, escapeTerminalLines } from "../../report/escape-terminal.ts";
import { Interrupted } from "./until-interrupted.ts";

/** What, where and how to mend, for people; the stack only of what nobody foresaw, or on request. */
export function explainError(error: unknown, withStack: boolean): string {
  if (error instanceof CommanderError) return "";
  if (error instanceof Interrupted) return `ingress-audit: ended by ${error.signal} before it was done\n`;
  if (error instanceof AuditError) {
    const where = Object.entries(error.where).map(
      ([name, value]) => `  ${name}: ${escapeTerminalLines(String(value)).join("\n    ")}\n`,
    );
    const lines = escapeTerminalLines(error.what);
    const stack = withStack && error.stack !== undefined ? `${error.stack}\n` : "";
    return `ingress-audit: ${lines.join("\n")} [${error.code}]\n${where.join("")}  → ${escapeTerminal(error.mend)}\n${stack}`;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `ingress-audit: an error that nobody foresaw; please report it.\n${text}\n`;
}
