import * as core from "@actions/core";
import type { Annotation } from "../../report/annotations.ts";
import { revealInvisible } from "../../report/reveal-invisible.ts";
import type { Environment } from "../assembly/github/github-context.ts";
import type { Runner } from "./runner.ts";

/** GitHub's own runner, spoken to through its toolkit. */
export function actionsRunner(env: Environment): Runner {
  return {
    env,
    input: (name) => core.getInput(name),
    output: core.setOutput,
    mask: core.setSecret,
    log: (line) => core.info(inertLine(line)),
    annotate,
    summarize: async (markdown) => {
      // Enterprise Servers before 3.6 have no summaries.
      if ((env.GITHUB_STEP_SUMMARY ?? "") === "") return;
      await core.summary.addRaw(markdown).write();
    },
    fail: (title, message) => {
      core.error(message, { title });
      process.exitCode = core.ExitCode.Failure;
    },
  };
}

function annotate({ level, title, message, path, line }: Annotation): void {
  const place = path === null ? {} : { file: path, ...(line === null ? {} : { startLine: line }) };
  LEVELS[level](message, { title, ...place });
}

const LEVELS = { error: core.error, warning: core.warning, notice: core.notice };

/**
 * Text that was read must not speak to the runner, which obeys lines that begin with `::` and, of an older form, `##[`
 * anywhere.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function inertLine(line: string): string {
  return revealInvisible(line)
    .replace(/^(\s*):(?=:)/, "$1:\u2060")
    .replaceAll("##[", "##\u2060[");
}
