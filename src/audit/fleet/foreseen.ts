import { AuditError } from "../../model/audit-error.ts";

/** An interrupted run has nothing to show; what nobody foresaw is a defect. */
export function foreseen(error: unknown, signal: AbortSignal): AuditError {
  signal.throwIfAborted();
  if (error instanceof AuditError) return error;
  throw error;
}
