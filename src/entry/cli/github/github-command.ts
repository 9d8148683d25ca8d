import type { Command } from "commander";
import { addDeployCommand } from "./deploy-command.ts";

/** What the Action does in a workflow, anywhere. */
export function addGithubCommand(program: Command, process: NodeJS.Process): void {
  const github = program
    .command("github")
    .summary("what the Action does in a workflow: watch a deployment")
    .description(
      "Do outside GitHub Actions what the Action does in a workflow, with a token (GITHUB_TOKEN or --token-file) or as a GitHub App.",
    );
  addDeployCommand(github, process);
}
