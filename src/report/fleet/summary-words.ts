import { VERDICTS } from "../../model/verdict.ts";
import { grouped } from "../elide.ts";
import type { FleetSummary, SummarizedAudit } from "./fleet-summary.ts";

type Counts = Pick<SummarizedAudit, "ingresses" | "problems" | "maxSeverity"> & {
  readonly summary: Pick<NonNullable<SummarizedAudit["summary"]>, "inSync" | "verdicts"> | null;
};

/** What a row of the summary says, but for whose it is and its status. */
export interface SummaryCells {
  /** Of how many. */
  readonly inSync: string;
  readonly verdicts: string;
  readonly worst: string;
  readonly problems: string;
}

export const SUMMARY_HEADS: SummaryCells & { cluster: string; repository: string; status: string } = {
  cluster: "Cluster",
  repository: "Repository",
  inSync: "In sync",
  verdicts: "Verdicts",
  worst: "Worst",
  problems: "Problems",
  status: "Status",
};

/** Unknown is no zero: this stands for what could not be counted. */
export const UNKNOWN = "–";
export const NONE = "none";

export function summaryCells({ ingresses, summary, maxSeverity, problems }: Counts): SummaryCells {
  if (summary === null) return { inSync: UNKNOWN, verdicts: UNKNOWN, worst: UNKNOWN, problems: UNKNOWN };
  return {
    inSync: `${grouped(summary.inSync)} of ${grouped(ingresses)}`,
    verdicts: verdictWords(summary.verdicts),
    worst: maxSeverity ?? NONE,
    problems: problemWords(problems),
  };
}

export function totalCells({ totals }: FleetSummary): SummaryCells {
  return summaryCells({ ...totals, summary: totals });
}

/** `3 audits of 2 clusters and 2 repositories, 1 failed`. */
export function scopeWords({ totals: { audits, clusters, repositories, failed } }: FleetSummary): string {
  const ending = failed === 0 ? "" : `, ${grouped(failed)} failed`;
  return `${number(audits, "audit")} of ${number(clusters, "cluster")} and ${number(repositories, "repository", "repositories")}${ending}`;
}

/** Whose the row is, where one failed for a whole cluster. */
export const EVERY_REPOSITORY = "every repository";

/** Controllers' writes are in the reports, on request. */
function verdictWords(verdicts: NonNullable<Counts["summary"]>["verdicts"]): string {
  const counted = VERDICTS.filter((verdict) => verdict !== "controller" && verdicts[verdict] > 0);
  return counted.length === 0
    ? NONE
    : counted.map((verdict) => `${grouped(verdicts[verdict])} ${verdict}`).join(", ");
}

/** The report tells of the warnings beside errors. */
function problemWords({ errors, warnings }: SummarizedAudit["problems"]): string {
  if (errors > 0) return number(errors, "error");
  return warnings > 0 ? number(warnings, "warning") : NONE;
}

function number(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
