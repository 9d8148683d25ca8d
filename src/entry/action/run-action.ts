import type { Patience } from "../../audit/deployment/deployment-request.ts";
import { auditMode } from "../assembly/github/audit-mode.ts";
import { findPullRequest } from "../assembly/github/find-pull-request.ts";
import type { FleetOutcome } from "../assembly/github/fleet-mode.ts";
import { githubContext } from "../assembly/github/github-context.ts";
import type { ModeOutcome } from "../assembly/github/mode-outcome.ts";
import type { ModeRun } from "../assembly/github/mode-run.ts";
import { deployMode, issuesMode, postReviewMode, pullRequestMode } from "../assembly/github/modes.ts";
import { given } from "../assembly/given.ts";
import { openOwn } from "../assembly/open-own.ts";
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
    const showing = { runner, context, now: surroundings.now };
    const outcome = await trustWorkspace(options.source.repo, runner.env, () =>
      useKubeconfig(options.kubeconfig, runner, async (kubeconfig) =>
        runMode(options, {
          paths: options.paths,
          source: { ...options.source, ...given({ kubeconfig }) },
          failure: options.failure,
          context,
          surroundings: { ...surroundings, stdin: process.stdin, progress: runner.log },
          patience: surroundings.patience,
        }),
      ),
    );
    if ("audits" in outcome) {
      const { showFleet } = await import("./show-fleet.ts");
      await showFleet(outcome, options, showing);
    } else await showOutcome(outcome, options, showing);
  } catch (error) {
    const { signal } = surroundings;
    failWith(signal.aborted ? signal.reason : error, runner);
  }
}

async function runMode(options: ActionOptions, run: ModeRun): Promise<ModeOutcome | FleetOutcome> {
  const { mode, posting, reviewFile } = options;
  switch (mode) {
    case "audit": {
      const own = await openOwn(run.source, run.surroundings);
      const { fleetMode } = await import("../assembly/github/fleet-mode.ts");
      return (await fleetMode(run, options.clusters, own)) ?? (await auditMode(run, own));
    }
    case "issues":
      return await issuesMode(run, { ...options.issues, ...posting });
    case "pull-request":
      if (reviewFile !== undefined) return await postReviewMode(reviewFile, posting, run);
      return await pullRequestMode(run, posting, await findPullRequest(run, options.pullRequest));
    case "deploy":
      return await deployMode(run, options.deploy);
    default:
      return mode satisfies never;
  }
}

function maskSecrets({ source }: ActionOptions, { mask }: Runner): void {
  const { token = "", appPrivateKey = "" } = source.forge ?? {};
  // A key is never on one line; the runner masks line by line.
  for (const secret of [token, ...appPrivateKey.split("\n")])
    if (secret.trim().length > 8) mask(secret.trim());
}
