import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Attribution } from "../../model/verdict.ts";
import { certainOwners, type FieldOwner } from "../managed-fields.ts";
import { actorOfOwner, actorOfWrite, isDeployment, isWriteOf } from "./actors.ts";
import { alsoSaying, byController } from "./attributions.ts";
import { changesClause, changesSince } from "./entry-changes.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { filledInClass } from "./filled-in-class.ts";
import type { ControllerRule } from "./writer-policy.ts";

/**
 * Row 0. The field must be one that the rule covers *and* its writer the rule's: proven by the audit log, else
 * indicated by managedFields or the object's owner. Somebody else's write to such a field is not the controller's.
 */
export function byControllerRule(evidence: FieldEvidence): Attribution | null {
  const { divergence, id, ownerReferences, policy } = evidence;
  for (const rule of policy.controllerRules) {
    if (!rule.covers(id, divergence.field, ownerReferences)) continue;
    const [write, ...others] = shownWrites(evidence);
    if (write !== undefined) {
      const isOwn = [write, ...others].every((each) => isWriteOf(rule, each) && !isDeployment(each, policy));
      if (!isOwn) continue;
      const named = { rule: rule.name, reason: rule.reason, actor: actorOfWrite(write, policy) };
      return alsoSaying(byController({ ...named, evidence: "proven" }), changedSince(evidence));
    }
    const owner = ownerOf(rule, evidence);
    if (owner === undefined) continue;
    return byController({
      rule: rule.name,
      evidence: "indicated",
      reason: rule.reason,
      actor: actorOfOwner(owner, policy),
    });
  }
  return byDefaulting(evidence);
}

/** The write of the live value; of an entry, who put it there and all who have changed a part of it. */
function shownWrites({ divergence, writes }: FieldEvidence): ClusterWrite[] {
  const { entry, liveWrite } = writes ?? {};
  const isEntry = divergence.change === "added" && divergence.field.length > 0;
  const parts = isEntry && entry !== undefined ? entry.changes.map((part) => part.liveWrite) : [];
  const first = isEntry && entry?.presence.kind === "shown" ? entry.presence : liveWrite;
  if (first === undefined || ![first, ...parts].every(({ kind }) => kind === "shown")) return [];
  return [first, ...parts].flatMap((each) => ("transition" in each ? [each.transition.write] : []));
}

/** Of a whole Ingress that the controller made: who else has changed it. */
function changedSince(evidence: FieldEvidence): string {
  const { divergence, writes } = evidence;
  const isExtra = divergence.change === "added" && divergence.field.length === 0;
  return isExtra && writes?.entry !== undefined
    ? changesClause(changesSince(evidence, writes.entry, null))
    : "";
}

/** An owner of the list above the field may have written something else in it, and left the field as it found it. */
function ownerOf(
  rule: ControllerRule,
  { divergence, managers, owners }: FieldEvidence,
): FieldOwner | undefined {
  const [certain] = certainOwners(managers, divergence.field, rule.isManager);
  if (certain !== undefined || rule.isOwnValue?.(divergence.live) !== true) return certain;
  return owners.find(({ entry }) => rule.isManager(entry.manager));
}

/** The IngressClass that admission filled in where Git names none: what else is there, Git did not ask for. */
function byDefaulting(evidence: FieldEvidence): Attribution | null {
  const creation = evidence.divergence.change === "added" ? filledInClass(evidence) : null;
  if (creation === null) return null;
  return byController({
    rule: "default-ingress-class",
    evidence: "proven",
    reason: "The API server filled in the default IngressClass when the Ingress was created without one.",
    actor: { ...actorOfWrite(creation.write, evidence.policy), user: null, source: "controller" },
  });
}
