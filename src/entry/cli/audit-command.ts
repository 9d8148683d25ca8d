import type { Command } from "commander";
import { runAudit } from "../../audit/run-audit.ts";
import { AuditError } from "../../model/audit-error.ts";
import { assemble } from "../assembly/assemble.ts";
import { exitStatus, type FailOn } from "../assembly/fail-on.ts";
import { assembleFleet } from "../assembly/fleet/assemble-fleet.ts";
import { auditFleet, fleetOutputs } from "../assembly/fleet/audit-fleet.ts";
import { isFleet } from "../assembly/fleet/choose-clusters.ts";
import { type FleetOutputs, parseSummaryOutput } from "../assembly/fleet/fleet-outputs.ts";
import type { ForgeAccess } from "../assembly/github/forge-access.ts";
import { type OwnRepository, openOwn } from "../assembly/open-own.ts";
import { parseOutput, type Writing, writeOutputs } from "../assembly/outputs.ts";
import type { Surroundings } from "../assembly/surroundings.ts";
import { addReportOptions, addSourceOptions, addSummaryOption, type ReportOptions } from "./audit-options.ts";
import { checkNamedLogs } from "./check-audit-logs.ts";
import { EXIT_STATUS } from "./exit-status-help.ts";
import { forgeAccess } from "./github/forge-options.ts";
import { reportWidth } from "./report-width.ts";
import { type SeveralOptions, severalOptions } from "./several-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Examples:
  $ ingress-audit audit --context prod-eu -n shop -n checkout
  $ ingress-audit audit deploy/ --ref origin/main --fail-on out-of-band
  $ ingress-audit audit --audit-log audit.log 'rotated/audit-*.log.gz'
  $ ingress-audit audit --output text --output json=report.json
  $ ingress-audit audit --all-clusters
  $ ingress-audit audit --all-clusters --output json=reports/ --summary markdown
  $ kubectl get ingress,ingressclass -A -o json --show-managed-fields |
      ingress-audit audit --snapshot -

With several clusters or repositories --output takes a folder (json=reports/) or
a file's name with {cluster} and {repository}; --snapshot and --audit-log are
NAME=FILE, a cluster each. docs/fleet.md tells more.

Access: list on ingresses and ingressclasses of networking.k8s.io. Nothing is
ever written to the cluster, and nothing in the repository but what --deepen
fetches.

${EXIT_STATUS}
`;

type AuditOptions = SeveralOptions & ReportOptions & { readonly summary?: readonly string[] };

export function addAuditCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("audit")
    .summary("compare Git with the cluster and attribute every divergence")
    .description(
      "Compare the Ingress manifests in Git with the live cluster, field by field, and tell of each divergence who caused it: the commit's author, or whoever wrote it in the cluster, and with what evidence.",
    )
    .usage("[PATH...] [options]")
    .argument("[PATH...]", "audit these files and folders of the repository only");
  addSummaryOption(addReportOptions(addSourceOptions(command, "several")))
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
  const summaries = options.summary?.map(parseSummaryOutput) ?? null;
  const outputs = fleetOutputs(options.output?.map(parseOutput) ?? null, summaries ?? []);
  const forge = await forgeAccess({}, process.env);
  const { status, text } = await untilInterrupted(process, (signal) =>
    withSurroundings(process, signal, async (surroundings) => {
      const asks = severalOptions({ ...options, forge });
      const own = await openOwn(asks.common, surroundings);
      const asked: Asked = {
        paths,
        asks,
        own,
        surroundings,
        outputs,
        failOn: options.failOn ?? own.configuration.failOn ?? "pending",
        allowProblems: options.allowProblems ?? false,
        writing: {
          color: useColor(options.color, process),
          width: reportWidth(process),
          now: surroundings.now,
          showIgnored: options.showIgnored ?? false,
        },
      };
      if (isFleet(own.configuration, asks.several)) return await auditSeveral(asked);
      if (summaries !== null) throw nothingToSumUp();
      return await auditOne(asked);
    }),
  );
  process.stdout.write(text);
  return status;
}

interface Asked {
  readonly paths: readonly string[];
  readonly asks: ReturnType<typeof severalOptions<AuditOptions & { readonly forge: ForgeAccess }>>;
  readonly own: OwnRepository;
  readonly surroundings: Surroundings;
  readonly outputs: FleetOutputs;
  readonly failOn: FailOn;
  readonly allowProblems: boolean;
  readonly writing: Writing;
}

async function auditSeveral({ paths, asks: { several }, own, surroundings, ...run }: Asked) {
  await checkNamedLogs(several.auditLog ?? [], own.configuration, several.repo, "audit");
  const fleet = assembleFleet(paths, several, surroundings, own);
  return await auditFleet(fleet, { ...run, signal: surroundings.signal });
}

async function auditOne({ paths, asks: { one }, own, surroundings, ...run }: Asked) {
  await checkNamedLogs(one.auditLog ?? [], own.configuration, one.repo, "audit");
  const { request, ports } = await assemble(paths, one, surroundings, own);
  const report = await runAudit(request, ports);
  surroundings.signal.throwIfAborted();
  const text = await writeOutputs(report, run.outputs.reports, run.writing);
  return { status: exitStatus(report, run.failOn, run.allowProblems), text };
}

function nothingToSumUp(): AuditError {
  return new AuditError({
    code: "usage",
    what: "--summary is of several audits, and this is one",
    mend: "Leave it out, or choose several clusters with --cluster or --all-clusters.",
  });
}
