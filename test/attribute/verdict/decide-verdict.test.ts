import { describe, expect, test } from "vitest";
import type { LogSilence } from "../../../src/attribute/verdict/field-evidence.ts";
import type { LiveWrite } from "../../../src/attribute/writes/field-writes.ts";
import { shaOf } from "../../support/graph/history-of.ts";
import { commit, decide, IN_LIST, shas, shown, transition } from "./support/decide.ts";

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

  test("by a person, after the pipeline wrote without a body in the log: no conflict that it may have brought", () => {
    const bare = [transition("deployer", 25, undefined, undefined).write];
    const log = shown("alice", 28, "B", "X");
    const unseen = { stamps: [], bare, states: [] };
    const declarations = [{ at: 12, value: "A" }];
    expect(decide({ git: moved, live: "X", log, declarations }).conflict).toEqual(shas("c2"));
    expect(decide({ git: moved, live: "X", log, declarations, unseen }).conflict).toEqual([]);
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
    expect(verdict.reason).toMatch(/; commits .* and .* changed this since and have not been applied\.$/);
    const { reason } = decide({ git: git.slice(0, 2), live: "A", applied: "c1" });
    expect(reason).toMatch(/; commit .* changed this since and has not been applied\.$/);
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
    const managers = [{ manager: "kubectl-patch", at: 15, owns: "list" as const }];
    const verdict = decide({ git, live: "A", field: IN_LIST, managers });
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
    expect(late).toMatchObject({ verdict: "pending", commits: shas("c4") });
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

  test("pending where the deployer owns it, whenever it wrote: it has not followed", () => {
    const verdict = decide({ git, live: "A", managers: [{ manager: "argocd-controller", at: 25 }] });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c2") });
  });

  test("out-of-band where the deployer wrote after the newer commit to what a hand has taken over", () => {
    const managers = [
      { manager: "argocd-controller", at: 25, owns: false },
      { manager: "kubectl-edit", at: 28, owns: "list" as const },
    ];
    expect(decide({ git, live: "A", field: IN_LIST, managers })).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      reason: expect.stringContaining(
        "kubectl-edit at 2026-03-01T00:00:28Z, which need not have changed this",
      ),
      commits: [],
      matchesCommit: shaOf("c1"),
      actor: null,
    });
  });

  test("unknown where a hand wrote the list after the newer commit and the pipeline did not", () => {
    const managers = [
      { manager: "argocd-controller", at: 15, owns: false },
      { manager: "kubectl-edit", at: 28, owns: "list" as const },
    ];
    const verdict = decide({ git, live: "A", field: IN_LIST, managers });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "none", commits: [], actor: null });
  });

  test("unknown where a deployer that applies is said to have written it otherwise: anybody may use its name", () => {
    const managers = [
      { manager: "argocd-controller", at: 21, operation: "Apply", owns: false },
      { manager: "argocd-controller", at: 25 },
    ];
    expect(decide({ git, live: "A", managers })).toMatchObject({ evidence: "none", commits: [] });
  });

  test("a removed field leaves no owner: any later write to the object may have removed it", () => {
    const added = [{ name: "c1", object: { other: "x" } }, commit("c2", "B")];
    const story = { git: added, live: undefined };
    const hand = (seconds: number) => [
      { manager: "argocd-controller", at: 15, owns: false },
      { manager: "kubectl-edit", at: seconds, owns: false },
    ];
    expect(decide(story)).toMatchObject({ verdict: "pending", commits: shas("c2") });
    expect(decide({ ...story, managers: hand(17) })).toMatchObject({ commits: shas("c2") });
    expect(decide({ ...story, managers: hand(25) })).toMatchObject({ evidence: "none", commits: [] });
  });

  test("out-of-band where a field is gone that the pipeline had brought", () => {
    const added = [{ name: "c1", object: { other: "x" } }, commit("c2", "B")];
    const managers = [{ manager: "argocd-controller", at: 25, owns: false }];
    expect(decide({ git: added, live: undefined, managers })).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      commits: [],
    });
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
