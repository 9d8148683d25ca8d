import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { annotationsFor } from "../../report/annotations.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import { jobSummary } from "../../report/job-summary.ts";
import { linksFor } from "../../report/links.ts";
import { plainText } from "../../report/phrase.ts";
import { sarifReport } from "../../report/sarif-report.ts";
import type { GithubContext } from "../assembly/github/github-context.ts";
import type { ModeOutcome } from "../assembly/github/mode-outcome.ts";
import { writeOutputFile } from "../assembly/outputs.ts";
import type { ActionOptions } from "./action-options.ts";
import { annotate } from "./annotate.ts";
import { outputsOf, type ReportFiles } from "./outputs-of.ts";
import type { Runner } from "./runner.ts";

export interface Showing {
  readonly runner: Runner;
  readonly context: GithubContext;
  readonly now: Date;
}

/** Everything that a run leaves behind: files, outputs, annotations, the summary, and whether it fails. */
export async function showOutcome(
  outcome: ModeOutcome,
  { output }: ActionOptions,
  { runner, context, now }: Showing,
): Promise<void> {
  const { report, preface, failure, shortfalls } = outcome;
  const options = { now, showIgnored: output.showIgnored, serverUrl: context.serverUrl };
  for (const line of outcome.lines) runner.log(plainText(line));
  // Files and outputs first: the steps that follow can use them even where the rest fails.
  const files = await writeFiles(outcome, output, options, runner);
  for (const [name, value] of Object.entries(outputsOf(outcome, files))) runner.output(name, value);
  for (const { what, mend, code } of shortfalls) {
    runner.annotate({ level: "warning", title: code, message: `${what}.\n${mend}`, path: null, line: null });
  }
  if (output.annotations) annotate(annotationsOf(outcome, options), failure !== null, runner);
  if (output.summary) await runner.summarize(jobSummary(preface, report, options));
  if (failure !== null) runner.fail(failure.title, failure.message);
}

interface ShowOptions {
  readonly now: Date;
  readonly showIgnored: boolean;
  readonly serverUrl: string;
}

function annotationsOf({ report, annotations }: ModeOutcome, { now, serverUrl }: ShowOptions) {
  if (annotations !== undefined) return annotations;
  return report === null ? [] : annotationsFor(report, { now, links: linksFor(report, serverUrl) });
}

/** @returns Absolute paths of what there is to write. */
async function writeFiles(
  { report, review }: ModeOutcome,
  { jsonFile, sarifFile }: ActionOptions["output"],
  options: ShowOptions,
  { env }: Runner,
): Promise<ReportFiles> {
  const folder = await mkdtemp(path.join(env.RUNNER_TEMP || tmpdir(), "ingress-audit-"));
  const write = async (file: string, text: string) => {
    const absolute = path.resolve(folder, file);
    await writeOutputFile(absolute, text);
    return absolute;
  };
  const inWorkspace = (file: string | undefined) => (file === undefined ? undefined : path.resolve(file));
  return {
    ...(review === undefined
      ? {}
      : { review: await write("review.json", `${JSON.stringify(review, null, 2)}\n`) }),
    ...(report === null
      ? {}
      : {
          json: await write(inWorkspace(jsonFile) ?? "report.json", await asJson(report)),
          sarif: await write(inWorkspace(sarifFile) ?? "report.sarif", sarifReport(report, options)),
        }),
  };
}

/** Its schema is loaded when there is a report to check: it is a tenth of what the Action consists of. */
async function asJson(report: AuditReport): Promise<string> {
  return (await import("../../report/json-report.ts")).jsonReport(report);
}
