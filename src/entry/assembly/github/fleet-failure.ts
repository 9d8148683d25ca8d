import type { FleetSummary } from "../../../report/fleet/fleet-summary.ts";
import type { ModeOutcome } from "./mode-outcome.ts";

/** Why a run of several audits fails; null where it does not. */
export function fleetFailure({ totals, audits }: FleetSummary): ModeOutcome["failure"] {
  const names = audits
    .filter(({ exitStatus }) => exitStatus === totals.exitStatus)
    .map(({ cluster, repository }) => (repository === null ? cluster : `${cluster}/${repository}`));
  switch (totals.exitStatus) {
    case 0:
      return null;
    case 1:
      return {
        status: 1,
        title: "Clusters differ from Git",
        message: `${totals.diverged} of ${totals.ingresses} Ingresses differ: ${names.join(", ")}. The summary of this run tells who is behind each difference; fail-on sets what fails.`,
      };
    case 2: {
      const failed = audits.find(({ error }) => error !== null)?.error ?? null;
      const first = failed === null ? "" : ` ${failed.what}. ${failed.mend}`;
      return {
        status: 2,
        title: "Not everything could be audited",
        message: `Of ${names.join(", ")} not all could be read; the summary of this run has more.${first}`,
      };
    }
    default:
      return totals.exitStatus satisfies never;
  }
}
