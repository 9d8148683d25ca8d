import type { Command } from "commander";
import { DEPLOY_DEFAULTS } from "../../assembly/github/mode-options.ts";
import { deployMode } from "../../assembly/github/modes.ts";
import { given } from "../../assembly/given.ts";
import { parseDuration } from "../../assembly/parse-options.ts";
import { addGithubOptions, type GithubOptions, runGithub } from "./run-github.ts";

const HELP = `
Exit status:
  0  the cluster agrees with the commit    1  it does not, and who is behind that is told    2  it is not known

  $ kubectl apply -f deploy/ && ingress-audit github deploy --environment production --timeout 5m
`;

interface DeployCommandOptions extends GithubOptions {
  readonly environment?: string;
  readonly timeout?: number;
  readonly previousRevision?: string;
  readonly failOnOtherDrift?: boolean;
}

export function addDeployCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("deploy")
    .summary("wait until the cluster agrees with what was deployed")
    .description(
      "Wait until the cluster agrees with the deployed commit. Where it does not, tell which commits are still pending and whose they are, or who overwrote them. Nothing is written to the cluster.",
    )
    .argument("[paths...]", "these files and folders of the repository only");
  addGithubOptions(command)
    .optionsGroup("Deployment:")
    .option(
      "--environment <name>",
      "read what ran there before from GitHub's deployments, and record this one",
    )
    .option("--timeout <time>", "how long to wait, such as 90s, 10m or 1h30m (default: 10m)", (text) =>
      parseDuration("--timeout", text),
    )
    .option(
      "--previous-revision <rev>",
      "what the cluster ran before; else what GitHub has recorded, else what the push replaced, else the first parent",
    )
    .option("--fail-on-other-drift", "fail on differences too that have nothing to do with what was deployed")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: DeployCommandOptions) => {
      const deploy = {
        ...DEPLOY_DEFAULTS,
        ...given({
          environment: options.environment,
          timeoutMs: options.timeout,
          previousRevision: options.previousRevision,
          failOnOtherDrift: options.failOnOtherDrift,
        }),
      };
      process.exitCode = await runGithub(paths, options, process, (run) => deployMode(run, deploy));
    });
}
