import type { Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { isDeployment } from "./actors.ts";
import { alsoSaying } from "./attributions.ts";
import { byAdmission } from "./by-admission.ts";
import { byDeployment } from "./by-deployment.ts";
import { byEntry } from "./by-entry.ts";
import { byHand } from "./by-hand.ts";
import type { Declaration } from "./declarations.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { asAskedFor, filledInClass } from "./filled-in-class.ts";

/** Row 1. The audit log shows the write of the live value: the strongest evidence there is. */
export function byShownWrite(evidence: FieldEvidence): Attribution | null {
  const creation = filledInClass(evidence);
  if (creation === null) return byWriter(evidence);
  const attribution = byWriter(asAskedFor(evidence, creation));
  return attribution && alsoSaying(attribution, FILLED_IN);
}

const FILLED_IN =
  "the API server filled in the default IngressClass, because the Ingress was created without one";

function byWriter(evidence: FieldEvidence): Attribution | null {
  const { divergence, policy, writes } = evidence;
  const { entry } = writes ?? {};
  if (divergence.change === "added" && entry?.original) return byEntry(evidence, entry, entry.original);
  const declared = declaredSince(evidence);
  if (declared !== null) return byDeployment(evidence, declared.write);
  const shown = writes?.liveWrite;
  if (shown?.kind === "admission") return byAdmission(evidence, shown);
  if (shown?.kind !== "shown") return null;
  return isDeployment(shown.transition.write, policy)
    ? byDeployment(evidence, shown.transition.write)
    : byHand(evidence, shown.transition);
}

/**
 * The pipeline's last manifest that declared the live value, where the field has had it since. Whoever was first, the
 * cluster then holds what Git said at that time.
 */
function declaredSince({ declarations, live, writes }: FieldEvidence): Declaration | null {
  const shown = writes?.liveWrite;
  if (shown === undefined) return null;
  const since = shown.kind === "before-log" ? "" : "transition" in shown ? shown.transition.write.at : null;
  if (since === null) return null;
  return declarations.find(({ state, write }) => write.at >= since && sameFieldState(state, live)) ?? null;
}
