import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { INPUT_FLAGS, OUTPUT_NAMES } from "../../src/entry/action/input-names.ts";
import { findWorkflowBinaries } from "../support/act/workflow-binaries.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../examples/workflows");
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith(".yml"));

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

let actionlint: string;
beforeAll(async () => {
  ({ actionlint } = await findWorkflowBinaries());
});

test("there are examples of every use", () => {
  expect(NAMES.length).toBeGreaterThan(3);
});

describe.each(NAMES)("%s", (name) => {
  const text = readFileSync(path.join(FOLDER, name), "utf8");
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const ours = steps.filter(({ uses }) => uses?.startsWith("ingress-audit/"));

  test("actionlint has nothing to say", () => {
    const args = ["-no-color", "-shellcheck=", "-pyflakes=", path.join(FOLDER, name)];
    expect(execFileSync(actionlint, args, { encoding: "utf8" })).toBe("");
  });

  test("begins without permissions, and each job names its own", () => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of jobs) expect(Object.keys(permissions ?? {})).not.toEqual([]);
  });

  test("pins every action to a major version or a commit", () => {
    for (const { uses } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@(?:v\d+|[0-9a-f]{40})$/);
    }
  });

  test("never runs with the base's secrets what a pull request brings", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    if ("workflow_run" in workflow.on) expect(checkouts).toEqual([]);
  });

  test("leaves no expression that a stranger may fill inside a script", () => {
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  test("gives the Action inputs that it has, and reads outputs that it has", () => {
    expect(ours.length).toBeGreaterThan(0);
    for (const { with: inputs, id } of ours) {
      for (const input of Object.keys(inputs ?? {})) expect(Object.keys(INPUT_FLAGS)).toContain(input);
      const read = [...text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, "g"))];
      for (const [, output] of read) expect(OUTPUT_NAMES).toContain(output);
    }
  });
});
