import { buildSummary } from "../../../audit/fleet/build-summary.ts";
import type { FleetAudit } from "../../../audit/fleet/fleet.ts";
import { runFleet } from "../../../audit/fleet/run-fleet.ts";
import { isOwnPath } from "../../../model/configuration.ts";
import type { FleetSummary } from "../../../report/fleet/fleet-summary.ts";
import { exitStatus } from "../fail-on.ts";
import { assembleFleet } from "../fleet/assemble-fleet.ts";
import { type ClusterChoice, isFleet } from "../fleet/choose-clusters.ts";
import type { OwnRepository } from "../open-own.ts";
import { parseLines } from "../parse-options.ts";
import { TOOL } from "../tool.ts";
import { completeFleet } from "./complete-fleet.ts";
import { fleetFailure } from "./fleet-failure.ts";
import { checkAccess } from "./forge-access.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { accessOf, type ModeRun } from "./mode-run.ts";

/** What an audit of several repositories or clusters came to. */
export interface FleetOutcome {
  /** In the configuration's order. */
  readonly audits: readonly FleetAudit[];
  /** With the reports in it. */
  readonly summary: FleetSummary;
  /** What the configuration calls the workflow's own repository; null where it does not audit it. */
  readonly ownRepository: string | null;
  readonly failure: ModeOutcome["failure"];
}

/**
 * Audit every repository of every chosen cluster, and post nothing.
 *
 * @returns null where there is one repository and one cluster.
 */
export async function fleetMode(
  run: ModeRun,
  choice: ClusterChoice,
  own: OwnRepository,
): Promise<FleetOutcome | null> {
  const { paths, source, failure, surroundings } = run;
  const { configuration } = own;
  const { cluster, snapshot, ...common } = source;
  const clusters = [...(choice.clusters ?? []), ...(cluster === undefined ? [] : [cluster])];
  // Who writes `clusters` wants what several leave behind, of one cluster too.
  if (!isFleet(configuration, choice) && (choice.clusters ?? []).length === 0) return null;
  const options = { ...common, ...choice, clusters, snapshots: parseLines(snapshot ?? "") };
  checkAccess(accessOf(run));
  const made = await runFleet(assembleFleet(paths, options, surroundings, own), surroundings.signal);
  const ownRepository = ownNameOf(own, made);
  const audits = await completeFleet(run, made, ownRepository);
  const failOn = failure.failOn ?? configuration.failOn ?? "pending";
  const summary = buildSummary(audits, {
    tool: TOOL,
    exitStatusOf: (report) => exitStatus(report, failOn, failure.allowProblems),
    isWhole: true,
  });
  return { audits, summary, ownRepository, failure: fleetFailure(summary) };
}

function ownNameOf(
  { configuration: { repositories } }: OwnRepository,
  [first]: readonly FleetAudit[],
): string | null {
  if (repositories.length > 0) return repositories.find(({ path }) => isOwnPath(path))?.name ?? null;
  return first?.repository ?? null;
}
