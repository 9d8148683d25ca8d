import type { Attribution } from "../../model/verdict.ts";
import type { FieldTransition } from "../writes/field-writes.ts";
import { actorOfWrite } from "./actors.ts";
import { inSeconds, outOfBand } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/** The request did not ask for it, its response had it: something in between wrote, and the requester is not named. */
export function byAdmission(
  evidence: FieldEvidence,
  { transition, webhooks }: { readonly transition: FieldTransition; readonly webhooks: readonly string[] },
): Attribution {
  const { write } = transition;
  const by = webhooks.length === 0 ? "An admission plugin" : `The mutating webhook ${webhooks.join(", ")}`;
  return outOfBand({
    evidence: "proven",
    reason: `${by} wrote this at ${inSeconds(write.at)} while a request that did not contain it was admitted.`,
    actor: {
      ...actorOfWrite(write, evidence.policy),
      user: null,
      impersonatedBy: null,
      groups: [],
      source: "controller",
      userAgent: null,
      sourceIP: null,
      fieldManager: webhooks[0] ?? null,
    },
  });
}
