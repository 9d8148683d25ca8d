import type { Command } from "commander";
import { addDeployCommand } from "./deploy-command.ts";
import { addIssuesCommand } from "./issues-command.ts";
import { addPullRequestCommand } from "./pull-request-command.ts";

/** What the Action does in a workflow, anywhere. */
export function addGithubCommand(program: Command, process: NodeJS.Process): void {
  const github = program
    .command("github")
    .summary("comment on pull requests, keep issues about drift, wait for a deployment")
    .description(
      "Do outside GitHub Actions what the Action does in a workflow, with a token (GITHUB_TOKEN or --token-file) or as a GitHub App.",
    );
  addPullRequestCommand(github, process);
  addIssuesCommand(github, process);
  addDeployCommand(github, process);
}
