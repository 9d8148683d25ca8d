import type { Attribution } from "../../model/verdict.ts";
import { unmerged } from "./attributions.ts";
import { whyNotShown, writtenNotAfter } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter } from "./unmerged-writer.ts";

/** Row 4. The live value occurs on a ref that is not merged into the audited one, and nowhere else in Git. */
export function byOtherRef(evidence: FieldEvidence): Attribution | null {
  const writer = chooseUnmergedWriter(evidence, writtenNotAfter(evidence));
  if (writer === null) return null;
  return unmerged({
    evidence: "inferred",
    reason: `The audited ref never held this value; ${writer.text}${whyNotShown(evidence)}.`,
    ref: writer.ref,
    commits: writer.commits,
  });
}
