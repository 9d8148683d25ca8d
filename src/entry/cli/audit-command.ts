import type { Command } from "commander";
import { runAudit } from "../../audit/run-audit.ts";
import { assemble } from "../assembly/assemble.ts";
import { exitStatus, parseFailOn } from "../assembly/fail-on.ts";
import { checkOutputs, parseOutput, writeOutputs } from "../assembly/outputs.ts";
import { type AuditOptions, addReportOptions, addSourceOptions } from "./audit-options.ts";
import { checkAuditLogs } from "./check-audit-logs.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Access: get and list on ingresses and ingressclasses of networking.k8s.io. Nothing is ever written to the cluster.

Exit status:
  0  nothing at or above --fail-on    1  something is    2  the audit could not be done, or a manifest not be read
`;

export function addAuditCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("audit")
    .summary("compare Git with the cluster and attribute every divergence")
    .description(
      "Compare the Ingress manifests in Git with the live cluster, field by field, and tell of each divergence who caused it: the commit's author, or whoever wrote it in the cluster, and with what evidence.",
    )
    .usage("[PATH...] [options]")
    .argument("[paths...]", "audit these files and folders of the repository only");
  addReportOptions(addSourceOptions(command))
    .option("--no-color", "no colours (also: NO_COLOR=1)")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: AuditOptions) => {
      process.exitCode = await audit(paths, options, process);
    });
}

/** @returns The exit status. */
export async function audit(
  paths: readonly string[],
  options: AuditOptions,
  process: NodeJS.Process,
): Promise<0 | 1 | 2> {
  const outputs = (options.output ?? ["text"]).map(parseOutput);
  checkOutputs(outputs);
  await checkAuditLogs(options.auditLog ?? [], options.repo, "audit");
  const failOn = options.failOn === undefined ? null : parseFailOn(options.failOn);
  const { status, text } = await untilInterrupted(process, async (signal) => {
    const { report, now, configured } = await withSurroundings(process, signal, async (surroundings) => {
      const { request, ports, configuration } = await assemble(paths, options, surroundings);
      return { report: await runAudit(request, ports), now: request.now, configured: configuration.failOn };
    });
    signal.throwIfAborted();
    const text = await writeOutputs(report, outputs, {
      color: useColor(options.color, process),
      width: process.stdout.columns ?? 100,
      now,
      showIgnored: options.showIgnored ?? false,
    });
    const floor = failOn ?? configured ?? "pending";
    return { status: exitStatus(report, floor, options.allowProblems ?? false), text };
  });
  process.stdout.write(text);
  return status;
}
