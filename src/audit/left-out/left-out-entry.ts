import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { Json } from "../../model/json.ts";
import type { LeftOutEntry } from "../../report/audit-report.ts";
import { redactJson } from "../../report/redact.ts";

/** A divergence that the report counts and does not explain. */
export function leftOutEntry({ namespace, name }: IngressId, divergence: Divergence): LeftOutEntry {
  const shown = (value: Json | undefined) =>
    value === undefined ? null : redactJson(value, divergence.field.at(-1));
  return {
    namespace,
    name,
    field: formatFieldPath(divergence.field),
    change: divergence.change,
    desired: shown(divergence.desired),
    live: shown(divergence.live),
  };
}
