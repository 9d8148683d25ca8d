import { commitsOfManifest } from "../../attribute/history/commit-of-manifest.ts";
import { fieldStateOf } from "../../attribute/history/field-state.ts";
import { fieldTimeline } from "../../attribute/history/field-timeline.ts";
import type { GraphIndex } from "../../attribute/history/index-graph.ts";
import { type ObjectHistory, objectHistory } from "../../attribute/history/object-history.ts";
import {
  type FieldManagerEntry,
  type FieldOwner,
  fieldManagerEntries,
  fieldOwners,
} from "../../attribute/managed-fields.ts";
import { isDeployment } from "../../attribute/verdict/actors.ts";
import { isBesideDeployment } from "../../attribute/verdict/beside-deployment.ts";
import { decideVerdict } from "../../attribute/verdict/decide-verdict.ts";
import { declaredManifest } from "../../attribute/verdict/declarations.ts";
import type { LogSilence } from "../../attribute/verdict/field-evidence.ts";
import type { WriterPolicy } from "../../attribute/verdict/writer-policy.ts";
import { deletionWrites } from "../../attribute/writes/deletion-writes.ts";
import { type FieldWrites, fieldWrites, type ObservedWrite } from "../../attribute/writes/field-writes.ts";
import { keyIngress } from "../../compare/key-ingress.ts";
import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { ComparedIngress, Divergence } from "../../model/divergence.ts";
import { type FieldReader, fieldReader } from "../../model/field-reader.ts";
import type { IngressId, IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import type { Attribution } from "../../model/verdict.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { IngressVersions } from "../history/read-versions.ts";

/** What attribution draws on, read once for the whole audit. */
export interface AttributionContext {
  readonly index: GraphIndex;
  readonly versions: IngressVersions;
  readonly trail: AuditTrailContent | null;
  /** What the log's silence is worth; null without a log. */
  readonly silence: LogSilence | null;
  /** In the order in which the server made them. */
  readonly writesOf: (id: IngressId) => readonly ClusterWrite[];
  /** The commit that the cluster last applied of an Ingress; null where unknown. */
  readonly appliedCommitOf: (id: IngressId) => number | null;
  readonly observedAt: string | null;
  /** True where managedFields of any Ingress show a known deployer. */
  readonly knowsDeployer: boolean;
  /** The manager of most Ingresses that agree with Git, where it is no known deployer; null otherwise. */
  readonly likelyDeployer: string | null;
  /** True where the snapshot has managedFields of any Ingress. */
  readonly recordsManagers: boolean;
  readonly policy: WriterPolicy;
  /** True where not even for an Ingress that only the cluster has the whole repository was looked at. */
  readonly isPartial: boolean;
}

/** Answers the attribution of any field of one Ingress, of those that agree as well as of those that diverge. */
export type AttributeField = (divergence: Divergence, read?: FieldReader) => Attribution;

/** @returns a function that attributes one field; what all fields of the Ingress share is prepared once. */
export function attributeIngress(compared: ComparedIngress, context: AttributionContext): AttributeField {
  const facts = ingressFacts(compared, context);
  return (divergence, read = fieldReader(divergence)) => {
    return decideVerdict({
      id: compared.id,
      divergence,
      index: context.index,
      git: fieldTimeline(facts.history, read),
      live: isDeletion(divergence) ? { kind: "no-object" } : fieldStateOf(compared.liveKeyed, read),
      writes: writesBehind(facts, compared, divergence, read, context.trail),
      ...(context.silence === null ? {} : { silence: context.silence }),
      commitsOf: (write) => {
        const manifest = facts.declared.find((each) => each.write === write)?.keyed;
        return manifest == null ? null : commitsOfManifest(manifest, facts.history);
      },
      isBesideDeployment: (write) => isBesideDeployment(context.trail?.writes ?? [], write),
      declarations: facts.declared.map(({ write, keyed }) => ({ write, state: fieldStateOf(keyed, read) })),
      managers: facts.managers,
      owners: compared.live === null ? [] : ownersOf(facts.managers, divergence),
      ownerReferences: facts.ownerReferences,
      lastApplied: facts.lastApplied === null ? null : fieldStateOf(facts.lastApplied, read),
      createdAt: facts.createdAt,
      observedAt: context.observedAt,
      appliedCommit: context.appliedCommitOf(compared.id),
      knowsDeployer: context.knowsDeployer,
      isPartial: context.isPartial && compared.state === "extra",
      likelyDeployer: context.likelyDeployer,
      recordsManagers: context.recordsManagers,
      policy: context.policy,
    });
  };
}

/** Who owns a whole list wrote it last, and need not have given it its order. */
function ownersOf(managers: readonly FieldManagerEntry[], { change, field }: Divergence): FieldOwner[] {
  const owners = fieldOwners(managers, field);
  return change === "reordered" ? owners.map((owner) => ({ ...owner, isExact: false })) : owners;
}

export interface IngressFacts {
  readonly history: ObjectHistory;
  readonly observed: readonly ObservedWrite[];
  /** The pipeline's whole manifests, newest first; null where one deleted the object. */
  readonly declared: readonly { readonly write: ClusterWrite; readonly keyed: KeyedIngress | null }[];
  readonly managers: readonly FieldManagerEntry[];
  readonly ownerReferences: readonly string[];
  readonly lastApplied: KeyedIngress | null;
  readonly createdAt: string | null;
}

export function ingressFacts(compared: ComparedIngress, context: AttributionContext): IngressFacts {
  const object = compared.live?.object ?? {};
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return {
    history: objectHistory(context.index, context.versions.of(compared.id)),
    observed: context.writesOf(compared.id).map((write) => ({ write, after: keyedAfter(write) })),
    declared: declaredManifests(context.writesOf(compared.id), context.policy),
    managers: fieldManagerEntries(object),
    ownerReferences: ownerReferencesOf(metadata),
    lastApplied: lastAppliedOf(metadata, compared.id),
    createdAt: timeOf(metadata.creationTimestamp),
  };
}

function declaredManifests(writes: readonly ClusterWrite[], policy: WriterPolicy): IngressFacts["declared"] {
  return writes
    .filter((write) => isDeployment(write, policy))
    .flatMap((write) => {
      const manifest = declaredManifest(write);
      return manifest === undefined
        ? []
        : [{ write, keyed: manifest === null ? null : keyIngress(manifest) }];
    })
    .toReversed();
}

/** What tells of the deletion is about an object that is gone, though it is still there. */
function isDeletion({ change, deletion }: Divergence): boolean {
  return change === "removed" && deletion !== undefined;
}

/** The cluster's timeline of what a divergence is about; null without a log. */
export function writesBehind(
  facts: IngressFacts,
  compared: ComparedIngress,
  divergence: Divergence,
  read: FieldReader,
  trail: AuditTrailContent | null,
): FieldWrites | null {
  if (trail === null) return null;
  const live = compared.live === null ? null : liveFacts(compared.live.object, compared.liveKeyed);
  const log = { writes: facts.observed, logFirstEventAt: trail.firstEventAt };
  return live !== null && divergence.deletion !== undefined && isDeletion(divergence)
    ? deletionWrites({ ...log, live, deletion: divergence.deletion })
    : fieldWrites({ ...log, live, read, field: divergence.field });
}

function liveFacts(object: IngressObject, keyed: KeyedIngress | null) {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return {
    keyed,
    object,
    uid: typeof metadata.uid === "string" ? metadata.uid : null,
    resourceVersion: typeof metadata.resourceVersion === "string" ? metadata.resourceVersion : null,
    generation: typeof metadata.generation === "number" ? metadata.generation : null,
  };
}

function keyedAfter({ after }: ClusterWrite): KeyedIngress | null | undefined {
  return after === null || after === undefined ? after : keyIngress(after);
}

function ownerReferencesOf(metadata: JsonObject): string[] {
  const references = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences : [];
  return references.filter(isJsonObject).map(({ kind, name }) => `${kind}/${name}`);
}

/** Null also for a note about another object, as a copy carries, and in a form that the cluster no longer has. */
function lastAppliedOf(metadata: JsonObject, { namespace, name }: IngressId): KeyedIngress | null {
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const object = parsed(annotations["kubectl.kubernetes.io/last-applied-configuration"]);
  if (!isJsonObject(object) || object.apiVersion !== "networking.k8s.io/v1") return null;
  const about = isJsonObject(object.metadata) ? object.metadata : {};
  const isOwn = about.name === name && (about.namespace ?? namespace) === namespace;
  return isOwn ? keyIngress(object) : null;
}

function parsed(text: Json | undefined): Json {
  if (typeof text !== "string") return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function timeOf(value: Json | undefined): string | null {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;
}
