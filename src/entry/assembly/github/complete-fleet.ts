import type { Forge } from "../../../adapters/github/open-forge.ts";
import type { FleetAudit } from "../../../audit/fleet/fleet.ts";
import { enrichCommits } from "../../../audit/reporting/enrich-commits.ts";
import { mapBounded } from "../../../model/map-bounded.ts";
import { connectForge } from "./forge-access.ts";
import { accessOf, canAsk, type ModeRun } from "./mode-run.ts";

/** Repositories that are asked about at once; GitHub counts what one asks at a time. */
const AT_ONCE = 2;

/**
 * Put what GitHub knows of the commits into the reports of a fleet, as into the one of a single audit: each repository
 * is asked about its own. One whose origin names none is left as it is.
 *
 * @param own What the configuration calls the workflow's own repository; null where it does not audit it.
 */
export async function completeFleet(
  run: ModeRun,
  audits: readonly FleetAudit[],
  own: string | null,
): Promise<readonly FleetAudit[]> {
  if (!canAsk(run)) return audits;
  const { context, surroundings } = run;
  const { progress, signal } = surroundings;
  const forges = new Map<string, Promise<Forge>>();
  const forgeOf = (repository: string) => {
    const access = { ...accessOf(run), repository };
    const connecting = { context, origin: async () => repository, signal, progress };
    const forge = forges.get(repository) ?? connectForge(access, connecting);
    forges.set(repository, forge);
    return forge;
  };
  return await mapBounded(audits, AT_ONCE, async (audit) => {
    if (audit.kind === "failed") return audit;
    const { report } = audit;
    const ownAtForge = audit.repository === own ? (accessOf(run).repository ?? context.repository) : null;
    const repository = ownAtForge ?? report.git.repository;
    const isDiverged = report.ingresses.some(({ divergences }) => divergences.length > 0);
    if (repository === null || !isDiverged) return audit;
    const forge = await forgeOf(repository);
    return { ...audit, report: await enrichCommits(report, forge.commits, signal) };
  });
}
