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

/**
 * @param auditLog What `--audit-log` took: every argument up to the next option.
 * @throws {AuditError} `usage`.
 */
export function ingressNamed(
  text: string | undefined,
  { auditLog = [] }: { readonly auditLog?: readonly string[] },
): IngressId {
  if (text !== undefined) return parseIngressId(text);
  const last = auditLog.at(-1) ?? "";
  const isName = /^[a-z0-9.-]+\/[a-z0-9.-]+$/.test(last) && !existsSync(last);
  throw new AuditError({
    code: "usage",
    what: "No Ingress is named: NAMESPACE/NAME is missing",
    mend: isName
      ? `--audit-log took ${last}: write it first, or put -- before it.`
      : "Write NAMESPACE/NAME, such as shop/web, before the options.",
  });
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
