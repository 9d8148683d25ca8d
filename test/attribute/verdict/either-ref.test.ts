import { expect, test } from "vitest";
import { commit, decide, IN_LIST, shas, shown } from "./support/decide.ts";

// c2 added the field; f, off c2, took it away again, and is not merged.
const git = [commit("c1", undefined), commit("c2", "B"), commit("f1", undefined, { parents: ["c2"] })];
const added = { git, head: "c2", otherRefs: { f: "f1" }, live: undefined };

test("a pipeline's list without an entry that a branch has taken away again names nobody: it may have deployed either", () => {
  const managers = [{ manager: "argocd-controller", at: 35, owns: "list" as const }];
  const verdict = decide({ ...added, field: IN_LIST, managers });
  expect(verdict).toMatchObject({ verdict: "pending", evidence: "none", commits: [], actor: null });
  expect(verdict.reason).toContain("but f, which is not merged, went back to it since");
});

test("and names who added it where the pipeline last wrote before the branch did", () => {
  const managers = [{ manager: "argocd-controller", at: 25, owns: "list" as const }];
  const verdict = decide({ ...added, field: IN_LIST, managers });
  expect(verdict).toMatchObject({ evidence: "indicated", commits: shas("c2") });
});

test("so does a value that the audited ref has taken in from the branch: what moved off it came after both", () => {
  const squashed = [
    commit("c1", "A"),
    commit("f1", "F", { parents: ["c1"] }),
    commit("c2", "F", { parents: ["c1"] }),
    commit("c3", "C", { parents: ["c2"] }),
  ];
  const managers = [{ manager: "argocd-controller", at: 35 }];
  const verdict = decide({ git: squashed, head: "c3", otherRefs: { f: "f1" }, live: "F", managers });
  expect(verdict).toMatchObject({ verdict: "pending", commits: shas("c3") });
});

test("a prune that the log shows names nobody where a branch has removed the object that the audited ref added", () => {
  const removed = [commit("c0", null), commit("c1", "A"), commit("f1", null, { parents: ["c1"] })];
  const log = shown("deployer", 35, "A", null);
  const story = { git: removed, head: "c1", live: null, field: [], log, observedAt: 40 };
  const verdict = decide({ ...story, otherRefs: { f: "f1" } });
  expect(verdict).toMatchObject({
    verdict: "pending",
    evidence: "proven",
    commits: [],
    actor: { user: "deployer" },
  });
  expect(verdict.reason).toContain("unknown from which revision");
  expect(decide(story).commits).toEqual(shas("c1"));
});
