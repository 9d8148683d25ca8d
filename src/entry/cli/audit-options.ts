import type { Command } from "commander";
import { SEVERITIES, type Severity } from "../../model/severity.ts";
import { FAIL_ON, type FailOn } from "../assembly/fail-on.ts";
import { parseChoice } from "../assembly/parse-options.ts";
import { addClusterOptions, collect } from "./cluster-options.ts";

/** How a report is drawn up. */
export interface ReportOptions {
  readonly output?: readonly string[];
  readonly failOn?: FailOn;
  readonly minSeverity?: Severity;
  readonly showIgnored?: boolean;
  readonly allowProblems?: boolean;
}

/** @param clusters Whether the command takes several clusters at once. */
export function addSourceOptions(command: Command, clusters: "one" | "several" = "one"): Command {
  command
    .optionsGroup("Git:")
    .option("--repo <dir>", "a folder of the Git repository", ".")
    .option(
      "--ref <ref>",
      "branch, tag or commit to compare with; read from the object store (default: HEAD)",
    )
    .option("--worktree", "compare with the files as they lie on disk, changes not committed included")
    .option("--deepen", "fetch the history that a shallow clone lacks")
    .option(
      "--applied-revision <rev>",
      "the commit that the cluster last applied, where you know it; github:ENVIRONMENT takes the one that GitHub has recorded as deployed there (with $GITHUB_TOKEN)",
    )
    .optionsGroup("Cluster:");
  addClusterOptions(command);
  const each =
    clusters === "one" ? "NAME=FILE says which cluster's" : "NAME=FILE for each of several clusters";
  command
    .option("--snapshot <file>", `${SNAPSHOT}; ${each}`, collect)
    .option("--audit-log <file...>", `${AUDIT_LOG}; ${each}`);
  command
    .optionsGroup("Rules:")
    .option(
      "--config <file>",
      "configuration (default: .ingress-audit.yaml at the repository's root, if it is there)",
    );
  if (clusters === "one")
    command.option("--cluster <name>", "which of the configuration's clusters to look at", collect);
  else {
    command
      .option("--cluster <name>", "one of the configuration's clusters; repeat for several", collect)
      .option("--all-clusters", "every cluster of the configuration");
  }
  return command.option("--allow-network", "fetch the repositories that the configuration names by url");
}

const SNAPSHOT =
  'read the live objects from a file or "-" instead of a cluster: what "kubectl get ingress,ingressclass -A -o json --show-managed-fields" prints, or YAML';
const AUDIT_LOG =
  'the API server\'s audit log as JSON lines: files, globs, .gz or "-"; takes all arguments up to the next option';

export function addReportOptions(command: Command): Command {
  return command
    .optionsGroup("Report:")
    .option(
      "-o, --output <format[=file]>",
      "text, json, markdown or sarif; repeat for several (default: text)",
      collect,
    )
    .option(
      "--fail-on <verdict>",
      "exit with 1 at this verdict or above: none, pending (unmerged and out-of-band are above it), out-of-band, any (controllers too) (default: pending)",
      (text) => parseChoice(FAIL_ON)("--fail-on", text),
    )
    .option(
      "--min-severity <severity>",
      "low, medium, high or critical: count less severe divergences, and neither list them nor fail on them (default: low)",
      (text) => parseChoice(SEVERITIES)("--min-severity", text),
    )
    .option(
      "--show-ignored",
      "also show controllers' writes, what ignore rules took out, and what is below --min-severity",
    )
    .option("--allow-problems", "exit with 0 or 1 even though a manifest could not be read");
}

/** Where several reports go, and what they come to. */
export function addSummaryOption(command: Command): Command {
  return command.option(
    "--summary <format[=file]>",
    "what several audits come to: text, json or markdown; repeat for several (default: as the reports)",
    collect,
  );
}
