import type { Command } from "commander";
import { addDeployCommand } from "./deploy-command.ts";
import { addIssuesCommand } from "./issues-command.ts";
import { addPrCommand } from "./pr-command.ts";

/** What the Action does in a workflow, anywhere. */
export function addGithubCommand(program: Command, process: NodeJS.Process): void {
  const github = program
    .command("github")
    .summary("what the Action does in a workflow: review pull requests, keep issues, watch deployments")
    .description(
      "Do outside GitHub Actions what the Action does in a workflow, with a token (GITHUB_TOKEN or --token-file) or as a GitHub App.",
    );
  addPrCommand(github, process);
  addIssuesCommand(github, process);
  addDeployCommand(github, process);
}
