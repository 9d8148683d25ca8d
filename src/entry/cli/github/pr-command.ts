import type { Command } from "commander";
import { pullRequestMode } from "../../assembly/github/pull-request-mode.ts";
import { given } from "../../assembly/given.ts";
import { parseCount } from "../../assembly/parse-options.ts";
import { addGithubOptions, type GithubOptions, runGithub } from "./run-github.ts";

const HELP = `
The comment is found again by a hidden marker that names the cluster and the configuration, and updated in place.
Needs pull-requests: write. Without a token nothing is posted, and the review is printed only.

  $ ingress-audit github pr --pull-request 123
`;

interface PrCommandOptions extends GithubOptions {
  readonly pullRequest?: number;
  readonly commentKey?: string;
  readonly mentions?: boolean;
}

export function addPrCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("pr")
    .summary("review a pull request against the cluster, and keep one comment")
    .description(
      "Compare a pull request's base, its head and the cluster: what it changes, what its merge would overwrite, and what has drifted already. Keep one comment that says so.",
    )
    .argument("[paths...]", "these files and folders of the repository only");
  addGithubOptions(command)
    .optionsGroup("Pull request:")
    .option("--pull-request <number>", "which one; else that of the workflow's event", (text) =>
      parseCount("--pull-request", text),
    )
    .option("--comment-key <word>", "tells this audit's comment from another's of the same cluster")
    .option("--mentions", "mention people whose login GitHub has proven")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: PrCommandOptions) => {
      const { pullRequest, commentKey, mentions = false } = options;
      process.exitCode = await runGithub(paths, options, process, async (assembled, run) =>
        pullRequestMode(assembled, { ...run.failure, ...given({ pullRequest, commentKey }), mentions }, run),
      );
    });
}
