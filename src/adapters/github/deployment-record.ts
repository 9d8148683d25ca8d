import * as z from "zod";
import type { DeploymentOutcome, Deployments } from "../../ports/deployments.ts";
import type { Connection } from "./connection.ts";
import { createOnce } from "./create-once.ts";

const READING = { doing: "read the deployments", needs: "deployments: read" };
const WRITING = { doing: "record the deployment", needs: "deployments: write" };
/** So far back is a success looked for. */
const MOST_DEPLOYMENTS = 30;
/** @see https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status */
const LONGEST_DESCRIPTION = 140;

const deployment = z.object({ id: z.int(), sha: z.string().regex(/^[0-9a-f]{40}$/) });
const status = z.object({
  id: z.int(),
  state: z.string(),
  description: z.string().nullish(),
  log_url: z.string().nullish(),
});

type Deployment = z.output<typeof deployment>;
type Status = z.output<typeof status>;

/** GitHub's record of what was deployed to which environment. */
export function deploymentRecord(connection: Connection): Deployments {
  return {
    latestCommit: (environment, signal) => latestCommit(connection, environment, signal),
    record: (outcome, signal) => record(connection, outcome, signal),
  };
}

/**
 * What a deployment left behind that began later and did not succeed is not known: then no earlier one counts. One that
 * only waits has touched nothing.
 */
async function latestCommit(connection: Connection, environment: string, signal: AbortSignal) {
  const deployments = await listDeployments(connection, { environment }, signal);
  for (const { id, sha } of deployments) {
    const newest = newestOf(await listStatuses(connection, id, signal));
    if (newest?.state === "success") return sha;
    if (newest !== null && !["pending", "queued", "waiting"].includes(newest.state)) return null;
  }
  return null;
}

async function record(connection: Connection, outcome: DeploymentOutcome, signal: AbortSignal) {
  const { commit: sha, environment } = outcome;
  const find = async () => (await listDeployments(connection, { sha, environment }, signal))[0] ?? null;
  const { secondMs } = connection.pace;
  const create = () => createDeployment(connection, outcome, signal);
  const { id } = (await find()) ?? (await createOnce({ create, find, secondMs, signal }));
  await createOnce({
    create: () => createStatus(connection, id, outcome, signal),
    find: async () => {
      const newest = newestOf(await listStatuses(connection, id, signal));
      return newest !== null && says(newest, outcome) ? newest : null;
    },
    secondMs,
    signal,
  });
  return id;
}

/** Newest first. */
async function listDeployments(
  connection: Connection,
  wanted: { readonly environment: string; readonly sha?: string },
  signal: AbortSignal,
): Promise<readonly Deployment[]> {
  const found = await connection.send(READING, z.array(deployment), signal, ({ rest }, common) =>
    rest.repos.listDeployments({ ...common, ...wanted, per_page: MOST_DEPLOYMENTS }),
  );
  return found.toSorted((left, right) => right.id - left.id);
}

function listStatuses(connection: Connection, id: number, signal: AbortSignal): Promise<readonly Status[]> {
  return connection.send(READING, z.array(status), signal, ({ rest }, common) =>
    rest.repos.listDeploymentStatuses({ ...common, deployment_id: id, per_page: 100 }),
  );
}

/** Without `required_contexts: []` GitHub refuses a commit whose checks still run, as this one does. */
function createDeployment(
  connection: Connection,
  { commit, environment, description }: DeploymentOutcome,
  signal: AbortSignal,
): Promise<Deployment> {
  return connection.send(WRITING, deployment, signal, ({ rest }, common) =>
    rest.repos.createDeployment({
      ...common,
      ref: commit,
      environment,
      description: cut(description),
      auto_merge: false,
      required_contexts: [],
    }),
  );
}

function createStatus(
  connection: Connection,
  id: number,
  { state, description, logUrl }: DeploymentOutcome,
  signal: AbortSignal,
): Promise<Status> {
  return connection.send(WRITING, status, signal, ({ rest }, common) =>
    rest.repos.createDeploymentStatus({
      ...common,
      deployment_id: id,
      state,
      description: cut(description),
      ...(logUrl === null ? {} : { log_url: logUrl }),
    }),
  );
}

function newestOf(statuses: readonly Status[]): Status | null {
  return statuses.toSorted((left, right) => right.id - left.id)[0] ?? null;
}

function says(status: Status, outcome: DeploymentOutcome): boolean {
  return (
    status.state === outcome.state &&
    (status.description ?? "") === cut(outcome.description) &&
    (status.log_url ?? "") === (outcome.logUrl ?? "")
  );
}

/** Whole characters, the last one telling that there was more. */
function cut(description: string): string {
  const characters = [...description];
  if (characters.length <= LONGEST_DESCRIPTION) return description;
  return `${characters.slice(0, LONGEST_DESCRIPTION - 1).join("")}…`;
}
