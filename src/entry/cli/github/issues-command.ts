import type { Command } from "commander";
import { DRIFT_ISSUE_DEFAULTS } from "../../../audit/drift-issues/drift-issue-options.ts";
import { issuesMode } from "../../assembly/github/issues-mode.ts";
import { ISSUE_PER } from "../../assembly/github/mode-options.ts";
import { given } from "../../assembly/given.ts";
import { parseChoice, parseCount, parseList } from "../../assembly/parse-options.ts";
import { addGithubOptions, type GithubOptions, runGithub } from "./run-github.ts";

const HELP = `
An issue is opened, updated in place, closed with the cause, and opened again where the difference returns. What people
write, label and assign stays. Needs issues: write.

  $ ingress-audit github issues --audit-log /var/log/kubernetes/audit.log
`;

interface IssuesCommandOptions extends GithubOptions {
  readonly commentKey?: string;
  readonly mentions?: boolean;
  readonly issuePer?: (typeof ISSUE_PER)[number];
  readonly issueAfter?: number;
  readonly issueLabel?: string;
  readonly issueLabels?: string;
  readonly assign: boolean;
  readonly maxIssues?: number;
}

export function addIssuesCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("issues")
    .summary("keep issues about drift in step with an audit")
    .description("Audit the cluster, and keep one issue for each Ingress that differs from Git.")
    .argument("[paths...]", "these files and folders of the repository only");
  addGithubOptions(command)
    .optionsGroup("Issues:")
    .option("--issue-per <what>", "one for each ingress, or for the cluster (default: ingress)", (text) =>
      parseChoice(ISSUE_PER)("--issue-per", text),
    )
    .option("--issue-after <count>", "audits in a row that must find it (default: 1)", (text) =>
      parseCount("--issue-after", text),
    )
    .option("--issue-label <label>", "by which issues are found again (default: ingress-drift)")
    .option("--issue-labels <labels>", "further labels, with commas between; {severity} and others stand for")
    .option("--no-assign", "assign nobody")
    .option("--max-issues <count>", "issues that one run may open (default: 50)", (text) =>
      parseCount("--max-issues", text),
    )
    .option("--comment-key <word>", "tells this audit's issues from another's of the same cluster")
    .option("--mentions", "mention people whose login GitHub has proven, and code owners")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: IssuesCommandOptions) => {
      process.exitCode = await runGithub(paths, options, process, async (assembled, run) =>
        issuesMode(assembled, { ...issueOptions(options), ...run.failure }, run.context),
      );
    });
}

function issueOptions(options: IssuesCommandOptions) {
  const { issuePer, issueAfter, issueLabel, issueLabels, maxIssues, commentKey } = options;
  return {
    ...DRIFT_ISSUE_DEFAULTS,
    ...given({
      issuePer,
      detections: issueAfter,
      label: issueLabel,
      labels: issueLabels === undefined ? undefined : parseList(issueLabels),
      maxIssues,
      commentKey,
    }),
    assign: options.assign,
    mentions: options.mentions ?? false,
  };
}
