import { AuditError } from "../../model/audit-error.ts";
import type { Runner } from "./runner.ts";

/** Fail the step: what went wrong, where, and how to mend it; a stack only of what nobody foresaw. */
export function failWith(error: unknown, runner: Runner): void {
  if (!(error instanceof AuditError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    runner.fail("ingress-audit: an error that nobody foresaw; please report it", text);
    return;
  }
  const where = Object.entries(error.where).map(([name, value]) => `${name}: ${value}`);
  runner.fail(`ingress-audit: ${error.code}`, [`${error.what}.`, ...where, error.mend].join("\n"));
}
