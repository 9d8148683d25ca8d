import { AuditError } from "../../model/audit-error.ts";

/** null where the forge says that it is not there. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AuditError && error.code === "forge-not-found") return null;
    throw error;
  }
}
