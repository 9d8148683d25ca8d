import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { annotationsFor } from "../../report/annotations.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import { jobSummary } from "../../report/job-summary.ts";
import { jsonReport } from "../../report/json-report.ts";
import { linksFor } from "../../report/links.ts";
import { plainText } from "../../report/phrase.ts";
import { sarifReport } from "../../report/sarif-report.ts";
import type { GithubContext } from "../assembly/github/github-context.ts";
import type { ModeOutcome } from "../assembly/github/mode-outcome.ts";
import { unwritable } from "../assembly/outputs.ts";
import type { ActionOptions } from "./action-options.ts";
import { outputsOf } from "./outputs-of.ts";
import type { Runner } from "./runner.ts";

interface Showing {
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
  const files = report === null ? {} : await writeFiles(report, output, options, runner);
  for (const [name, value] of Object.entries(outputsOf(outcome, files))) runner.output(name, value);
  for (const { what, mend, code } of shortfalls) {
    runner.annotate({ level: "warning", title: code, message: `${what}.\n${mend}`, path: null, line: null });
  }
  if (report !== null && output.annotations) annotate(report, failure === null ? 10 : 9, options, runner);
  if (output.summary) await runner.summarize(jobSummary(preface, report, options));
  if (failure !== null) runner.fail(failure.title, failure.message);
}

interface ShowOptions {
  readonly now: Date;
  readonly showIgnored: boolean;
  readonly serverUrl: string;
}

function annotate(
  report: AuditReport,
  errors: number,
  { now, serverUrl }: ShowOptions,
  runner: Runner,
): void {
  const telling = { now, links: linksFor(report, serverUrl), errors };
  const { annotations, left } = annotationsFor(report, telling);
  for (const annotation of annotations) runner.annotate(annotation);
  if (left > 0) runner.log(`${left} more differences have no annotation: GitHub shows ten of each level.`);
}

/** @returns Absolute paths. */
async function writeFiles(
  report: AuditReport,
  { jsonFile, sarifFile }: ActionOptions["output"],
  options: ShowOptions,
  { env }: Runner,
): Promise<{ readonly json: string; readonly sarif: string }> {
  const folder = await mkdtemp(path.join(env.RUNNER_TEMP || tmpdir(), "ingress-audit-"));
  const json = path.resolve(jsonFile ?? path.join(folder, "report.json"));
  const sarif = path.resolve(sarifFile ?? path.join(folder, "report.sarif"));
  const write = (file: string, text: string) =>
    writeFile(file, text).catch((error) => Promise.reject(unwritable(file, error)));
  await write(json, jsonReport(report));
  await write(sarif, sarifReport(report, options));
  return { json, sarif };
}
