import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { AdoptRequest, FoundChange } from "./adopt-request.ts";
import { refused } from "./adoption-errors.ts";
import { judgeChange } from "./judge-change.ts";
import type { DriftedIngress } from "./read-candidates.ts";
import type { Declaring } from "./sources-elsewhere.ts";

/**
 * The safety net: whatever was written, everything is read again.
 *
 * @throws {AuditError} `adoption-refused`.
 */
export async function verifyChange(
  { id }: AdoptRequest,
  { gathered }: DriftedIngress,
  {
    chosen,
    before,
    found,
    declare,
    elsewhere,
  }: Declaring & { readonly chosen: readonly Divergence[]; readonly found: FoundChange },
): Promise<void> {
  const after = await declare(found.contents);
  const judged = judgeChange({ id, live: gathered.live, chosen, before, after });
  const files = [...found.contents.keys()];
  if (judged.kind === "refused") throw refused(judged.why, files);
  const settled = new Set(judged.settled.map(({ field }) => formatFieldPath(field)));
  const unsettled = chosen.find(({ field }) => !settled.has(formatFieldPath(field)));
  if (unsettled !== undefined)
    throw refused(`${formatFieldPath(unsettled.field) || "the Ingress"} would still differ`, files);
  const others = await elsewhere(after, files);
  if (others.length > 0) throw refused(`it would change ${others.join(", ")} too`, files);
}
