import { describe, expect, test } from "vitest";
import type { LogSilence } from "../../../src/attribute/verdict/field-evidence.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import { commit, decide, IN_LIST, type Story, shas, shown, transition } from "./support/decide.ts";

const LACKING: LogSilence = { kind: "lacking", reason: "the log of one API server is not there" };
const COUNTS: LogSilence = { kind: "counts" };

/** Alice put A back at 25, after Git had moved on to B at 20. */
const putBack: Story = {
  git: [commit("c1", "A"), commit("c2", "B")],
  live: "A",
  log: shown("alice", 25, "B", "A"),
  silence: COUNTS,
};
const ALICE = { verdict: "out-of-band", evidence: "proven", actor: { user: "alice" } };

function bare(user: string, seconds: number): ClusterWrite {
  return transition(user, seconds, undefined, undefined).write;
}
const unseenOf = (...writes: ClusterWrite[]) => ({ stamps: [], bare: writes, states: [] });

function expectNobody(story: Story, reason: string) {
  const verdict = decide(story);
  expect(verdict.evidence).not.toBe("proven");
  expect(verdict.actor?.user ?? null).toBeNull();
  expect(verdict.reason).toContain(reason);
}

describe("who wrote a value that Git holds is behind it", () => {
  test("where the log is whole", () => {
    expect(decide(putBack)).toMatchObject(ALICE);
  });

  test("where the pipeline's write without a body was before", () => {
    expect(decide({ ...putBack, unseen: unseenOf(bare("deployer", 22)) })).toMatchObject(ALICE);
  });

  test("where the write without a body was another person's", () => {
    expect(decide({ ...putBack, unseen: unseenOf(bare("bob", 30)) })).toMatchObject(ALICE);
  });

  test("where the value's only owner is no pipeline, though the log lacks writes", () => {
    const managers = [
      { manager: "kubectl-patch", at: 25 },
      { manager: "argocd-controller", at: 22, owns: false },
    ];
    expect(decide({ ...putBack, silence: LACKING, managers })).toMatchObject(ALICE);
  });

  test("where the pipeline wrote something later, and the value's only owner is no pipeline", () => {
    const managers = [
      { manager: "kubectl-patch", at: 25 },
      { manager: "argocd-controller", at: 30, owns: false },
    ];
    expect(decide({ ...putBack, managers, unseen: unseenOf(bare("deployer", 30)) })).toMatchObject(ALICE);
  });

  test("where no commit holds the value, so that no deployment can have brought it", () => {
    const log = shown("alice", 25, "B", "X");
    const verdict = decide({ ...putBack, live: "X", log, unseen: unseenOf(bare("deployer", 30)) });
    expect(verdict).toMatchObject(ALICE);
  });
});

describe("the pipeline may have deployed it since, and nobody is named", () => {
  test("where the log has a later write of the pipeline's without its body", () => {
    expectNobody({ ...putBack, unseen: unseenOf(bare("deployer", 30)) }, "deployer's write at");
  });

  test("where the pipeline's entry has a later stamp than the log's last write of it", () => {
    const stamp = {
      manager: "argocd-controller",
      operation: "Apply",
      subresource: "",
      at: "2026-03-01T00:00:30Z",
    };
    const unseen = { stamps: [{ ...stamp, fields: {} }], bare: [], states: [] };
    const managers = [{ manager: "argocd-controller", at: 30, operation: "Apply" }];
    expectNobody({ ...putBack, managers, unseen }, "argocd-controller at 2026-03-01T00:00:30Z");
  });

  test("where the log lacks writes and the snapshot has no managedFields", () => {
    expectNobody({ ...putBack, silence: LACKING }, LACKING.reason);
  });

  test("where the log lacks writes and the value is gone, which leaves no owner", () => {
    const git = [commit("c1", "A"), { name: "c2", object: { other: "x" } }];
    const removed: Story = {
      git,
      live: undefined,
      log: shown("alice", 15, "A", undefined),
      silence: LACKING,
    };
    const managers = [{ manager: "argocd-controller", at: 12, owns: false }];
    expectNobody({ ...removed, managers }, LACKING.reason);
  });

  test("where the log lacks writes and the pipeline owns the list that holds it since", () => {
    const managers = [{ manager: "argocd-controller", at: 30, owns: "list" as const, operation: "Apply" }];
    const story: Story = { ...putBack, field: IN_LIST, silence: LACKING, managers };
    expectNobody(story, LACKING.reason);
  });
});

test("a pipeline's apply that changed nothing has no time, and its owning the value shows it all the same", () => {
  const managers = [
    { manager: "argocd-controller", at: null, owns: "list" as const, operation: "Apply" },
    { manager: "kubectl-create", at: 25, owns: "list" as const },
  ];
  const verdict = decide({ ...putBack, field: IN_LIST, managers });
  expect(verdict.actor).toBeNull();
  expect(verdict.reason).toContain(
    "argocd-controller has applied it since, which the audit log does not show",
  );

  const apply = {
    ...transition("bob", 30, "A", "A").write,
    isApply: true,
    fieldManager: "argocd-controller",
  };
  const unseen = { ...unseenOf(), applies: [apply] };
  expect(decide({ ...putBack, field: IN_LIST, managers, unseen })).toMatchObject(ALICE);
});

describe("a deletion is whose who asked for it", () => {
  const deleted: Story = {
    git: [commit("c1", "A")],
    live: null,
    field: [],
    log: shown("alice", 15, "A", null),
    observedAt: 40,
  };

  test("where the log is whole", () => {
    expect(decide({ ...deleted, silence: COUNTS })).toMatchObject(ALICE);
  });

  test("and only indicated where the snapshot does not say when it was taken", () => {
    const { observedAt: _, ...undated } = deleted;
    const verdict = decide({ ...undated, silence: COUNTS });
    expect(verdict).toMatchObject({ ...ALICE, evidence: "indicated" });
    expect(verdict.reason).toContain("does not say when it was taken");
  });

  test("but nobody's where the log lacks writes: another may have deleted it once more", () => {
    const verdict = decide({ ...deleted, silence: LACKING });
    expect(verdict).toMatchObject({ verdict: "out-of-band", evidence: "none", actor: null, commits: [] });
    expect(verdict.reason).toContain("has a delete by alice at");
    expect(verdict.reason).toContain("may lack another deletion");
  });

  test("and the applied revision still tells, without a name, where the log lacks writes", () => {
    const verdict = decide({ ...deleted, silence: LACKING, applied: "c1" });
    expect(verdict).toMatchObject({ verdict: "out-of-band", evidence: "indicated", actor: null });
  });

  test("and a commit made after the cluster was read is pending, whatever the log lacks", () => {
    const git = [{ name: "c0" }, commit("c1", "A", { at: 60 })];
    const verdict = decide({ ...deleted, git, silence: LACKING });
    expect(verdict).toMatchObject({ verdict: "pending", commits: shas("c1"), actor: null });
  });
});

describe("the pipeline that wrote an older value has not followed", () => {
  const git = [commit("c1", "A"), commit("c2", "B"), commit("c3", "A"), commit("c4", "B")];
  const deployed: Story = { git, live: "A", log: shown("deployer", 15, undefined, "A") };

  test("since the commit of that time, where the log is whole", () => {
    expect(decide({ ...deployed, silence: COUNTS }).commits).toEqual(shas("c4", "c3", "c2"));
  });

  test.each([
    ["the log lacks writes", { silence: LACKING }],
    ["it wrote later without a body", { silence: COUNTS, unseen: unseenOf(bare("deployer", 35)) }],
  ])("but perhaps only since the newest commit that has it, where %s", (_, more) => {
    expect(decide({ ...deployed, ...more }).commits).toEqual(shas("c4"));
  });
});
