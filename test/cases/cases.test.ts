import { beforeAll, describe, expect, it, vi } from "vitest";
import { comparison } from "../support/cases/check-report.ts";
import { findCases } from "../support/cases/find-cases.ts";
import { withMaterializedCase } from "../support/cases/materialize-case.ts";
import { runAuditCommand } from "../support/cases/run-case.ts";
import { toolsOnPath } from "../support/renderers/tools-on-path.ts";
import { removeFolder, temporaryFolder } from "../support/repository/temporary-folder.ts";

/** Sources are rendered by the real tools, and no rendering of an earlier run counts. */
beforeAll(async () => {
  const tools = await toolsOnPath({ helm: "helm4" });
  const cache = await temporaryFolder();
  vi.stubEnv("PATH", `${tools.path}:${process.env.PATH}`);
  vi.stubEnv("XDG_CACHE_HOME", cache);
  return async () => {
    vi.unstubAllEnvs();
    removeFolder(cache);
    await tools[Symbol.asyncDispose]();
  };
});

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
