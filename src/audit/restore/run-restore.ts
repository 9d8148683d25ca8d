import { AuditError } from "../../model/audit-error.ts";
import type { Applier } from "../../model/discovery.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { RestorationView } from "../../report/restoration/restoration-view.ts";
import { type Candidate, chooseDivergences } from "../adopt/choose-divergences.ts";
import { leftOutFields, nothingChosen } from "../adopt/left-out.ts";
import { type DriftedIngress, readDriftedIngress } from "../adopt/read-candidates.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { besideOwner, gitOpsNotes } from "./gitops-notes.ts";
import { gitOpsOwner } from "./gitops-owner.ts";
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
  return { ...view, ...restoration(request, drifted, chosen) };
}

function restoration(
  { id, access, kubectlOnly }: RestoreRequest,
  { gathered, compared, candidates }: DriftedIngress,
  chosen: readonly Candidate[],
): Pick<RestorationView, "commands" | "notes"> {
  const divergences = chosen.map(({ divergence }) => divergence);
  const how = access(gathered.live.cluster);
  const owner = gitOpsOwner(gathered, compared);
  if (owner?.kind === "known" && !kubectlOnly && isRestoring(owner.applier, divergences)) {
    const left = candidates.filter((each) => !chosen.includes(each)).map(({ divergence }) => divergence);
    const notes = gitOpsNotes(owner, { chosen, left, compared: gathered.compared });
    return { commands: [gitOpsCommand(owner.applier, id, how)], notes };
  }
  const { desired, live } = compared;
  const restore: ToRestore = {
    id,
    desired: desired?.object ?? null,
    live: live?.object ?? null,
    chosen: divergences,
  };
  const notes = [kubectlNote(restore), ...besideOwner(owner, divergences)];
  return { commands: kubectlCommands(restore, how), notes };
}

/** What Git does not declare, applying it again leaves alone. */
function isRestoring({ idle }: Applier, chosen: readonly Divergence[]): boolean {
  return idle === null && chosen.every(({ change }) => change !== "added");
}

function kubectlNote({ desired, live }: ToRestore): string {
  if (live === null) return "It fails where somebody has created the Ingress meanwhile.";
  if (desired === null) return "It deletes the whole Ingress, whatever it has become meanwhile.";
  return "It changes nothing else, but who manages these fields: kubectl.";
}

function beingDeleted(id: IngressId): AuditError {
  return new AuditError({
    code: "being-deleted",
    what: `${ingressKey(id)} is being deleted, and nothing takes that back`,
    mend: "Wait until its finalizers are gone, then run this again: the Ingress is missing then, and can be created.",
  });
}
