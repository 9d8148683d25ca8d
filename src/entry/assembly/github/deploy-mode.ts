import { awaitDeployment } from "../../../audit/deployment/await-deployment.ts";
import type { AuditReport } from "../../../report/audit-report.ts";
import { deploymentMarkdown } from "../../../report/deployment/deployment-markdown.ts";
import type { DeploymentReport } from "../../../report/deployment/deployment-report.ts";
import { describeCulprit, describeEnding } from "../../../report/deployment/describe-deployment.ts";
import type { Telling } from "../../../report/describe-commit.ts";
import { linksFor } from "../../../report/links.ts";
import { type Phrase, plainText, say } from "../../../report/phrase.ts";
import { exitStatus } from "../fail-on.ts";
import { DeploymentRecord } from "./deployment-record.ts";
import type { DeployOptions, FailureOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { assembleRun, completed, type ModeRun } from "./mode-run.ts";
import { reportFailure } from "./report-failure.ts";

/** The most of a deployment's culprits that a failing step's message names. */
const NAMED = 5;

/** Wait until the cluster agrees with what was deployed, and record at GitHub how that ended. */
export async function deployMode(run: ModeRun, options: DeployOptions): Promise<ModeOutcome> {
  const { context } = run;
  const assembled = await assembleRun(run);
  const { request, ports } = assembled;
  const record = new DeploymentRecord(assembled, options.environment, context);
  const previous = [
    options.previousRevision === undefined ? null : await ports.git.resolveCommit(options.previousRevision),
    await record.latest(),
    (await context.readEvent()).before ?? null,
  ].filter((revision) => revision !== null);
  const { timeoutMs, failOnOtherDrift: countsOtherDrift } = options;
  const complete = (report: AuditReport) => completed(run, assembled, report);
  const waiting = { audit: request, previous, timeoutMs, countsOtherDrift, complete };
  const deployment = await awaitDeployment(waiting, ports, run.patience);
  await record.end(deployment);
  const git = { repository: context.repository, commit: deployment.commit };
  const links = linksFor(deployment.report ?? { git }, context.serverUrl);
  const telling = { now: request.now, links };
  return {
    report: deployment.report,
    preface: deploymentMarkdown(deployment, telling),
    lines: linesOf(deployment, telling),
    failure: failureOf(deployment, telling, run.failure),
    shortfalls: record.shortfalls,
    ...(deployment.ending === "agreed" ? { appliedRevision: deployment.commit } : {}),
  };
}

function linesOf(deployment: DeploymentReport, telling: Telling): readonly Phrase[] {
  const unread = deployment.ending === "unread" ? [say`${deployment.error.message}`] : [];
  const culprits = deployment.concerning.flatMap((each) => {
    const { place, causes } = describeCulprit(each, telling);
    return [place, ...causes.map((cause) => say`  ${cause}`)];
  });
  return [describeEnding(deployment), ...unread, ...culprits];
}

function failureOf(
  deployment: DeploymentReport,
  telling: Telling,
  { failOn = "none", allowProblems }: FailureOptions,
): ModeOutcome["failure"] {
  if (deployment.ending === "agreed") {
    const { report } = deployment;
    return reportFailure(report, exitStatus(report, failOn, allowProblems));
  }
  const named = { ...deployment, concerning: deployment.concerning.slice(0, NAMED) };
  const left = deployment.concerning.length - named.concerning.length;
  const lines = linesOf(named, telling).map(plainText);
  const more = left === 0 ? [] : [`${left} more; the summary of this run has them.`];
  const isKnown = deployment.ending === "disagreed";
  return {
    status: isKnown ? 1 : 2,
    title: isKnown
      ? "The cluster does not agree with what was deployed"
      : "The deployment could not be checked",
    message: [...lines, ...more].join("\n"),
  };
}
