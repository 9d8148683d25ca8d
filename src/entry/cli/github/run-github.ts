import type { Command } from "commander";
import type { AuditReport } from "../../../report/audit-report.ts";
import { escapeTerminal } from "../../../report/escape-terminal.ts";
import { plainText } from "../../../report/phrase.ts";
import { type Assembled, assemble } from "../../assembly/assemble.ts";
import { parseFailOn } from "../../assembly/fail-on.ts";
import { enriched } from "../../assembly/github/audit-mode.ts";
import { canSignIn } from "../../assembly/github/forge-access.ts";
import { type GithubContext, githubContext } from "../../assembly/github/github-context.ts";
import type { FailureOptions } from "../../assembly/github/mode-options.ts";
import type { ModeOutcome } from "../../assembly/github/mode-outcome.ts";
import { given } from "../../assembly/given.ts";
import { checkOutputs, type Output, parseOutput, writeOutputs } from "../../assembly/outputs.ts";
import { type AuditOptions, addReportOptions, addSourceOptions } from "../audit-options.ts";
import { explainError } from "../explain-error.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { useColor } from "../use-color.ts";
import { withSurroundings } from "../with-surroundings.ts";
import { addForgeOptions, type ForgeOptions, forgeAccess } from "./forge-options.ts";

export type GithubOptions = AuditOptions & ForgeOptions;

/** What a mode gets beside what every audit has. */
export interface GithubRun {
  readonly context: GithubContext;
  readonly failure: FailureOptions;
  readonly canAsk: boolean;
  /** Adds what GitHub knows of the commits, where it may be asked. */
  readonly complete: (report: AuditReport) => Promise<AuditReport>;
}

export function addGithubOptions(command: Command): Command {
  addForgeOptions(addReportOptions(addSourceOptions(command)));
  return command.option("--no-color", "no colours (also: NO_COLOR=1)");
}

/** Do on the command line what the Action does in a workflow. @returns The exit status. */
export async function runGithub(
  paths: readonly string[],
  options: GithubOptions,
  process: NodeJS.Process,
  mode: (assembled: Assembled, run: GithubRun) => Promise<ModeOutcome>,
): Promise<0 | 1 | 2> {
  const outputs = (options.output ?? ["text"]).map(parseOutput);
  checkOutputs(outputs);
  const failOn = options.failOn === undefined ? undefined : parseFailOn(options.failOn);
  const failure = { ...given({ failOn }), allowProblems: options.allowProblems ?? false };
  const forge = await forgeAccess(options, process.env);
  const context = githubContext(process.env);
  const canAsk = canSignIn(forge);
  const { outcome, text } = await untilInterrupted(process, async (signal) => {
    const { outcome, now } = await withSurroundings(process, signal, async (surroundings) => {
      const assembled = await assemble(paths, { ...options, forge }, { ...surroundings, github: context });
      const complete = async (report: AuditReport) =>
        canAsk ? await enriched(report, assembled.forge, surroundings.signal) : report;
      return {
        outcome: await mode(assembled, { context, failure, canAsk, complete }),
        now: assembled.request.now,
      };
    });
    signal.throwIfAborted();
    return { outcome, text: await written(outcome, outputs, { now, options, process }) };
  });
  tell(outcome, outputs, process);
  process.stdout.write(text);
  return outcome.failure?.status ?? 0;
}

/** @returns What standard output shall hold of the report; files are written. */
async function written(
  { report }: ModeOutcome,
  outputs: readonly Output[],
  {
    now,
    options,
    process,
  }: { readonly now: Date; readonly options: GithubOptions; readonly process: NodeJS.Process },
): Promise<string> {
  if (report === null) return "";
  return await writeOutputs(report, outputs, {
    color: useColor(options.color, process),
    width: process.stdout.columns ?? 100,
    now,
    showIgnored: options.showIgnored ?? false,
  });
}

function tell({ lines, shortfalls }: ModeOutcome, outputs: readonly Output[], process: NodeJS.Process): void {
  const { stdout, stderr } = process;
  for (const shortfall of shortfalls) stderr.write(explainError(shortfall, false));
  // Standard output holds what was asked for and nothing else.
  const isForPeople = outputs.some(({ format, file }) => file === null && format === "text");
  const told = lines.map((line) => `${escapeTerminal(plainText(line))}\n`).join("");
  if (told !== "") (isForPeople ? stdout : stderr).write(`${told}\n`);
}
