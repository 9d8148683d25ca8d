import type { Patience } from "../../../audit/deployment/deployment-request.ts";
import { enrichCommits } from "../../../audit/reporting/enrich-commits.ts";
import type { Severity } from "../../../model/severity.ts";
import type { AuditReport } from "../../../report/audit-report.ts";
import { type Assembled, assemble } from "../assemble.ts";
import type { OwnRepository } from "../open-own.ts";
import type { SourceOptions } from "../source-options.ts";
import type { Surroundings } from "../surroundings.ts";
import { canSignIn, checkAccess, type ForgeAccess } from "./forge-access.ts";
import type { GithubContext } from "./github-context.ts";
import type { FailureOptions } from "./mode-options.ts";

/** What every mode gets, from a workflow or from the command line. */
export interface ModeRun {
  readonly paths: readonly string[];
  readonly source: SourceOptions & { readonly minSeverity?: Severity };
  readonly failure: FailureOptions;
  readonly context: GithubContext;
  readonly surroundings: Surroundings;
  readonly patience: Patience;
}

/**
 * @param ref What to audit where the options name no ref.
 * @param own The repository, where it has been opened already.
 */
export async function assembleRun(run: ModeRun, ref?: string, own?: OwnRepository): Promise<Assembled> {
  const { paths, source, surroundings, context } = run;
  // A mistake in the credentials is told at once, not when they are needed.
  checkAccess(accessOf(run));
  const audited = source.ref === undefined && ref !== undefined ? { ...source, ref } : source;
  return await assemble(paths, audited, { ...surroundings, github: context }, own);
}

export function accessOf({ source }: ModeRun): ForgeAccess {
  return source.forge ?? {};
}

/** Whether GitHub can be asked anything. */
export function canAsk(run: ModeRun): boolean {
  return canSignIn(accessOf(run));
}

/**
 * Put what GitHub knows of the commits into a report.
 *
 * @returns The report as it was where there is nothing to ask or nobody to ask it; with a warning where GitHub refuses.
 */
export async function completed(run: ModeRun, { forge, request }: Assembled, report: AuditReport) {
  const isDiverged = report.ingresses.some(({ divergences }) => divergences.length > 0);
  if (!canAsk(run) || !isDiverged) return report;
  return await enrichCommits(report, (await forge()).commits, request.signal);
}
