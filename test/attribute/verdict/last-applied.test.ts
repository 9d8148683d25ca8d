import { describe, expect, test } from "vitest";
import { shaOf } from "../../support/graph/history-of.ts";
import { commit, decide, IN_LIST, type SmallManager, type Story, shas } from "./support/decide.ts";

/** Git: A at 10 s, B at 20 s. The rows are those of docs/decisions/0010-what-was-last-applied.md. */
const git = [commit("c1", "A"), commit("c2", "B")];
const added = [{ name: "c1", object: { other: "x" } }, commit("c2", "B")];
const removed = [commit("c1", "A"), { name: "c2", object: { other: "x" } }];

const csa = (at: number, more: Partial<SmallManager> = {}): SmallManager => ({
  manager: "kubectl-client-side-apply",
  at,
  owns: false,
  notes: true,
  ...more,
});
const argocd = (at: number, more: Partial<SmallManager> = {}): SmallManager => ({
  ...csa(at),
  manager: "argocd-controller",
  ...more,
});
/** A hand that owns the list, and so perhaps the field. */
const hand: SmallManager = { manager: "kubectl-edit", at: 28, owns: "list" };

function decideInList(story: Omit<Story, "git" | "field">, history: Story["git"] = git) {
  return decide({ git: history, field: IN_LIST, ...story });
}

describe("live is what was last applied", () => {
  test("by the deployer, and Git has moved on: pending, whenever it was applied", () => {
    const early = decideInList({ live: "A", lastApplied: { value: "A" }, managers: [argocd(15), hand] });
    const late = decideInList({ live: "A", lastApplied: { value: "A" }, managers: [argocd(25), hand] });
    expect(early).toMatchObject({
      verdict: "pending",
      evidence: "indicated",
      commits: shas("c2"),
      actor: null,
    });
    expect(late).toEqual({ ...early, reason: late.reason });
  });

  test("by kubectl, before Git moved on: pending", () => {
    const verdict = decideInList({ live: "A", lastApplied: { value: "A" }, managers: [csa(15), hand] });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c2") });
    expect(verdict.reason).toContain("last-applied");
  });

  test("by kubectl, perhaps after Git moved on: a pipeline's or a person's, and nobody is named", () => {
    const verdict = decideInList({ live: "A", lastApplied: { value: "A" }, managers: [csa(25), hand] });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "none", commits: [], actor: null });
    expect(verdict.reason).toContain("a person with an older manifest");
  });

  test("and the field is in neither, while Git has added it: pending", () => {
    const story = { live: undefined, lastApplied: { value: undefined } };
    expect(decide({ git: added, ...story, managers: [csa(15)] })).toMatchObject({
      verdict: "pending",
      evidence: "indicated",
      commits: shas("c2"),
    });
    expect(decide({ git: added, ...story, managers: [argocd(25)] })).toMatchObject({ commits: shas("c2") });
    expect(decide({ git: added, ...story, managers: [csa(25)] })).toMatchObject({
      evidence: "none",
      commits: [],
    });
  });

  test("and no commit holds it: somebody applied a manifest that is not in Git", () => {
    const verdict = decide({
      git,
      live: "X",
      lastApplied: { value: "X" },
      managers: [csa(15, { owns: true })],
    });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      conflict: shas("c2"),
      actor: { user: null, fieldManager: "kubectl-client-side-apply" },
    });
    expect(verdict.reason).toContain("somebody applied a manifest with it");
  });

  test("and only another ref holds it: unmerged, although a hand owns the list", () => {
    const forked = [commit("c1", "A"), commit("f1", "F", { parents: ["c1"] })];
    const story = { git: forked, head: "c1", otherRefs: { f: "f1" }, live: "F", field: IN_LIST };
    const verdict = decide({ ...story, lastApplied: { value: "F" }, managers: [csa(25), hand] });
    expect(verdict).toMatchObject({
      verdict: "unmerged",
      evidence: "indicated",
      ref: "f",
      commits: shas("f1"),
    });
    expect(decide({ ...story, managers: [csa(25), hand] }).commits).toEqual([]);
  });
});

describe("live is not what was last applied", () => {
  test("which is Git's newer value: the cluster had followed, and somebody put the older one back", () => {
    const verdict = decideInList({ live: "A", lastApplied: { value: "B" }, managers: [csa(25), hand] });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      commits: [],
      conflict: [],
      matchesCommit: shaOf("c1"),
      actor: null,
    });
  });

  test("so also where the newer commit's date is days too early or too late", () => {
    for (const at of [1, 900]) {
      const skewed = [commit("c1", "A", { at: 0.5 }), commit("c2", "B", { at })];
      const story = { live: "A", lastApplied: { value: "B" }, managers: [csa(25), hand] };
      expect(decideInList(story, skewed)).toMatchObject({ verdict: "out-of-band", commits: [] });
    }
  });

  test("and no commit holds it: out-of-band, with what Git changed since that apply beside it", () => {
    const longer = [...git, commit("c3", "C")];
    const verdict = decideInList(
      { live: "X", lastApplied: { value: "B" }, managers: [argocd(35), { ...hand, at: 38 }] },
      longer,
    );
    expect(verdict).toMatchObject({ verdict: "out-of-band", conflict: shas("c3"), matchesCommit: null });
  });

  test("and kubectl may have applied it after Git had moved on: nothing is said to be pending beside it", () => {
    const longer = [...git, commit("c3", "C")];
    const late = decideInList(
      { live: "X", lastApplied: { value: "B" }, managers: [csa(35), { ...hand, at: 38 }] },
      longer,
    );
    const early = decideInList({ live: "X", lastApplied: { value: "B" }, managers: [csa(25), hand] }, longer);
    expect([late.conflict, early.conflict]).toEqual([[], shas("c3")]);
  });

  test("and is gone: something else removed it after that apply, whatever Git did in between", () => {
    const verdict = decide({ git: added, live: undefined, lastApplied: { value: "B" }, managers: [csa(25)] });
    expect(verdict).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      commits: [],
      actor: null,
    });
    expect(verdict.reason).toContain("something else removed it");
  });

  test("which lacks the field: something else wrote it, though Git once held it", () => {
    const verdict = decideInList(
      { live: "A", lastApplied: { value: undefined }, managers: [csa(25), hand] },
      removed,
    );
    expect(verdict).toMatchObject({ verdict: "out-of-band", commits: [], matchesCommit: shaOf("c1") });
    expect(verdict.reason).toContain("a manifest without this field");
  });

  test("and only another ref holds it: a hand took it from there, or the ref from the hand", () => {
    const forked = [commit("c1", "A"), commit("f1", "F", { parents: ["c1"] })];
    const verdict = decide({
      git: forked,
      head: "c1",
      otherRefs: { f: "f1" },
      live: "F",
      field: IN_LIST,
      lastApplied: { value: "A" },
      managers: [csa(15), hand],
    });
    expect(verdict).toMatchObject({ verdict: "unmerged", ref: "f", commits: [] });
  });
});

describe("the annotation is not believed", () => {
  const asWithout = (story: Omit<Story, "git" | "field">) => {
    const { lastApplied, ...without } = story;
    const verdict = decideInList(story);
    expect(lastApplied).toBeDefined();
    expect(verdict).toEqual(decideInList(without));
    return verdict;
  };

  test.each([
    ["kubectl annotate", { manager: "kubectl-annotate", at: 16, owns: false, notes: true }],
    ["kubectl edit", { manager: "kubectl-edit", at: 16, owns: false, notes: true }],
    ["kubectl apply set-last-applied", { manager: "kubectl", at: 16, owns: false, notes: true }],
  ] satisfies [string, SmallManager][])("where %s wrote it", (_name, forger) => {
    const managers = [csa(15, { notes: false }), forger, hand];
    expect(asWithout({ live: "A", lastApplied: { value: "A" }, managers })).toMatchObject({
      evidence: "none",
    });
  });

  test("where nobody is known to have written it, or two have", () => {
    const nobody = [csa(15, { notes: false }), hand];
    const two = [csa(15), argocd(16), hand];
    for (const managers of [nobody, two]) asWithout({ live: "A", lastApplied: { value: "A" }, managers });
  });

  test("where another program that deploys has written since, and left the annotation as it was", () => {
    const since = [
      { manager: "argocd-controller", at: 17, operation: "Apply", owns: false },
      { manager: "deploy-bot", at: 17, owns: false },
    ];
    for (const other of since) {
      asWithout({ live: "A", lastApplied: { value: "A" }, managers: [csa(15), other, hand] });
    }
  });

  test("where the cluster has a known deployer, and kubectl's apply was somebody's own", () => {
    const story = { live: "A", lastApplied: { value: "A" }, knowsDeployer: true };
    expect(asWithout({ ...story, managers: [csa(15), hand] })).toMatchObject({
      evidence: "none",
      commits: [],
    });
  });

  test("where what wrote it owns another value: something wrote under its name", () => {
    const managers = [csa(15, { owns: true })];
    const story = { live: "A", managers };
    expect(decide({ git, ...story, lastApplied: { value: "X" } })).toEqual(decide({ git, ...story }));
  });

  test("and still keeps a name back where it has what Git held only later", () => {
    const story = {
      git: added,
      live: undefined,
      managers: [{ manager: "argocd-controller", at: 15, owns: false }],
    };
    expect(decide(story)).toMatchObject({ verdict: "pending", commits: shas("c2") });
    expect(decide({ ...story, lastApplied: { value: "B" } })).toMatchObject({
      evidence: "none",
      commits: [],
    });
  });
});

test("kubectl's server-side apply keeps the annotation up to date, through an entry without a time", () => {
  const kubectl = (at: number): SmallManager[] => [
    { manager: "kubectl-last-applied", at: null, operation: "Apply", owns: false, notes: true },
    { manager: "kubectl", at, operation: "Apply", owns: false },
  ];
  const story = { live: "A", lastApplied: { value: "A" } };
  expect(decideInList({ ...story, managers: [...kubectl(15), hand] })).toMatchObject({ commits: shas("c2") });
  expect(decideInList({ ...story, managers: [...kubectl(25), hand] })).toMatchObject({ evidence: "none" });
});

describe("a snapshot without managedFields", () => {
  test("shows by the annotation that the cluster had followed", () => {
    expect(decide({ git, live: "A", lastApplied: { value: "B" } })).toMatchObject({
      verdict: "out-of-band",
      evidence: "indicated",
      commits: [],
      matchesCommit: shaOf("c1"),
    });
  });

  test("or that it has not", () => {
    const verdict = decide({ git, live: "A", lastApplied: { value: "A" } });
    expect(verdict).toMatchObject({ verdict: "pending", evidence: "indicated", commits: shas("c2") });
  });
});
