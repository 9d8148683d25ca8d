import { describe, expect, test } from "vitest";
import { fieldStateOf } from "../../../src/attribute/history/field-state.ts";
import { fieldTimeline } from "../../../src/attribute/history/field-timeline.ts";
import { fieldManagerEntries, fieldOwners } from "../../../src/attribute/managed-fields.ts";
import { decideVerdict } from "../../../src/attribute/verdict/decide-verdict.ts";
import type { FieldEvidence, LogSilence } from "../../../src/attribute/verdict/field-evidence.ts";
import type { WriterPolicy } from "../../../src/attribute/verdict/writer-policy.ts";
import type { FieldWrites, LiveWrite, WrittenState } from "../../../src/attribute/writes/field-writes.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { KeyedIngress } from "../../../src/model/keyed-ingress.ts";
import { historyOf, readValue, type SmallCommit, shaOf } from "../../support/graph/history-of.ts";

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

interface Story {
  readonly git: readonly SmallCommit[];
  readonly head?: string;
  readonly otherRefs?: Readonly<Record<string, string>>;
  /** The live value; null where the cluster has no such Ingress. */
  readonly live: string | undefined | null;
  readonly managers?: readonly { manager: string; at: number; owns?: boolean; operation?: string }[];
  /** As the API server writes them, where `managers` does not say enough. */
  readonly managedFields?: readonly JsonObject[];
  readonly log?: LiveWrite;
  readonly transitions?: FieldWrites["transitions"];
  /** What the deployer's manifests say of the field, newest first. */
  readonly declarations?: readonly { readonly at: number; readonly value: string | undefined | null }[];
  readonly logFrom?: number;
  /** What the log's silence is worth. */
  readonly silence?: LogSilence;
  readonly applied?: string;
  readonly observedAt?: number;
  readonly field?: readonly string[];
  readonly createdAt?: number;
  /** Whether a known deployer writes to other Ingresses; unless given, whether one has written to this. */
  readonly knowsDeployer?: boolean;
}

function decide(story: Story) {
  const git = story.git.map((commit, index) => ({ ...commit, at: START + (commit.at ?? (index + 1) * 10) }));
  const { history, commit } = historyOf(git, story);
  const managedFields =
    story.managedFields ??
    (story.managers ?? []).map((entry) => ({
      manager: entry.manager,
      operation: entry.operation ?? "Update",
      time: at(entry.at),
      fieldsV1: entry.owns === false ? { "f:other": {} } : { "f:value": {} },
    }));
  const managers = fieldManagerEntries({ metadata: { managedFields } });
  const field = story.field ?? ["value"];
  const read = field.length === 0 ? () => true : readValue;
  const evidence: FieldEvidence = {
    id: { namespace: "shop", name: "web" },
    divergence: { field, change: "changed", desired: undefined, live: undefined },
    index: history.index,
    git: fieldTimeline(history, read),
    live: fieldStateOf(story.live === null ? null : object(story.live), read),
    writes:
      story.log === undefined
        ? null
        : {
            liveWrite: story.log,
            transitions: story.transitions ?? ("transition" in story.log ? [story.log.transition] : []),
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
    ownerReferences: [],
    lastApplied: null,
    createdAt: story.createdAt === undefined ? null : at(story.createdAt),
    observedAt: story.observedAt === undefined ? null : at(story.observedAt),
    appliedCommit: story.applied === undefined ? null : commit(story.applied),
    policy,
  };
  return decideVerdict(evidence);
}

const commit = (name: string, value: string, more: Partial<SmallCommit> = {}): SmallCommit => ({
  name,
  object: { value },
  ...more,
});
const shas = (...names: string[]) => names.map(shaOf);

function shown(
  user: string,
  seconds: number,
  before: string | undefined,
  after: string | undefined | null,
): LiveWrite {
  return { kind: "shown", unseenWritesSince: false, transition: transition(user, seconds, before, after) };
}

function transition(
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

describe("row 0: a controller's rule", () => {
  test("is proven by the controller's own write", () => {
    const verdict = decide({ git: [commit("c1", "A")], live: "X", log: shown("acme", 15, "A", "X") });
    expect(verdict).toMatchObject({ verdict: "controller", rule: "acme", evidence: "proven" });
  });

  test("is indicated by the controller's fieldManager", () => {
    const verdict = decide({
      git: [commit("c1", "A")],
      live: "X",
      managers: [{ manager: "acme-manager", at: 15 }],
    });
    expect(verdict).toMatchObject({ verdict: "controller", rule: "acme", evidence: "indicated" });
  });

  test("does not excuse somebody else's write to the same field", () => {
    const log = shown("mallory", 15, "A", "X");
    const verdict = decide({
      git: [commit("c1", "A")],
      live: "X",
      log,
      managers: [{ manager: "acme-manager", at: 9 }],
    });
    expect(verdict).toMatchObject({ verdict: "out-of-band", actor: { user: "mallory" } });
  });
});

describe("row 1: the audit log shows the write", () => {
  const moved = [commit("c1", "A"), commit("c2", "B")];

  test("by the deployer, of an older value of Git's: pending, naming who moved Git on", () => {
    const verdict = decide({ git: moved, live: "A", log: shown("deployer", 15, undefined, "A") });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "proven", commits: shas("c2") });
  });

  test("by the deployer, while the value flapped: by the time of the write", () => {
    const git = [commit("c1", "A"), commit("c2", "B"), commit("c3", "A"), commit("c4", "B")];
    const early = decide({ git, live: "A", log: shown("deployer", 15, undefined, "A") });
    const late = decide({ git, live: "A", log: shown("deployer", 35, undefined, "A") });
    expect(early.commits).toEqual(shas("c4", "c3", "c2"));
    expect(late.commits).toEqual(shas("c4"));
  });

  test("by the deployer, of a value that only another ref holds: unmerged", () => {
    const git = [commit("c1", "A"), commit("f1", "F", { parents: ["c1"] })];
    const log = shown("deployer", 25, "A", "F");
    const verdict = decide({ git, head: "c1", otherRefs: { "origin/f": "f1" }, live: "F", log });
    expect(verdict).toMatchObject({
      verdict: "unmerged",
      ref: "origin/f",
      commits: shas("f1"),
      evidence: "proven",
    });
  });

  test("by the deployer, of a value in no Git: out-of-band by that deployer", () => {
    const verdict = decide({ git: moved, live: "X", log: shown("deployer", 25, "B", "X") });
    expect(verdict).toMatchObject({ verdict: "out-of-band", actor: { user: "deployer", source: "gitops" } });
  });

  test("by a person, of an older value of Git's: out-of-band, with the commit that it matches", () => {
    const verdict = decide({ git: moved, live: "A", log: shown("alice", 25, "B", "A") });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      evidence: "proven",
      commits: [],
      matchesCommit: shaOf("c1"),
      actor: { user: "alice", source: "cli" },
    });
  });

  test("by a person, while Git moved too: out-of-band, with the conflict", () => {
    const log = shown("alice", 15, "A", "X");
    const verdict = decide({ git: moved, live: "X", log });
    expect(verdict).toMatchObject({ verdict: "out-of-band", conflict: shas("c2"), commits: [] });
  });

  test("by a person, after Git's newest value had been deployed: no conflict", () => {
    const verdict = decide({ git: moved, live: "X", log: shown("alice", 25, "B", "X") });
    expect(verdict.conflict).toEqual([]);
  });

  test("by a person, of a value that only another ref holds: unmerged, with the actor beside it", () => {
    const git = [commit("c1", "A"), commit("f1", "F", { parents: ["c1"] })];
    const log = shown("alice", 25, "A", "F");
    const verdict = decide({ git, head: "c1", otherRefs: { "origin/f": "f1" }, live: "F", log });
    expect(verdict).toMatchObject({ verdict: "unmerged", commits: shas("f1"), actor: { user: "alice" } });
  });

  test("by a person, of a value that a ref got only later: out-of-band", () => {
    const git = [commit("c1", "A"), commit("f1", "F", { parents: ["c1"] })];
    const log = shown("alice", 15, "A", "F");
    const verdict = decide({ git, head: "c1", otherRefs: { "origin/f": "f1" }, live: "F", log });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], actor: { user: "alice" } });
  });

  test("by a person, of an older value that no commit ever wrote: names no commit", () => {
    const git = [{ name: "c1", object: {} }, commit("c2", "B")];
    const verdict = decide({ git, live: undefined, log: shown("alice", 25, "B", undefined) });
    expect(verdict).toMatchObject({ verdict: "out-of-band", matchesCommit: null, actor: { user: "alice" } });
  });

  test("by a person, of what the deployer has declared since: pending, as the deployer's", () => {
    const log = shown("alice", 5, undefined, "A");
    const verdict = decide({ git: moved, live: "A", log, declarations: [{ at: 15, value: "A" }] });
    expect(verdict).toMatchObject({ verdict: "pending", commits: shas("c2"), actor: { user: "deployer" } });
  });

  test("by a person, of what the deployer declared before: out-of-band", () => {
    const log = shown("alice", 15, undefined, "A");
    const verdict = decide({ git: moved, live: "A", log, declarations: [{ at: 12, value: "A" }] });
    expect(verdict).toMatchObject({ verdict: "out-of-band", actor: { user: "alice" } });
  });

  test("before the log began, declared by the deployer within it: pending, proven", () => {
    const verdict = decide({
      git: moved,
      live: "A",
      log: { kind: "before-log" },
      declarations: [{ at: 15, value: "A" }],
    });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "proven", commits: shas("c2") });
  });

  test("by the deployer, declared again since: names what Git changed after the last time", () => {
    const git = [commit("c1", "A"), commit("c2", "B"), commit("c3", "A"), commit("c4", "C")];
    const log = shown("deployer", 15, undefined, "A");
    const declarations = [
      { at: 35, value: "A" },
      { at: 15, value: "A" },
    ];
    expect(decide({ git, live: "A", log, declarations }).commits).toEqual(shas("c4"));
  });

  test("by a person, beside what the deployer no longer declares: no conflict", () => {
    const git = [commit("c1", "A"), { name: "c2", object: {} }];
    const log = shown("alice", 15, undefined, "A");
    const verdict = decide({ git, live: "A", log, declarations: [{ at: 25, value: undefined }] });
    expect(verdict).toMatchObject({ verdict: "out-of-band", conflict: [], actor: { user: "alice" } });
  });

  test("of a delete by a person, of what an unmerged ref has deleted too: out-of-band", () => {
    const git = [commit("c1", "A"), { name: "f1", object: "absent" as const, parents: ["c1"] }];
    const log = shown("alice", 25, "A", null);
    const verdict = decide({ git, head: "c1", otherRefs: { f: "f1" }, live: null, field: [], log });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], actor: { user: "alice" } });
  });

  test("of a delete by the deployer that had created it from Git: out-of-band, and no commit is named", () => {
    const created = {
      ...transition("deployer", 12, undefined, "A"),
      before: { kind: "no-object" as const },
      after: { kind: "value" as const, value: true },
    };
    const log = shown("deployer", 15, "A", null);
    const transitions = [...("transition" in log ? [log.transition] : []), created];
    const git = [{ name: "c0" }, commit("c1", "A", { at: 11 })];
    const verdict = decide({ git, live: null, field: [], observedAt: 60, log, transitions });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], actor: { user: "deployer" } });
  });

  test("of a delete by the deployer before Git declared it again: pending, naming who did", () => {
    const log = shown("deployer", 15, "A", null);
    const git = [
      commit("c1", "A"),
      { name: "c2", object: "absent" as const, at: 12 },
      commit("c3", "A", { at: 30 }),
    ];
    const verdict = decide({ git, live: null, field: [], observedAt: 60, log });
    expect(verdict).toMatchObject({ verdict: "pending", commits: shas("c3") });
  });

  test("of a delete by a person: out-of-band", () => {
    const log = shown("alice", 25, "B", null);
    const verdict = decide({ git: moved, live: null, field: [], log });
    expect(verdict).toMatchObject({ verdict: "out-of-band", actor: { user: "alice", operation: "delete" } });
  });

  test("whose value admission wrote: names the webhook and not the requester", () => {
    const { transition: written } = shown("alice", 15, undefined, "X") as LiveWrite & { kind: "shown" };
    const log: LiveWrite = {
      kind: "admission",
      transition: written,
      webhooks: ["hook"],
      unseenWritesSince: false,
    };
    const verdict = decide({ git: [commit("c1", "A")], live: "X", log });
    expect(verdict).toMatchObject({ verdict: "out-of-band", actor: { user: null, fieldManager: "hook" } });
  });
});

describe("row 2: the applied revision is known", () => {
  const git = [commit("c1", "A"), commit("c2", "B"), commit("c3", "C")];

  test("and holds the live value: pending, naming each commit since", () => {
    const verdict = decide({ git, live: "A", applied: "c1" });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c3", "c2") });
  });

  test("and holds another value: out-of-band, with what Git changed since beside it", () => {
    const verdict = decide({ git, live: "X", applied: "c2" });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], conflict: shas("c3") });
  });

  test("and held the live value before: out-of-band, a rollback by hand", () => {
    const verdict = decide({ git, live: "A", applied: "c2" });
    expect(verdict).toMatchObject({ verdict: "out-of-band", matchesCommit: shaOf("c1") });
  });

  test("and is ahead of the audited ref: unmerged", () => {
    const verdict = decide({ git, head: "c2", otherRefs: { "origin/main": "c3" }, live: "C", applied: "c3" });
    expect(verdict).toMatchObject({ verdict: "unmerged", ref: "origin/main", commits: shas("c3") });
  });

  test("and is on no ref any more: names its own writer, and no ref that holds the same value", () => {
    const forced = [
      commit("c1", "A"),
      commit("d1", "F", { parents: ["c1"] }),
      commit("f1", "F", { parents: ["c1"] }),
    ];
    const story = { git: forced, head: "c1", live: "F", applied: "f1" };
    const verdict = decide({ ...story, otherRefs: { "dave-old": "d1" } });
    expect(verdict).toMatchObject({ verdict: "unmerged", ref: null, commits: shas("f1") });
    expect(verdict.reason).toContain("on no ref");
    expect(decide(story)).toMatchObject({ verdict: "unmerged", commits: shas("f1") });
  });

  test("and is a branch's, while the audited ref changed the same field: unmerged, with that commit beside it", () => {
    const forked = [
      commit("c1", "A"),
      commit("f1", "F", { parents: ["c1"] }),
      commit("c2", "B", { parents: ["c1"] }),
    ];
    const verdict = decide({ git: forked, head: "c2", otherRefs: { f: "f1" }, live: "F", applied: "f1" });
    expect(verdict).toMatchObject({
      verdict: "unmerged",
      ref: "f",
      commits: shas("f1"),
      conflict: shas("c2"),
    });
  });

  test("and is a branch's that was squashed since: pending, naming who moved Git on after that", () => {
    const squashed = [
      commit("c1", "A"),
      commit("f1", "F", { parents: ["c1"] }),
      commit("s1", "F", { parents: ["c1"] }),
      commit("c3", "C"),
    ];
    const verdict = decide({ git: squashed, head: "c3", live: "F", applied: "f1" });
    expect(verdict).toMatchObject({ verdict: "pending", commits: shas("c3"), conflict: [] });
  });

  test("and had no such Ingress yet: pending, naming who added it", () => {
    const added = [{ name: "c0" }, commit("c1", "A")];
    const verdict = decide({ git: added, live: null, field: [], applied: "c0" });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c1") });
  });

  test("and had the missing Ingress: out-of-band, deleted by hand", () => {
    expect(decide({ git, live: null, field: [], applied: "c1" }).verdict).toBe("out-of-band");
  });
});

describe("row 3: the live value occurs in history", () => {
  const git = [commit("c1", "A"), commit("c2", "B")];

  test("pending by Git alone", () => {
    expect(decide({ git, live: "A" })).toMatchObject({
      verdict: "pending",
      evidence: "inferred",
      commits: shas("c2"),
    });
  });

  test("pending, indicated where managedFields shows no later write", () => {
    const verdict = decide({ git, live: "A", managers: [{ manager: "argocd-controller", at: 15 }] });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c2") });
  });

  test("out-of-band where a hand tool wrote it after the newer commit", () => {
    const verdict = decide({ git, live: "A", managers: [{ manager: "kubectl-edit", at: 25 }] });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      matchesCommit: shaOf("c1"),
      actor: { user: null, fieldManager: "kubectl-edit" },
    });
  });

  test("out-of-band where a hand tool wrote it before Git took it over: the newer commit is beside it", () => {
    const adopted = [commit("c1", "A"), commit("c2", "X"), commit("c3", "B")];
    const verdict = decide({ git: adopted, live: "X", managers: [{ manager: "kubectl-edit", at: 15 }] });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      commits: [],
      actor: { fieldManager: "kubectl-edit" },
    });
  });

  test("out-of-band where a hand tool alone owns it, although Git held it by then and moved later", () => {
    const managers = [
      { manager: "argocd-controller", at: 5, owns: false },
      { manager: "kubectl-replace", at: 15 },
    ];
    expect(decide({ git, live: "A", managers })).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      commits: [],
      conflict: shas("c2"),
      matchesCommit: shaOf("c1"),
      actor: { user: null, fieldManager: "kubectl-replace" },
    });
  });

  test("pending where nothing but an apply tool is there: it may be the pipeline", () => {
    const managers = [{ manager: "kubectl-client-side-apply", at: 15 }];
    expect(decide({ git, live: "A", managers })).toMatchObject({ verdict: "pending", commits: shas("c2") });
  });

  test("out-of-band where an apply tool owns it and the object has a deployer that does not", () => {
    const managers = [
      { manager: "argocd-controller", at: 5, owns: false },
      { manager: "kubectl-client-side-apply", at: 15 },
    ];
    expect(decide({ git, live: "A", managers })).toMatchObject({ verdict: "out-of-band", commits: [] });
  });

  test("unknown where a hand tool alone owns the list that holds it: nobody is named", () => {
    const verdict = decide({
      git,
      live: "A",
      field: ["spec", "rules", "value"],
      managedFields: [
        {
          manager: "kubectl-patch",
          operation: "Update",
          time: at(15),
          fieldsV1: { "f:spec": { "f:rules": {} } },
        },
      ],
    });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "none", commits: [] });
    expect(verdict.reason).toContain("--audit-log");
  });

  test("unknown where an apply tool alone wrote to it and a deployer writes to others", () => {
    const removed = [commit("c1", "A"), { name: "c2", object: "absent" as const }];
    const managers = [{ manager: "kubectl-client-side-apply", at: 15 }];
    const story = { git: removed, live: "A", field: [], createdAt: 15, managers };
    expect(decide({ ...story, knowsDeployer: true })).toMatchObject({ evidence: "none", commits: [] });
    expect(decide({ ...story, knowsDeployer: false })).toMatchObject({ commits: shas("c2") });
  });

  test("pending while the value flapped: names nobody before the last time that Git held it", () => {
    const flapped = [commit("c1", "A"), commit("c2", "B"), commit("c3", "A"), commit("c4", "C")];
    const early = decide({ git: flapped, live: "A", managers: [{ manager: "argocd-controller", at: 15 }] });
    const late = decide({ git: flapped, live: "A", managers: [{ manager: "argocd-controller", at: 25 }] });
    expect(early).toMatchObject({ verdict: "pending", commits: shas("c4") });
    expect(late).toMatchObject({ verdict: "out-of-band", commits: [], conflict: shas("c4") });
  });

  test("unknown where the pipeline has never written to the object: nobody is named", () => {
    const added = [{ name: "c1", object: {} }, commit("c2", "A")];
    const managers = [{ manager: "kubectl-create", at: 15, owns: false }];
    const verdict = decide({ git: added, live: undefined, managers });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "none", commits: [] });
  });

  test("unknown where Git removed an Ingress that the pipeline has never written to", () => {
    const removed = [commit("c1", "A"), { name: "c2", object: "absent" as const }];
    const story = { git: removed, live: "A", field: [], createdAt: 15 };
    const byHand = decide({ ...story, managers: [{ manager: "kubectl-create", at: 15 }] });
    expect(byHand).toMatchObject({ verdict: "pending", evidence: "none", commits: [] });
    const byPipeline = decide({ ...story, managers: [{ manager: "argocd-controller", at: 15 }] });
    expect(byPipeline).toMatchObject({ verdict: "pending", commits: shas("c2") });
  });

  test("a field that is gone was not removed by commits later than the pipeline's last write", () => {
    const removed = [commit("c1", "A"), { name: "c2", object: {} }, commit("c3", "B")];
    const managers = [{ manager: "argocd-controller", at: 15, owns: false }];
    const verdict = decide({ git: removed, live: undefined, managers });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [] });
  });

  test("pending where the deployer owns it too, since Git took it over", () => {
    const adopted = [commit("c1", "A"), commit("c2", "X"), commit("c3", "B")];
    const managers = [
      { manager: "kubectl-edit", at: 15 },
      { manager: "argocd-controller", at: 25 },
    ];
    expect(decide({ git: adopted, live: "X", managers })).toMatchObject({
      verdict: "pending",
      commits: shas("c3"),
    });
  });

  test("out-of-band at the same second: nobody is named on a guess", () => {
    const verdict = decide({ git, live: "A", managers: [{ manager: "kubectl-edit", at: 20 }] });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [] });
  });

  test("out-of-band where the deployer applied the object after the newer commit", () => {
    const verdict = decide({ git, live: "A", managers: [{ manager: "argocd-controller", at: 25 }] });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], matchesCommit: shaOf("c1") });
  });

  test("a removed field leaves no owner: any later write to the object may have removed it", () => {
    const added = [{ name: "c1", object: { other: "x" } }, commit("c2", "B")];
    const hand = [{ manager: "kubectl-edit", at: 25, owns: false }];
    expect(decide({ git: added, live: undefined }).verdict).toBe("pending");
    expect(decide({ git: added, live: undefined, managers: hand }).verdict).toBe("out-of-band");
  });

  test("a missing Ingress names nobody: it was never applied, or deleted", () => {
    const verdict = decide({ git, live: null, field: [] });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "none", commits: [], actor: null });
  });

  test("a missing Ingress that was declared after the cluster was read is pending", () => {
    const verdict = decide({ git, live: null, field: [], observedAt: 5 });
    expect(verdict).toMatchObject({ verdict: "pending", commits: shas("c1") });
  });

  test("a missing Ingress that the audit log never saw since it was declared is pending", () => {
    const log: LiveWrite = { kind: "no-writes" };
    const silence: LogSilence = { kind: "counts" };
    const covered = decide({ git, live: null, field: [], log, logFrom: 5, silence });
    expect(covered).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c1") });
  });

  test("a missing Ingress names nobody where the log begins later, or its silence is worth nothing", () => {
    const missing = { git, live: null, field: [], log: { kind: "no-writes" } satisfies LiveWrite };
    const begun = decide({ ...missing, logFrom: 15, silence: { kind: "counts" } });
    const ended = decide({ ...missing, logFrom: 5, silence: { kind: "doubtful", reason: "the log ends" } });
    expect(begun).toMatchObject({
      evidence: "none",
      commits: [],
      reason: expect.stringContaining("begins later"),
    });
    expect(ended).toMatchObject({
      evidence: "none",
      commits: [],
      reason: expect.stringContaining("the log ends"),
    });
  });

  test("a missing Ingress that the log shows, and not its end, was deleted by whom nobody knows", () => {
    const transitions = [transition("deployer", 12, undefined, "A")];
    const verdict = decide({ git, live: null, field: [], log: { kind: "after-log" }, transitions });
    expect(verdict).toMatchObject({ verdict: "out-of-band", evidence: "none", actor: null, commits: [] });
  });

  test("a shallow clone that lacks the value names nobody and says how to mend it", () => {
    const shallow = [commit("c1", "A", { isBoundary: true, parents: [] }), commit("c2", "B")];
    const verdict = decide({ git: shallow, live: "older" });
    expect(verdict).toMatchObject({ evidence: "none", commits: [], actor: null });
    expect(verdict.reason).toContain("git fetch --unshallow");
  });

  test("a shallow clone that holds the value is as good as a whole one", () => {
    const shallow = [commit("c1", "A", { isBoundary: true, parents: [] }), commit("c2", "B")];
    expect(decide({ git: shallow, live: "A" })).toMatchObject({ verdict: "pending", commits: shas("c2") });
  });
});

describe("row 4: the live value occurs on another ref", () => {
  const git = [
    commit("c1", "A"),
    commit("f1", "F", { parents: ["c1"] }),
    commit("g1", "F", { parents: ["c1"] }),
  ];

  test("unmerged, naming the ref and the commit", () => {
    const verdict = decide({ git, head: "c1", otherRefs: { "origin/f": "f1" }, live: "F" });
    expect(verdict).toMatchObject({
      verdict: "unmerged",
      evidence: "inferred",
      ref: "origin/f",
      commits: shas("f1"),
    });
  });

  test("out-of-band where a hand tool wrote it before the ref took it over", () => {
    const story = { git: git.slice(0, 2), head: "c1", otherRefs: { "origin/f": "f1" }, live: "F" };
    const verdict = decide({ ...story, managers: [{ manager: "kubectl-patch", at: 15 }] });
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], ref: null });
  });

  test("unmerged, naming nobody where a hand tool alone owns it: the ref may have taken it over", () => {
    const story = { git: git.slice(0, 2), head: "c1", otherRefs: { "origin/f": "f1" }, live: "F" };
    const verdict = decide({ ...story, managers: [{ manager: "kubectl-edit", at: 25 }] });
    expect(verdict).toMatchObject({
      verdict: "unmerged",
      ref: "origin/f",
      commits: [],
      actor: { user: null, fieldManager: "kubectl-edit" },
    });
  });

  test("unmerged, naming nobody where two commits brought the same value", () => {
    const verdict = decide({ git, head: "c1", otherRefs: { f: "f1", g: "g1" }, live: "F" });
    expect(verdict).toMatchObject({ verdict: "unmerged", commits: [] });
  });
});

describe("row 5: the live value occurs nowhere in Git", () => {
  const git = [commit("c1", "A")];

  test("out-of-band, with the program that managedFields names and no person", () => {
    const verdict = decide({ git, live: "X", managers: [{ manager: "kubectl-patch", at: 15 }] });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      actor: { user: null, fieldManager: "kubectl-patch", source: "cli" },
    });
  });

  test("out-of-band by Git's history alone where nothing else is known", () => {
    expect(decide({ git, live: "X" })).toMatchObject({
      verdict: "out-of-band",
      evidence: "inferred",
      actor: null,
    });
  });

  test("lists what Git changed after the write beside it", () => {
    const moved = [commit("c1", "A"), commit("c2", "B")];
    const verdict = decide({ git: moved, live: "X", managers: [{ manager: "kubectl-patch", at: 15 }] });
    expect(verdict).toMatchObject({ verdict: "out-of-band", conflict: shas("c2") });
  });

  test.each([
    ["before-log", { kind: "before-log" }, "begins after the write"],
    ["after-log", { kind: "after-log" }, "does not reach the write"],
    [
      "gap",
      { kind: "gap", between: { from: null, to: null }, reason: "generation jumped" },
      "generation jumped",
    ],
  ] satisfies [string, LiveWrite, string][])("says why the log does not show it: %s", (_name, log, text) => {
    const verdict = decide({ git, live: "X", log });
    expect(verdict.actor?.user ?? null).toBeNull();
    expect(verdict.reason).toContain(text);
  });
});
