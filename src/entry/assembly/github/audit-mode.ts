import { runAudit } from "../../../audit/run-audit.ts";
import { exitStatus } from "../fail-on.ts";
import type { OwnRepository } from "../open-own.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { assembleRun, completed, type ModeRun } from "./mode-run.ts";
import { reportFailure } from "./report-failure.ts";

/** Audit, and post nothing. */
export async function auditMode(run: ModeRun, own: OwnRepository): Promise<ModeOutcome> {
  const assembled = await assembleRun(run, undefined, own);
  const { request, ports, configuration } = assembled;
  const report = await completed(run, assembled, await runAudit(request, ports));
  const failOn = run.failure.failOn ?? configuration.failOn ?? "pending";
  const status = exitStatus(report, failOn, run.failure.allowProblems);
  return { report, preface: null, lines: [], failure: reportFailure(report, status), shortfalls: [] };
}
