import { describe, expect, it } from "vitest";
import { comparison } from "../support/cases/check-report.ts";
import { findCases } from "../support/cases/find-cases.ts";
import { withMaterializedCase } from "../support/cases/materialize-case.ts";
import { runAuditCommand } from "../support/cases/run-case.ts";

describe.concurrent.for(findCases())("case $name", ({ read }) => {
  it.concurrent.for(read().map((run) => [run.name, run] as const))(
    "%s",
    async ([, { story, expect: expectation }]) => {
      await withMaterializedCase(story, async ({ args, labelOf }) => {
        const outcome = await runAuditCommand(args);

        const { expected, actual } = comparison(expectation, outcome, labelOf);
        expect(actual).toEqual(expected);
        expect(outcome.report.ingresses.length + outcome.report.problems.length).toBeGreaterThan(0);
      });
    },
  );
});
