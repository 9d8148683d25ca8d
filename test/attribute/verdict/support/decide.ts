import { fieldStateOf } from "../../../../src/attribute/history/field-state.ts";
import { fieldTimeline } from "../../../../src/attribute/history/field-timeline.ts";
import { fieldManagerEntries, fieldOwners } from "../../../../src/attribute/managed-fields.ts";
import { decideVerdict } from "../../../../src/attribute/verdict/decide-verdict.ts";
import type { FieldEvidence, LogSilence } from "../../../../src/attribute/verdict/field-evidence.ts";
import type { WriterPolicy } from "../../../../src/attribute/verdict/writer-policy.ts";
import type { FieldWrites, LiveWrite, WrittenState } from "../../../../src/attribute/writes/field-writes.ts";
import type { ClusterWrite } from "../../../../src/model/cluster-write.ts";
import type { JsonObject } from "../../../../src/model/json.ts";
import type { KeyedIngress } from "../../../../src/model/keyed-ingress.ts";
import { historyOf, readValue, type SmallCommit, shaOf } from "../../../support/graph/history-of.ts";

// The field is `value`; times are seconds since 2026-03-01T00:00:00Z, and commits are ten seconds apart.
const START = Date.parse("2026-03-01T00:00:00Z") / 1000;
const at = (seconds: number) => new Date((START + seconds) * 1000).toISOString().replace(".000Z", "Z");
const object = (value: string | undefined): KeyedIngress => ({
  fields: value === undefined ? {} : { value },
  order: new Map(),
});

const policy: WriterPolicy = {
  isDeployerUser: (user) => user === "deployer",
  isDeployerManager: (manager) => manager === "argocd-controller",
  controllerRules: [
    {
      name: "acme",
      reason: "The acme controller writes this.",
      covers: (_id, field) => field.includes("value"),
      isUser: (user) => user === "acme",
      isManager: (manager) => manager === "acme-manager",
    },
  ],
};

export interface SmallManager {
  readonly manager: string;
  /** null for an entry without a time. */
  readonly at: number | null;
  /** The field itself, unless given. `list`: the list above it, for the field `IN_LIST`. */
  readonly owns?: boolean | "list" | "spec";
  /** Whether it owns kubectl's last-applied annotation. */
  readonly notes?: boolean;
  readonly operation?: string;
}

/** A field in a list that has one owner for all that is in it. */
export const IN_LIST = ["spec", "rules", "value"];

/** A divergence of one field, and all that is known of it. */
export interface Story {
  readonly git: readonly SmallCommit[];
  readonly head?: string;
  readonly otherRefs?: Readonly<Record<string, string>>;
  /** The live value; null where the cluster has no such Ingress. */
  readonly live: string | undefined | null;
  readonly managers?: readonly SmallManager[];
  /** As the API server writes them, where `managers` does not say enough. */
  readonly managedFields?: readonly JsonObject[];
  readonly log?: LiveWrite;
  readonly transitions?: FieldWrites["transitions"];
  /** What the deployer's manifests say of the field, newest first. */
  readonly declarations?: readonly { readonly at: number; readonly value: string | undefined | null }[];
  readonly logFrom?: number;
  /** What the log's silence is worth. */
  readonly silence?: LogSilence;
  readonly unseen?: FieldWrites["unseen"];
  readonly applied?: string;
  readonly observedAt?: number;
  readonly field?: readonly string[];
  /** How live differs from Git: by another value, unless given. */
  readonly change?: "added";
  readonly createdAt?: number;
  /** Whether a known deployer writes to other Ingresses; unless given, whether one has written to this. */
  readonly knowsDeployer?: boolean;
  readonly likelyDeployer?: string;
  readonly recordsManagers?: boolean;
  /** What kubectl's annotation says of the field. */
  readonly lastApplied?: { readonly value: string | undefined };
  /** When the audit runs; unless given no clock can be ahead of it. */
  readonly now?: number;
}

/** Decide as the audit does, over a history and a cluster that are told in a few words. */
export function decide(story: Story) {
  const git = story.git.map((commit, index) => ({ ...commit, at: START + (commit.at ?? (index + 1) * 10) }));
  const { now, ...refs } = story;
  const { history, commit } = historyOf(git, now === undefined ? refs : { ...refs, now: START + now });
  const managedFields = story.managedFields ?? (story.managers ?? []).map(managedFieldsEntry);
  const managers = fieldManagerEntries({ metadata: { managedFields } });
  const field = story.field ?? ["value"];
  const read = field.length === 0 ? () => true : readValue;
  const evidence: FieldEvidence = {
    id: { namespace: "shop", name: "web" },
    divergence: { field, change: story.change ?? "changed", desired: undefined, live: undefined },
    index: history.index,
    git: fieldTimeline(history, read),
    live: fieldStateOf(story.live === null ? null : object(story.live), read),
    writes:
      story.log === undefined
        ? null
        : {
            liveWrite: story.log,
            transitions: story.transitions ?? ("transition" in story.log ? [story.log.transition] : []),
            unseen: story.unseen ?? { stamps: [], bare: [], states: [] },
            logFirstEventAt: at(story.logFrom ?? 0),
          },
    ...(story.silence === undefined ? {} : { silence: story.silence }),
    declarations: (story.declarations ?? []).map(({ at: seconds, value }) => ({
      write: transition("deployer", seconds, undefined, value).write,
      state: fieldStateOf(value === null ? null : object(value), read),
    })),
    managers,
    owners: fieldOwners(managers, field),
    knowsDeployer: story.knowsDeployer ?? managers.some(({ manager }) => policy.isDeployerManager(manager)),
    likelyDeployer: story.likelyDeployer ?? null,
    recordsManagers: story.recordsManagers ?? managers.length > 0,
    ownerReferences: [],
    lastApplied: story.lastApplied === undefined ? null : fieldStateOf(object(story.lastApplied.value), read),
    createdAt: story.createdAt === undefined ? null : at(story.createdAt),
    observedAt: story.observedAt === undefined ? null : at(story.observedAt),
    appliedCommit: story.applied === undefined ? null : commit(story.applied),
    policy,
  };
  return decideVerdict(evidence);
}

function managedFieldsEntry({
  manager,
  at: seconds,
  owns = true,
  notes = false,
  operation,
}: SmallManager): JsonObject {
  const owned = {
    true: { "f:value": {} },
    false: { "f:other": {} },
    list: { "f:spec": { "f:rules": {} } },
    spec: { "f:spec": { "f:defaultBackend": {} } },
  }[`${owns}`];
  const note = {
    "f:metadata": { "f:annotations": { "f:kubectl.kubernetes.io/last-applied-configuration": {} } },
  };
  return {
    manager,
    operation: operation ?? "Update",
    ...(seconds === null ? {} : { time: at(seconds) }),
    fieldsV1: { ...owned, ...(notes ? note : {}) },
  };
}

/** @param value undefined: the Ingress without the field; null: no Ingress. */
export const commit = (
  name: string,
  value: string | undefined | null,
  more: Partial<SmallCommit> = {},
): SmallCommit => ({
  name,
  object: value === null ? "absent" : value === undefined ? {} : { value },
  ...more,
});
export const shas = (...names: string[]) => names.map(shaOf);

export function shown(
  user: string,
  seconds: number,
  before: string | undefined,
  after: string | undefined | null,
): LiveWrite {
  return { kind: "shown", unseenWritesSince: false, transition: transition(user, seconds, before, after) };
}

export function transition(
  user: string,
  seconds: number,
  before: string | undefined,
  after: string | undefined | null,
) {
  const write: ClusterWrite = {
    auditID: `${user}-${seconds}`,
    at: at(seconds),
    verb: after === null ? "delete" : "patch",
    user,
    impersonatedBy: null,
    groups: [],
    userAgent: "kubectl/v1.36.3",
    sourceIP: "10.0.0.1",
    fieldManager: null,
    id: { namespace: "shop", name: "web" },
    uid: null,
    resourceVersion: null,
    request: undefined,
    isApply: false,
    after: undefined,
    mutatedBy: [],
  };
  return {
    write,
    before: written(before),
    after: written(after),
    explained: "by-request" as const,
  };
}

function written(value: string | undefined | null): WrittenState {
  return value === null ? { kind: "no-object" } : { kind: "value", value };
}
