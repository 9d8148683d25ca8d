import { AuditError } from "../../../model/audit-error.ts";

export function notEditable(why: string, cause?: unknown): AuditError {
  return new AuditError({
    code: "not-editable",
    what: `The text cannot be changed in this one place: ${why}`,
    mend: "Change the file by hand.",
    cause,
  });
}
