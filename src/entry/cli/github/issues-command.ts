import type { Command } from "commander";
import { ISSUE_DEFAULTS, ISSUE_PER, type IssueOptions } from "../../assembly/github/mode-options.ts";
import { issuesMode } from "../../assembly/github/modes.ts";
import { given } from "../../assembly/given.ts";
import { parseChoice, parseCount, parseList } from "../../assembly/parse-options.ts";
import { addPostingOptions, type PostingCommandOptions, postingOptions } from "./posting-options.ts";
import { addGithubOptions, type GithubOptions, runGithub } from "./run-github.ts";

interface IssuesCommandOptions extends GithubOptions, PostingCommandOptions {
  readonly issuePer?: IssueOptions["issuePer"];
  readonly issueAfter?: number;
  readonly label?: string;
  readonly labels?: readonly string[];
  readonly assign: boolean;
  readonly maxIssues?: number;
}

export function addIssuesCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("issues")
    .summary("keep an issue for each Ingress that differs")
    .description(
      "Keep one issue for each Ingress that differs from Git, or one for the cluster: opened, updated with what changed, closed with its cause, opened again. People's own edits stay.",
    )
    .argument("[paths...]", "these files and folders of the repository only");
  addPostingOptions(addGithubOptions(command).optionsGroup("Issues:"))
    .option(
      "--issue-per <what>",
      "ingress or cluster: one issue for each Ingress, or one for the whole cluster (default: ingress)",
      (text) => parseChoice(ISSUE_PER)("--issue-per", text),
    )
    .option(
      "--issue-after <count>",
      "how many audits in a row must have found a difference before an issue is opened (default: 1)",
      (text) => parseCount("--issue-after", text),
    )
    .option("--label <name>", `the label by which issues are found again (default: ${ISSUE_DEFAULTS.label})`)
    .option(
      "--labels <names>",
      "further labels, separated by commas; {severity}, {verdict}, {namespace} and {cluster} are filled in",
      parseList,
    )
    .option("--no-assign", "assign nobody")
    .option("--max-issues <count>", "how many issues one run may open or reopen (default: 50)", (text) =>
      parseCount("--max-issues", text),
    )
    .action(async (paths: readonly string[], options: IssuesCommandOptions) => {
      const issues = {
        ...ISSUE_DEFAULTS,
        ...given({
          issuePer: options.issuePer,
          detections: options.issueAfter,
          label: options.label,
          labels: options.labels,
          assign: options.assign,
          maxIssues: options.maxIssues,
        }),
        ...postingOptions(options),
      };
      process.exitCode = await runGithub(paths, options, process, (run) => issuesMode(run, issues));
    });
}
