import { AuditError } from "../../model/audit-error.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { RestorationView } from "../../report/restoration/restoration-view.ts";
import { chooseDivergences } from "../adopt/choose-divergences.ts";
import { divergingField } from "../adopt/diverging-field.ts";
import { leftOutFields, nothingChosen } from "../adopt/left-out.ts";
import { type DriftedIngress, readDriftedIngress } from "../adopt/read-candidates.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { gitOpsOwner, type OwningSource } from "./gitops-owner.ts";
import { type ClusterAccess, gitOpsCommand, kubectlCommands, type ToRestore } from "./restore-commands.ts";

export interface RestoreRequest {
  readonly audit: AuditRequest;
  readonly id: IngressId;
  /** Field paths or patterns; empty for all that people caused. */
  readonly fields: readonly string[];
  /** @param cluster The context that the cluster was read through; null where it was not. */
  readonly access: (cluster: string | null) => ClusterAccess;
  /** kubectl even where Argo CD or Flux applies the Ingress. */
  readonly kubectlOnly: boolean;
}

/**
 * The commands that put Git's values back into the cluster. Nothing is run.
 *
 * @throws {AuditError} `ingress-not-found`, `field-agrees`, `nothing-to-restore`, `being-deleted`.
 */
export async function runRestore(request: RestoreRequest, ports: AuditPorts): Promise<RestorationView> {
  const { audit, id } = request;
  const drifted = await readDriftedIngress(audit, ports, id);
  const choice = chooseDivergences(drifted.candidates, request.fields, "restore");
  const { chosen } = choice;
  const view = {
    id,
    restored: chosen.map(({ divergence }) => drifted.tell(divergence)),
    leftOut: leftOutFields(choice, drifted),
  };
  if (chosen.length === 0) {
    if (choice.leftOut.length > 0) throw nothingChosen("restore", id, choice);
    return { ...view, commands: [], notes: [] };
  }
  const divergences = chosen.map(({ divergence }) => divergence);
  if (divergences.some(({ deletion }) => deletion !== undefined)) throw beingDeleted(id);
  return { ...view, ...(await restoration(request, ports, drifted, divergences)) };
}

async function restoration(
  { audit, id, access, kubectlOnly }: RestoreRequest,
  ports: AuditPorts,
  { gathered, compared, candidates }: DriftedIngress,
  chosen: readonly Divergence[],
): Promise<Pick<RestorationView, "commands" | "notes">> {
  const { desired, live } = compared;
  const how = access(gathered.live.cluster);
  const owner = desired === null || kubectlOnly ? null : await gitOpsOwner(audit, ports, gathered, desired);
  const others = candidates.map(({ divergence }) => divergence).filter((each) => !chosen.includes(each));
  // What Git does not declare, applying it again leaves alone.
  if (owner !== null && chosen.every(({ change }) => change !== "added")) {
    return {
      commands: [gitOpsCommand(owner.owner, id, how)],
      notes: gitOpsNotes(owner, others, gathered.compared),
    };
  }
  const restore: ToRestore = { id, desired: desired?.object ?? null, live: live?.object ?? null, chosen };
  const notes = [kubectlNote(restore), ...(owner === null ? [] : [sameAsOwner(owner)])];
  return { commands: kubectlCommands(restore, how), notes };
}

function kubectlNote({ desired, live }: ToRestore): string {
  if (live === null) return "It fails where somebody has created the Ingress meanwhile.";
  if (desired === null) return "It deletes the whole Ingress, whatever it has become meanwhile.";
  return "It changes nothing else, but who manages these fields: kubectl.";
}

function sameAsOwner({ name }: OwningSource): string {
  return `${name} applies this Ingress, and does not take out what Git does not declare.`;
}

function gitOpsNotes(
  { owner, name, others }: OwningSource,
  left: readonly Divergence[],
  compared: DriftedIngress["gathered"]["compared"],
): readonly string[] {
  const declared = left.filter(({ change }) => change !== "added");
  const fields = declared.map(divergingField);
  const also =
    fields.length === 0 ? [] : [`It puts back what else Git declares of this Ingress: ${fields.join(", ")}.`];
  if (owner.tool === "argocd")
    return [`${name} applies what its target revision holds, of this Ingress alone.`, ...also];
  const keys = new Set(others.map(ingressKey));
  const drifted = compared.filter(
    ({ id, divergences }) => divergences.length > 0 && keys.has(ingressKey(id)),
  );
  const names = drifted.map(({ id }) => ingressKey(id)).join(", ");
  return [
    `${name} applies everything that it declares, at the newest revision of its source, not this Ingress alone.`,
    ...also,
    ...(drifted.length === 0 ? [] : [`Of its other Ingresses these differ, and may change: ${names}.`]),
  ];
}

function beingDeleted(id: IngressId): AuditError {
  return new AuditError({
    code: "being-deleted",
    what: `${ingressKey(id)} is being deleted, and nothing takes that back`,
    mend: "Wait until its finalizers are gone, then run this again: the Ingress is missing then, and can be created.",
  });
}
