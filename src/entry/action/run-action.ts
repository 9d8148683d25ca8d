import type { Patience } from "../../audit/deployment/deployment-request.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import { type Assembled, assemble } from "../assembly/assemble.ts";
import { auditMode, enriched } from "../assembly/github/audit-mode.ts";
import { deployMode } from "../assembly/github/deploy-mode.ts";
import { canSignIn } from "../assembly/github/forge-access.ts";
import { type GithubContext, githubContext } from "../assembly/github/github-context.ts";
import { issuesMode } from "../assembly/github/issues-mode.ts";
import type { ModeOutcome } from "../assembly/github/mode-outcome.ts";
import { pullRequestMode } from "../assembly/github/pull-request-mode.ts";
import { given } from "../assembly/given.ts";
import { type ActionOptions, readActionOptions } from "./action-options.ts";
import { failWith } from "./fail-with.ts";
import type { Runner } from "./runner.ts";
import { showOutcome } from "./show-outcome.ts";
import { trustWorkspace } from "./trust-workspace.ts";
import { useKubeconfig } from "./use-kubeconfig.ts";

/** Time, chance and the end of it all, passed in. */
export interface ActionSurroundings {
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly patience: Patience;
}

/** One step of a workflow, from its inputs to its outputs. Whatever goes wrong fails the step, and says why. */
export async function runAction(runner: Runner, surroundings: ActionSurroundings): Promise<void> {
  try {
    const context = githubContext(runner.env);
    const options = readActionOptions(runner.input, context);
    maskSecrets(options, runner);
    const outcome = await trustWorkspace(options.source.repo, runner.env, () =>
      useKubeconfig(options.kubeconfig, runner, async (kubeconfig) => {
        const source = { ...options.source, ...given({ kubeconfig }) };
        const assembled = await assemble(options.paths, source, {
          ...surroundings,
          stdin: process.stdin,
          progress: runner.log,
          github: context,
        });
        return await runMode(assembled, options, context, surroundings);
      }),
    );
    await showOutcome(outcome, options, { runner, context, now: surroundings.now });
  } catch (error) {
    const { signal } = surroundings;
    failWith(signal.aborted ? signal.reason : error, runner);
  }
}

async function runMode(
  assembled: Assembled,
  options: ActionOptions,
  context: GithubContext,
  { patience, signal }: ActionSurroundings,
): Promise<ModeOutcome> {
  const canAsk = canSignIn(options.source.forge ?? {});
  switch (options.mode) {
    case "pull-request":
      return await pullRequestMode(
        assembled,
        { ...options.comment, ...options.failure },
        { context, canAsk },
      );
    case "issues":
      return await issuesMode(
        assembled,
        { ...options.issues, ...options.failure, ...given({ commentKey: options.comment.commentKey }) },
        context,
      );
    case "audit":
      return await auditMode(assembled, { ...options.failure, canAsk });
    case "deploy": {
      const complete = async (report: AuditReport) =>
        canAsk ? await enriched(report, assembled.forge, signal) : report;
      return await deployMode(
        assembled,
        { ...options.deploy, ...options.failure },
        { context, patience, complete },
      );
    }
    default:
      return options.mode satisfies never;
  }
}

function maskSecrets({ source }: ActionOptions, { mask }: Runner): void {
  const { token = "", appPrivateKey = "" } = source.forge ?? {};
  // A key is never on one line; the runner masks line by line.
  for (const secret of [token, ...appPrivateKey.split("\n")])
    if (secret.trim().length > 8) mask(secret.trim());
}
