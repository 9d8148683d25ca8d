import type { Command } from "commander";
import { escapeTerminal, escapeTerminalLines } from "../../../report/escape-terminal.ts";
import { plainText } from "../../../report/phrase.ts";
import { githubContext } from "../../assembly/github/github-context.ts";
import type { ModeOutcome } from "../../assembly/github/mode-outcome.ts";
import type { ModeRun } from "../../assembly/github/mode-run.ts";
import { given } from "../../assembly/given.ts";
import { checkOutputs, type Output, parseOutput, writeOutputs } from "../../assembly/outputs.ts";
import { realPatience } from "../../assembly/real-patience.ts";
import { addReportOptions, addSourceOptions, type ReportOptions } from "../audit-options.ts";
import { explainError } from "../explain-error.ts";
import { reportWidth } from "../report-width.ts";
import { type SeveralOptions, severalOptions } from "../several-options.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { useColor } from "../use-color.ts";
import { withSurroundings } from "../with-surroundings.ts";
import { addForgeOptions, type ForgeOptions, forgeAccess } from "./forge-options.ts";

export type GithubOptions = SeveralOptions & ReportOptions & ForgeOptions;

export function addGithubOptions(command: Command): Command {
  addForgeOptions(addReportOptions(addSourceOptions(command)));
  return command.option("--no-color", "no colours (also: NO_COLOR=1)");
}

/** Do on the command line what the Action does in a workflow. @returns The exit status. */
export async function runGithub(
  paths: readonly string[],
  options: GithubOptions,
  process: NodeJS.Process,
  mode: (run: ModeRun) => Promise<ModeOutcome>,
): Promise<0 | 1 | 2> {
  const outputs = (options.output ?? ["text"]).map(parseOutput);
  checkOutputs(outputs);
  const failure = { ...given({ failOn: options.failOn }), allowProblems: options.allowProblems ?? false };
  const source = severalOptions({ ...options, forge: await forgeAccess(options, process.env) }).one;
  const context = githubContext(process.env);
  const { outcome, text } = await untilInterrupted(process, async (signal) => {
    const { outcome, now } = await withSurroundings(process, signal, async (surroundings) => ({
      outcome: await mode({ paths, source, failure, context, surroundings, patience: realPatience }),
      now: surroundings.now,
    }));
    signal.throwIfAborted();
    return { outcome, text: await written(outcome, outputs, { now, options, process }) };
  });
  tell(outcome, outputs, process);
  process.stdout.write(text);
  return outcome.failure?.status ?? 0;
}

interface Writing {
  readonly now: Date;
  readonly options: GithubOptions;
  readonly process: NodeJS.Process;
}

/** @returns What standard output shall hold of the report; files are written. */
async function written(
  { report }: ModeOutcome,
  outputs: readonly Output[],
  { now, options, process }: Writing,
): Promise<string> {
  if (report === null) return "";
  return await writeOutputs(report, outputs, {
    color: useColor(options.color, process),
    width: reportWidth(process),
    now,
    showIgnored: options.showIgnored ?? false,
  });
}

function tell(
  { lines, shortfalls, failure }: ModeOutcome,
  outputs: readonly Output[],
  process: NodeJS.Process,
): void {
  const { stdout, stderr } = process;
  for (const shortfall of shortfalls) stderr.write(explainError(shortfall, false));
  // Standard output holds what was asked for and nothing else.
  const isForPeople = outputs.some(({ format, file }) => file === null && format === "text");
  const told = lines.map((line) => `${escapeTerminal(plainText(line))}\n`).join("");
  if (told !== "") (isForPeople ? stdout : stderr).write(`${told}\n`);
  if (failure?.status === 2)
    stderr.write(`${failure.title}:\n${escapeTerminalLines(failure.message).join("\n")}\n`);
}
