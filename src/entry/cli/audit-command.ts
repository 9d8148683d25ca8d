import type { Command } from "commander";
import { runAudit } from "../../audit/run-audit.ts";
import { assemble } from "../assembly/assemble.ts";
import { exitStatus, parseFailOn } from "../assembly/fail-on.ts";
import { checkOutputs, parseOutput, writeOutputs } from "../assembly/outputs.ts";
import { type AuditOptions, addReportOptions, addSourceOptions } from "./audit-options.ts";
import { checkAuditLogs } from "./check-audit-logs.ts";
import { EXIT_STATUS } from "./exit-status-help.ts";
import { forgeAccess } from "./github/forge-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Examples:
  $ ingress-audit audit --context prod-eu -n shop -n checkout
  $ ingress-audit audit deploy/ --ref origin/main --fail-on out-of-band
  $ ingress-audit audit --audit-log audit.log 'rotated/audit-*.log.gz'
  $ ingress-audit audit --output text --output json=report.json
  $ kubectl get ingress,ingressclass -A -o json --show-managed-fields |
      ingress-audit audit --snapshot -

Access: list on ingresses and ingressclasses of networking.k8s.io. Nothing is
ever written to the cluster, and nothing in the repository but what --deepen
fetches.

${EXIT_STATUS}
`;

export function addAuditCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("audit")
    .summary("compare Git with the cluster and attribute every divergence")
    .description(
      "Compare the Ingress manifests in Git with the live cluster, field by field, and tell of each divergence who caused it: the commit's author, or whoever wrote it in the cluster, and with what evidence.",
    )
    .usage("[PATH...] [options]")
    .argument("[PATH...]", "audit these files and folders of the repository only");
  addReportOptions(addSourceOptions(command))
    .option("--no-color", "no colours; NO_COLOR in the environment does the same")
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
  const forge = await forgeAccess({}, process.env);
  const { status, text } = await untilInterrupted(process, async (signal) => {
    const { report, now, configured } = await withSurroundings(process, signal, async (surroundings) => {
      const { request, ports, configuration } = await assemble(paths, { ...options, forge }, surroundings);
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
