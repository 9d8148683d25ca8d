import { AuditError } from "../../../model/audit-error.ts";
import { repositoryOf } from "./forge-access.ts";
import { accessOf, assembleRun, type ModeRun } from "./mode-run.ts";
import { type KnownPullRequest, pullRequestOfEvent, pullRequestOfForge } from "./pull-request-facts.ts";

/**
 * The pull request of a number, as GitHub has it now; without one, the pull request that started the workflow.
 *
 * @throws {AuditError} `usage`, `pull-request-unknown`, and what the forge throws.
 */
export async function findPullRequest(run: ModeRun, number?: number): Promise<KnownPullRequest> {
  if (number !== undefined) return await lookUp(run, number);
  const found = await pullRequestOfEvent(run.context);
  if (found !== null) return found;
  throw new AuditError({
    code: "usage",
    what: "No pull request started this run, so that nothing tells which one is meant",
    mend: "In a workflow, run on pull_request, or on workflow_run with review-file; elsewhere give --pull-request NUMBER.",
  });
}

async function lookUp(run: ModeRun, number: number): Promise<KnownPullRequest> {
  const { forge, ports, request } = await assembleRun(run);
  const found = await (await forge()).pullRequests.read(number, request.signal);
  if (found !== null) {
    const origin = () => ports.git.repositoryName();
    const repository = await repositoryOf(accessOf(run), { context: run.context, origin });
    return pullRequestOfForge(found, repository);
  }
  throw new AuditError({
    code: "pull-request-unknown",
    what: `There is no pull request #${number}`,
    where: { pullRequest: number },
    mend: "Give the number of one, and the repository that it is to be merged into with --repository.",
  });
}
