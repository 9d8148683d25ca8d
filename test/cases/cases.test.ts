import { describe, expect, it } from "vitest";
import { comparison } from "../support/cases/check-report.ts";
import { findCases } from "../support/cases/find-cases.ts";
import { materializeCase } from "../support/cases/materialize-case.ts";
import { runAuditCommand } from "../support/cases/run-case.ts";

describe.concurrent.for(findCases())("case $name", ({ read }) => {
  it.concurrent.for(read().map((run) => [run.name, run] as const))("%s", async ([, { story, expect: expectation }]) => {
    using materialized = await materializeCase(story);

    const outcome = await runAuditCommand(materialized.args);

    const { expected, actual } = comparison(expectation, outcome, materialized.labelOf);
    expect(actual).toEqual(expected);
    expect(outcome.report.ingresses.length + outcome.report.problems.length).toBeGreaterThan(0);
  });
});
