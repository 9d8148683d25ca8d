import type { Command } from "commander";
import { findPullRequest } from "../../assembly/github/find-pull-request.ts";
import type { ModeOutcome } from "../../assembly/github/mode-outcome.ts";
import type { ModeRun } from "../../assembly/github/mode-run.ts";
import { postReviewMode, pullRequestMode } from "../../assembly/github/modes.ts";
import { writeOutputFile } from "../../assembly/outputs.ts";
import { parseCount } from "../../assembly/parse-options.ts";
import { addPostingOptions, type PostingCommandOptions, postingOptions } from "./posting-options.ts";
import { addGithubOptions, type GithubOptions, runGithub } from "./run-github.ts";

const HELP = `
The clone must hold both sides: git fetch origin main pull/12/head

  $ ingress-audit github pr --pull-request 12
`;

interface PullRequestCommandOptions extends GithubOptions, PostingCommandOptions {
  readonly pullRequest?: number;
  readonly saveReview?: string;
  readonly reviewFile?: string;
}

export function addPullRequestCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("pr")
    .summary("keep a comment: what a pull request changes in the cluster, what its merge would overwrite")
    .description(
      "Compare a pull request's base, its head and the live cluster, and keep one comment that says what it changes, what its merge would overwrite and whose that is, and what had drifted before.",
    )
    .argument("[paths...]", "these files and folders of the repository only");
  addPostingOptions(addGithubOptions(command).optionsGroup("Pull request:"))
    .option(
      "--pull-request <number>",
      "its number; else that of the event that started the workflow",
      (text) => parseCount("--pull-request", text),
    )
    .option("--save-review <file>", "also write the review as JSON, to be posted by another run")
    .option(
      "--review-file <file>",
      "post the review that the run of a pull request from a fork has saved, in a workflow on workflow_run; nothing of it is believed",
    )
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: PullRequestCommandOptions) => {
      process.exitCode = await runGithub(paths, options, process, (run) => review(run, options));
    });
}

async function review(run: ModeRun, options: PullRequestCommandOptions): Promise<ModeOutcome> {
  const posting = postingOptions(options);
  if (options.reviewFile !== undefined) return await postReviewMode(options.reviewFile, posting, run);
  const pullRequest = await findPullRequest(run, options.pullRequest);
  const outcome = await pullRequestMode(run, posting, pullRequest);
  if (options.saveReview !== undefined && outcome.review !== undefined) {
    await writeOutputFile(options.saveReview, `${JSON.stringify(outcome.review, null, 2)}\n`);
  }
  return unposted(outcome);
}

/** A workflow has its summary for what GitHub does not let it post; here the comment is what was asked for. */
function unposted(outcome: ModeOutcome): ModeOutcome {
  if (outcome.failure !== null || outcome.shortfalls.length === 0) return outcome;
  const title = "The comment could not be posted";
  return { ...outcome, failure: { status: 2, title, message: "The reason is told above." } };
}
