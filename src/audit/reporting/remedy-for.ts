import { WENT_BACK } from "../../attribute/verdict/attributions.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Attribution } from "../../model/verdict.ts";
import type { UnknownDeployer } from "../writers/unknown-deployer.ts";

/**
 * What to do next about a divergence: one plain sentence.
 *
 * @param unknown Who may be the pipeline, and is listed as no deployer.
 */
export function remedyFor(
  id: IngressId,
  divergence: Divergence,
  attribution: Attribution,
  unknown: UnknownDeployer | null,
): string {
  const remedy = remedyOf(id, divergence, attribution);
  const name = unlistedWriter(attribution, unknown);
  if (name === null) return remedy;
  return `If ${name} is your pipeline, list it under deployers in .ingress-audit.yaml and run the audit again; else ${remedy.charAt(0).toLowerCase()}${remedy.slice(1)}`;
}

/** The writer that may be the pipeline: it wrote most that agrees with Git, or the reason says so. */
function unlistedWriter({ actor, reason }: Attribution, unknown: UnknownDeployer | null): string | null {
  const user = actor?.impersonatedBy ?? actor?.user ?? null;
  if (user !== null) return user === unknown?.user?.name ? user : null;
  return reason.includes("under deployers in .ingress-audit.yaml") ? (actor?.fieldManager ?? null) : null;
}

function remedyOf(id: IngressId, divergence: Divergence, attribution: Attribution): string {
  switch (attribution.verdict) {
    case "pending":
      if (attribution.reason.includes(WENT_BACK)) return ROLLED_BACK;
      return attribution.evidence === "none"
        ? "Run the audit again with --audit-log or --applied-revision; if it was never applied, deploy the audited commit."
        : "Deploy the audited commit, or find out why the deployer has not.";
    case "unmerged":
      return attribution.ref === null
        ? "Bring the live value to the audited ref if the cluster is right; else deploy the audited commit."
        : `Merge ${attribution.ref} if the cluster is right; else deploy the audited commit.`;
    case "out-of-band":
      return outOfBandRemedy(id, divergence, attribution);
    case "controller":
      return "Nothing: this controller's writes are expected; an ignore rule keeps it out of the report.";
    default:
      return attribution.verdict satisfies never;
  }
}

const ROLLED_BACK =
  "Find out why the pipeline went back; then revert the change in Git, or deploy the audited commit again.";

function outOfBandRemedy(id: IngressId, divergence: Divergence, attribution: Attribution): string {
  if (attribution.reason.includes("--unshallow"))
    return "Fetch the whole history (git fetch --unshallow) and run the audit again.";
  const ask = attribution.actor?.user == null ? "Find out who did it and why" : "Ask them why";
  if (divergence.field.length === 0 && divergence.deletion !== undefined) {
    return divergence.change === "removed"
      ? `${ask}; once its finalizers are gone, apply Git's ${ingressKey(id)} again, or delete its manifest.`
      : `${ask}, and what its finalizers wait for.`;
  }
  if (divergence.field.length === 0) {
    return divergence.change === "removed"
      ? `${ask}; then apply Git's ${ingressKey(id)} again, or delete its manifest.`
      : `${ask}; then commit a manifest for ${ingressKey(id)}, or delete it from the cluster.`;
  }
  return attribution.conflict.length > 0
    ? `${ask} before the next deploy: it would overwrite the live value with Git's newer one.`
    : `${ask}; then take the live value over (ingress-audit adopt), or put Git's back (ingress-audit restore).`;
}
