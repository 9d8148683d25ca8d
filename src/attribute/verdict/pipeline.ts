import type { FieldManagerEntry, FieldOwner } from "../managed-fields.ts";
import { secondsOf } from "../seconds-of.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/**
 * Whether a manager is the pipeline: a known deployer's or, in a cluster that shows none, a tool that applies whole
 * manifests. People apply manifests too, so what such a tool wrote is no proof that Git's head was applied.
 */
export function isPipeline({ knowsDeployer, policy }: FieldEvidence, entry: FieldManagerEntry): boolean {
  return policy.isDeployerManager(entry.manager) || (!knowsDeployer && isApplyTool(entry));
}

/**
 * Whether a manager that nobody has listed as a deployer may be one all the same: it wrote most of the Ingresses that
 * agree with Git, or no known deployer has written to this one and it is none of the tools that people type.
 */
export function mayBePipeline(evidence: FieldEvidence, entry: FieldManagerEntry): boolean {
  const { likelyDeployer, managers, policy } = evidence;
  if (entry.manager === likelyDeployer) return true;
  const isDeployed = managers.some(({ manager }) => policy.isDeployerManager(manager));
  return !isDeployed && mayApply(evidence, entry);
}

/** Whether a manager may write what Git says, as far as its name tells: all but controllers and what people type. */
export function mayApply({ policy }: FieldEvidence, entry: FieldManagerEntry): boolean {
  const isController = policy.controllerRules.some((rule) => rule.isManager(entry.manager));
  return !isController && !isHandTool(entry.manager) && !isMerged(entry) && entry.manager !== NOTE_KEEPER;
}

/**
 * The entry by which kubectl's server-side apply keeps its last-applied annotation up to date. It has no time.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/90187
 */
export const NOTE_KEEPER = "kubectl-last-applied";

/** Tools that write whole manifests as their user gives them. */
export function isApplyTool({ manager, operation }: FieldManagerEntry): boolean {
  return operation === "Apply" || manager === "kubectl-client-side-apply" || manager === "helm";
}

/**
 * Tools that change single fields at somebody's word: kubectl's commands but for those that take a whole manifest, and
 * consoles. No pipeline deploys with them.
 */
export function isHandTool(manager: string): boolean {
  if (/^kubectl-(?:client-side-apply|replace|create)$/.test(manager)) return false;
  return /^(?:kubectl|oc)-/.test(manager) || /^(?:k9s|Mozilla)$/.test(manager);
}

/** Entries that the server makes of others': neither their name nor their time is that of a write. */
export function isMerged({ manager }: FieldManagerEntry): boolean {
  return manager === "ancient-changes" || manager === "before-first-apply";
}

/**
 * The known deployer among the field's owners: the value is what the pipeline last declared. Who changes a field takes
 * it from its owners, and who applies the same value becomes an owner beside them.
 */
export function deployerThatOwns(evidence: FieldEvidence): FieldOwner | null {
  return newest(evidence.owners.filter(({ entry }) => isGenuineDeployer(evidence, entry))) ?? null;
}

/**
 * Whether an entry is a known deployer's. A plain write under the name of one that applies to this very object is
 * somebody else's: the name is the client's to choose.
 */
export function isGenuineDeployer(
  { managers, policy }: FieldEvidence,
  { manager, operation }: FieldManagerEntry,
): boolean {
  const isBorrowed =
    operation !== "Apply" &&
    managers.some((other) => other.manager === manager && other.operation === "Apply");
  return policy.isDeployerManager(manager) && !isBorrowed;
}

/** The newest owner of the field where one of them is the pipeline. */
export function pipelineThatOwns(evidence: FieldEvidence): FieldOwner | null {
  return newest(evidence.owners.filter(({ entry }) => isPipeline(evidence, entry))) ?? null;
}

/**
 * The owner of the field that set it, else the newest, where none of them is the pipeline. The live value is then not what the pipeline wrote,
 * whatever Git holds. A field that is gone has no owner: it is nobody's but a hand's where the pipeline has never
 * written to the object.
 */
export function ownedByHand(evidence: FieldEvidence): FieldOwner | null {
  const { managers, owners } = evidence;
  const writers = owners.length > 0 ? owners : managers.map((entry) => ({ entry, isExact: false }));
  if (writers.some(({ entry }) => isPipeline(evidence, entry))) return null;
  const hand = setterAmong(writers) ?? newest(writers);
  return hand === undefined || !isMerged(hand.entry) ? (hand ?? null) : { ...hand, isExact: false };
}

export interface PipelineWrite {
  readonly manager: string;
  /** Seconds since the epoch. */
  readonly at: number;
}

/** The pipeline's last write to the object, by managedFields; null where they show none. */
export function lastPipelineWrite(evidence: FieldEvidence): PipelineWrite | null {
  const writes = evidence.managers
    .filter((entry) => entry.subresource === "" && isPipeline(evidence, entry))
    .flatMap(({ manager, at }) => (at === null ? [] : [{ manager, at: secondsOf(at) }]));
  return writes.reduce<PipelineWrite | null>(
    (latest, write) => (latest === null || write.at > latest.at ? write : latest),
    null,
  );
}

/** Who applies what is there becomes an owner beside the one who set it; who updates does so only by another value. */
export function setterAmong(owners: readonly FieldOwner[]): FieldOwner | undefined {
  return owners.find(({ entry, isExact }) => isExact && entry.operation === "Update");
}

export function newest(owners: readonly FieldOwner[]): FieldOwner | undefined {
  return owners.reduce<FieldOwner | undefined>(
    (latest, owner) =>
      latest === undefined || (owner.entry.at ?? "") > (latest.entry.at ?? "") ? owner : latest,
    undefined,
  );
}
