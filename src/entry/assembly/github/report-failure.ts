import { VERDICTS } from "../../../model/verdict.ts";
import type { AuditReport } from "../../../report/audit-report.ts";
import type { ModeOutcome } from "./mode-outcome.ts";

/** Why a run fails, by the exit status that its report gives. */
export function reportFailure(report: AuditReport, status: 0 | 1 | 2): ModeOutcome["failure"] {
  switch (status) {
    case 0:
      return null;
    case 1:
      return { status, title: "The cluster differs from Git", message: differences(report) };
    case 2:
      return { status, title: "Not everything could be audited", message: unreadable(report) };
    default:
      return status satisfies never;
  }
}

function differences({ summary }: AuditReport): string {
  const verdicts = VERDICTS.filter((verdict) => verdict !== "controller" && summary.verdicts[verdict] > 0);
  const counts = verdicts.map((verdict) => `${summary.verdicts[verdict]} ${verdict}`).join(", ");
  const ingresses = summary.diverged === 1 ? "1 Ingress differs" : `${summary.diverged} Ingresses differ`;
  return `${ingresses}: ${counts}. The summary of this run tells who is behind each difference; fail-on sets what fails.`;
}

function unreadable({ problems }: AuditReport): string {
  const [first, ...others] = problems.filter(({ level }) => level === "error");
  if (first === undefined) return "An input could not be read.";
  const more =
    others.length === 0 ? "" : ` There are ${others.length} more; the summary of this run has them.`;
  const place = first.line === null ? first.path : `${first.path}:${first.line}`;
  return `${place}: ${first.message}. ${first.remedy} (allow-problems lets that pass.)${more}`;
}
