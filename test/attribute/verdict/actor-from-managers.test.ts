import { expect, test } from "vitest";
import { commit, decide, IN_LIST } from "./support/decide.ts";

const git = [commit("c1", "A")];

test("who owns the field itself is named, by the program", () => {
  const verdict = decide({ git, live: "X", managers: [{ manager: "kubectl-edit", at: 15 }] });
  expect(verdict).toMatchObject({
    evidence: "indicated",
    actor: { user: null, fieldManager: "kubectl-edit" },
  });
});

test("who wrote the whole list last is told, and is not the actor", () => {
  const managers = [{ manager: "kubectl-edit", at: 15, owns: "list" as const }];
  const verdict = decide({ git, live: "X", field: IN_LIST, managers });
  expect(verdict).toMatchObject({ evidence: "indicated", actor: null });
  expect(verdict.reason).toContain(
    "the last to write the whole list that holds it was the program kubectl-edit at 2026-03-01T00:00:15Z, which need not have changed this entry",
  );
});

test("who only applied what was there does not take the place of who set it", () => {
  const managers = [
    { manager: "kubectl-annotate", at: 15 },
    { manager: "kubectl", at: 25, operation: "Apply" },
  ];
  expect(decide({ git, live: "X", managers }).actor).toMatchObject({
    fieldManager: "kubectl-annotate",
    operation: "Update",
  });
});

test("nor where Git once held the value", () => {
  const managers = [
    { manager: "argocd-controller", at: 12, owns: false },
    { manager: "kubectl-patch", at: 15 },
    { manager: "kubectl", at: 25, operation: "Apply" },
  ];
  const moved = [commit("c1", "A"), commit("c2", "B")];
  expect(decide({ git: moved, live: "A", managers })).toMatchObject({
    verdict: "out-of-band",
    actor: { fieldManager: "kubectl-patch" },
  });
});

test("nor does it where the name of who set it is the pipeline's, which anybody may use", () => {
  const managers = [
    { manager: "argocd-controller", at: 15 },
    { manager: "kubectl", at: 25, operation: "Apply" },
  ];
  expect(decide({ git, live: "X", managers }).actor).toMatchObject({ fieldManager: "argocd-controller" });
});

test("of several that have applied it nobody is named: one of them set it, and the others said it again", () => {
  const managers = [
    { manager: "helm", at: 15, operation: "Apply" },
    { manager: "kubectl", at: 25, operation: "Apply" },
  ];
  const verdict = decide({ git, live: "X", managers });
  expect(verdict).toMatchObject({ verdict: "out-of-band", actor: null });
  expect(verdict.reason).toContain("2 field managers have applied it");
});

test("of an Ingress to which several have written nobody is said to have made it", () => {
  const managers = [
    { manager: "argocd-controller", at: 15, operation: "Apply" },
    { manager: "kubectl-edit", at: 25 },
  ];
  const verdict = decide({ git: [commit("c1", null)], live: "X", field: [], managers, createdAt: 15 });
  expect(verdict).toMatchObject({ verdict: "out-of-band", actor: null });
  expect(verdict.reason).toContain("2 field managers have written to it");
});

test("of a field that is gone nothing is said to be pending beside it, for a pipeline's entry may have gone with it", () => {
  const moved = [commit("c1", undefined), commit("c2", "B"), commit("c3", "C")];
  const managers = [{ manager: "argocd-controller", at: 25, owns: false }];
  expect(decide({ git: moved, live: undefined, managers })).toMatchObject({
    verdict: "out-of-band",
    conflict: [],
  });
});

test("a class that the API server may have filled in is nobody's who only applied it", () => {
  const told = (operation: string) =>
    decide({
      git: [commit("c1", undefined)],
      live: "nginx",
      field: ["spec", "ingressClassName"],
      change: "added",
      managedFields: [
        {
          manager: "kubectl",
          operation,
          apiVersion: "networking.k8s.io/v1",
          time: "2026-03-01T00:00:15Z",
          fieldsType: "FieldsV1",
          fieldsV1: { "f:spec": { "f:ingressClassName": {} } },
        },
      ],
    });
  expect(told("Apply").actor).toBeNull();
  expect(told("Apply").reason).toContain(
    "the program kubectl has applied it at 2026-03-01T00:00:15Z, and the API server may have filled it in before",
  );
  expect(told("Update").actor).toMatchObject({ fieldManager: "kubectl" });
});
