import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FleetAudit } from "../../audit/fleet/fleet.ts";
import { annotationsFor } from "../../report/annotations.ts";
import { fleetJobSummary } from "../../report/fleet/fleet-job-summary.ts";
import { fleetJson } from "../../report/fleet/fleet-json.ts";
import { fleetText } from "../../report/fleet/fleet-text.ts";
import { linksFor } from "../../report/links.ts";
import { sarifReport } from "../../report/sarif-report.ts";
import { severityCounts, worstFirst } from "../../report/worst-first.ts";
import { fileOf } from "../assembly/fleet/fleet-outputs.ts";
import type { FleetOutcome } from "../assembly/github/fleet-mode.ts";
import { writeWithFolder } from "../assembly/outputs.ts";
import type { ActionOptions } from "./action-options.ts";
import { annotate } from "./annotate.ts";
import { OUTPUT_NAMES, type OutputName } from "./input-names.ts";
import type { Showing } from "./show-outcome.ts";

type Reported = FleetAudit & { readonly kind: "report" };

/** Everything that an audit of several repositories or clusters leaves behind: totals where one report has its counts. */
export async function showFleet(
  outcome: FleetOutcome,
  { output }: ActionOptions,
  { runner, context, now }: Showing,
): Promise<void> {
  const { summary, failure } = outcome;
  const options = { now, showIgnored: output.showIgnored, serverUrl: context.serverUrl };
  for (const line of fleetText(summary, { color: false, width: 160 }).trimEnd().split("\n")) runner.log(line);
  const own = ownReports(outcome);
  const folder = await mkdtemp(path.join(runner.env.RUNNER_TEMP || tmpdir(), "ingress-audit-"));
  const json = path.resolve(output.jsonFile ?? path.join(folder, "summary.json"));
  await writeWithFolder(json, fleetJson(summary));
  const sarifFolder = path.resolve(output.sarifFile ?? path.join(folder, "sarif"));
  for (const audit of own) {
    const file = fileOf({ format: "sarif", file: `${sarifFolder}/` }, audit);
    await writeWithFolder(file, sarifReport(audit.report, { ...options, repository: audit.repository }));
  }
  const outputs = outputsOf(outcome, json, own.length === 0 ? "" : sarifFolder);
  for (const name of OUTPUT_NAMES) runner.output(name, outputs[name] ?? "");
  if (output.annotations) {
    const all = own.flatMap(({ report }) =>
      annotationsFor(report, { now, links: linksFor(report, context.serverUrl) }),
    );
    annotate(all, failure !== null, runner);
  }
  if (output.summary) await runner.summarize(fleetJobSummary(summary, options));
  if (failure !== null) runner.fail(failure.title, failure.message);
}

/** Files of other repositories are none of the workflow's: no page of it shows their lines. */
function ownReports({ audits, ownRepository }: FleetOutcome): readonly Reported[] {
  return audits.filter(
    (audit) => audit.kind === "report" && audit.repository === ownRepository,
  ) as Reported[];
}

function outputsOf(
  { audits, summary: { totals } }: FleetOutcome,
  json: string,
  sarif: string,
): Partial<Record<OutputName, string>> {
  const shown = audits.flatMap((audit) =>
    audit.kind === "report" ? worstFirst(audit.report, { showIgnored: false }) : [],
  );
  return {
    diverged: String(totals.diverged),
    "verdict-counts": JSON.stringify(totals.verdicts),
    "severity-counts": JSON.stringify(Object.fromEntries(severityCounts(shown))),
    "max-severity": totals.maxSeverity ?? "",
    "report-path": json,
    "sarif-path": sarif,
  };
}
