import { expectGolden } from "../report/expect-golden.ts";
import { describeComments, describeIssue, describeRun } from "../support/act/describe-run.ts";
import type { WorkflowResult } from "../support/act/run-workflow.ts";
import type { WorkflowWorld } from "../support/act/workflow-world.ts";

/** Compare what a run showed with a file of golden/; `UPDATE_EXPECTED=1` rewrites the file instead. */
export async function expectGoldenRun(
  name: string,
  run: WorkflowResult,
  world: WorkflowWorld,
): Promise<void> {
  expectGolden(name, await describeRun(run, world), import.meta.dirname);
}

export async function expectGoldenComments(
  name: string,
  number: number,
  world: WorkflowWorld,
): Promise<void> {
  expectGolden(name, await describeComments(number, world), import.meta.dirname);
}

export async function expectGoldenIssue(name: string, number: number, world: WorkflowWorld): Promise<void> {
  expectGolden(name, await describeIssue(number, world), import.meta.dirname);
}
