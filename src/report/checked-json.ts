import type * as z from "zod";
import { AuditError } from "../model/audit-error.ts";

/**
 * A value as JSON, indented, ended by a line break; keys stand in the order of the schema.
 *
 * @param name What messages call it: `The report`.
 * @throws {AuditError} `report-invalid` where it does not fit its own schema: a defect of this program.
 */
export function checkedJson<Value>(schema: z.ZodType<Value>, value: Value, name: string): string {
  const checked = schema.safeParse(value);
  if (checked.success) return `${JSON.stringify(checked.data, null, 2)}\n`;
  const [issue] = checked.error.issues;
  throw new AuditError({
    code: "report-invalid",
    what: `${name} does not fit its schema`,
    where: { field: issue?.path.join(".") ?? "", message: issue?.message ?? "" },
    mend: "Report this as a defect of ingress-audit.",
    cause: checked.error,
  });
}
