import type { Applier } from "../../model/discovery.ts";
import type { ComparedIngress, Divergence } from "../../model/divergence.ts";
import { ingressKey } from "../../model/ingress.ts";
import type { Candidate } from "../adopt/choose-divergences.ts";
import { divergingField } from "../adopt/diverging-field.ts";
import type { GitOpsOwner } from "./gitops-owner.ts";
import { applierName } from "./restore-commands.ts";

type KnownOwner = Extract<GitOpsOwner, { readonly kind: "known" }>;

export interface RestoredByOwner {
  readonly chosen: readonly Candidate[];
  /** What else differs of the Ingress. */
  readonly left: readonly Divergence[];
  /** All Ingresses. */
  readonly compared: readonly ComparedIngress[];
}

/** What the owner's own command does beside restoring what was chosen: plain sentences. */
export function gitOpsNotes(owner: KnownOwner, restored: RestoredByOwner): readonly string[] {
  const { applier, isInGit } = owner;
  const isPending = restored.chosen.some(({ attribution }) => attribution?.verdict === "pending");
  return [
    scopeOf(applier),
    ...alsoPutBack(restored.left),
    ...(applier.kind === "Application" ? [] : othersThatDiffer(owner, restored.compared)),
    ...(isPending && isInGit
      ? [`What Git changed in ${nameOf(applier)} itself comes only with what applies that object.`]
      : []),
    ...(applier.isRemote
      ? [`${nameOf(applier)} is in the cluster that Flux runs in: that is the one to run this against.`]
      : []),
  ];
}

function scopeOf(applier: Applier): string {
  const name = nameOf(applier);
  switch (applier.kind) {
    case "Application":
      return `${name} applies what its target revision holds, of this Ingress alone.`;
    case "Kustomization":
      return `${name} applies everything that it declares, at the newest revision of its source, not this Ingress alone.`;
    case "HelmRelease":
      return `${name} upgrades its whole release, at the newest revision of its chart, not this Ingress alone; --force, as Helm looks at its last release and not at the cluster.`;
    default:
      return applier.kind satisfies never;
  }
}

function alsoPutBack(left: readonly Divergence[]): readonly string[] {
  const fields = left.filter(({ change }) => change !== "added").map(divergingField);
  if (fields.length === 0) return [];
  return [`It puts back what else Git declares of this Ingress: ${fields.join(", ")}.`];
}

function othersThatDiffer({ others }: KnownOwner, compared: readonly ComparedIngress[]): readonly string[] {
  const keys = new Set(others.map(ingressKey));
  const drifted = compared.filter(
    ({ id, divergences }) => divergences.length > 0 && keys.has(ingressKey(id)),
  );
  if (drifted.length === 0) return [];
  const names = drifted.map(({ id }) => ingressKey(id)).join(", ");
  return [`Of its other Ingresses these differ, and may change: ${names}.`];
}

/** What there is to know of the owner where kubectl restores: why it does not, and whether it undoes that again. */
export function besideOwner(owner: GitOpsOwner | null, chosen: readonly Divergence[]): readonly string[] {
  if (owner === null) return [];
  if (owner.kind === "marked") {
    const name = `${owner.mark.kind} ${applierName(owner.mark)}`;
    return [`The live Ingress bears the mark of ${name}, which may apply what its own revision holds again.`];
  }
  const { applier } = owner;
  const name = nameOf(applier);
  if (applier.idle !== null)
    return [`${name} applies this Ingress, but its own command would not restore it: ${applier.idle}.`];
  if (chosen.some(({ change }) => change === "added"))
    return [`${name} applies this Ingress, and does not take out what Git does not declare.`];
  return [
    applier.isHealing
      ? `${name} applies this Ingress, and sets again by itself what its own revision holds.`
      : `${name} applies this Ingress, and sets again what its own revision holds when it syncs next.`,
  ];
}

function nameOf(applier: Applier): string {
  return `${applier.kind} ${applierName(applier)}`;
}
