import { existsSync } from "node:fs";
import { AuditError } from "../../model/audit-error.ts";
import type { IngressId } from "../../model/ingress.ts";
import { collect } from "./cluster-options.ts";

/** Of the commands that write some fields of an Ingress back. */
export const FIELD_OPTION = [
  "--field <path>",
  "only this field, as reports print it, or a pattern; repeat for several",
  collect,
] as const;

/** What to tell where the Ingress is not named: `--audit-log` takes every argument up to the next option. */
export function missingName({ auditLog = [] }: { readonly auditLog?: readonly string[] }): string {
  const last = auditLog.at(-1) ?? "";
  const isName = /^[a-z0-9.-]+\/[a-z0-9.-]+$/.test(last) && !existsSync(last);
  const hint = isName ? `; --audit-log took ${last}: write it first, or put -- before it` : "";
  return `error: missing required argument 'NAMESPACE/NAME'${hint}`;
}

/** @throws {AuditError} `usage`. */
export function parseIngressId(text: string): IngressId {
  const [namespace, name, ...rest] = text.split("/");
  if (namespace && name && rest.length === 0) return { namespace, name };
  throw new AuditError({
    code: "usage",
    what: `${text} does not name an Ingress`,
    mend: "Write NAMESPACE/NAME, such as shop/web.",
  });
}
