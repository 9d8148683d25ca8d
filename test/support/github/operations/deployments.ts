import { created, failure, list, notFound, ok, Refusal } from "../http/answer.ts";
import { findCommit } from "../state/commits.ts";
import type { Deployment, DeploymentStatus } from "../state/repository.ts";
import { deploymentStatusView, deploymentView } from "../views/delivery-view.ts";
import { callerOf, type Operations, type RepositoryCall } from "./operation.ts";

interface DeploymentBody {
  readonly ref: string;
  readonly task?: string;
  readonly environment?: string;
  readonly description?: string | null;
  readonly payload?: object | string;
}

interface StatusBody {
  readonly state: DeploymentStatus["state"];
  readonly description?: string;
  readonly log_url?: string;
  readonly target_url?: string;
  readonly environment_url?: string;
  readonly auto_inactive?: boolean;
}

export const DEPLOYMENTS: Operations = {
  "repos/list-deployments": { needs: [["deployments", "read"]], run: listDeployments },
  "repos/create-deployment": { needs: [["deployments", "write"]], run: createDeployment },
  "repos/get-deployment": {
    needs: [["deployments", "read"]],
    run: (call) => ok(deploymentView(call.world, call.repository, deploymentOf(call))),
  },
  "repos/list-deployment-statuses": { needs: [["deployments", "read"]], run: listStatuses },
  "repos/create-deployment-status": { needs: [["deployments", "write"]], run: createStatus },
};

function listDeployments(call: RepositoryCall) {
  const wanted = ["sha", "ref", "task", "environment"] as const;
  const found = [...call.repository.deployments.values()].filter((deployment) =>
    wanted.every((name) => call.query[name] === undefined || call.query[name] === deployment[name]),
  );
  return list(found.reverse().map((deployment) => deploymentView(call.world, call.repository, deployment)));
}

/** `ref` may be a branch, a tag or a commit. */
async function createDeployment(call: RepositoryCall) {
  const { ref, task, environment, description, payload } = call.body as DeploymentBody;
  const commit = await findCommit(call.repository, ref);
  if (commit === null) return failure(422, `No ref found for: ${ref}`);
  const deployment: Deployment = {
    id: call.world.nextId(),
    sha: commit.sha,
    ref,
    task: task ?? "deploy",
    environment: environment ?? "production",
    description: description ?? null,
    payload: payload ?? {},
    creator: callerOf(call),
    createdAt: call.world.now(),
    statuses: [],
  };
  call.repository.deployments.set(deployment.id, deployment);
  return created(deploymentView(call.world, call.repository, deployment));
}

/** Newest first, as GitHub lists them. */
function listStatuses(call: RepositoryCall) {
  const deployment = deploymentOf(call);
  return list(
    deployment.statuses
      .toReversed()
      .map((status) => deploymentStatusView(call.world, call.repository, deployment, status)),
  );
}

function createStatus(call: RepositoryCall) {
  const deployment = deploymentOf(call);
  const body = call.body as StatusBody;
  const status = statusFrom(call, body.state, body);
  deployment.statuses.push(status);
  if (body.state === "success" && body.auto_inactive !== false) deactivateOthers(call, deployment);
  return created(deploymentStatusView(call.world, call.repository, deployment, status));
}

/** A success makes the environment's earlier ones inactive. */
function deactivateOthers(call: RepositoryCall, current: Deployment): void {
  for (const other of call.repository.deployments.values()) {
    const last = other.statuses.at(-1);
    if (other === current || other.environment !== current.environment || last?.state !== "success") continue;
    other.statuses.push(statusFrom(call, "inactive", {}));
  }
}

function statusFrom(call: RepositoryCall, state: DeploymentStatus["state"], body: Partial<StatusBody>) {
  return {
    id: call.world.nextId(),
    state,
    creator: callerOf(call),
    createdAt: call.world.now(),
    description: body.description ?? "",
    logUrl: body.log_url ?? body.target_url ?? "",
    environmentUrl: body.environment_url ?? "",
  };
}

function deploymentOf(call: RepositoryCall): Deployment {
  const deployment = call.repository.deployments.get(Number(call.path.deployment_id));
  if (deployment === undefined) throw new Refusal(notFound());
  return deployment;
}
