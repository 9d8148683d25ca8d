import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import { fieldName } from "../../report/field-name.ts";

/** The field that differs, as messages name it. */
export function divergingField({ field }: Divergence): string {
  return fieldName(formatFieldPath(field));
}
