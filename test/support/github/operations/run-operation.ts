import { type Answer, failure, notFound, Refusal } from "../http/answer.ts";
import { may, maySee } from "../state/caller.ts";
import { ACCOUNT } from "./account.ts";
import type { Call, RepositoryCall, RepositoryOperation } from "./operation.ts";
import { REPOSITORY_OPERATIONS } from "./repositories.ts";

export function isKnown(operationId: string): boolean {
  return operationId in ACCOUNT || operationId in REPOSITORY_OPERATIONS;
}

/** Let a known operation answer, unless the caller may not see its repository, or not do this there. */
export async function runOperation(operationId: string, call: Call): Promise<Answer> {
  const account = ACCOUNT[operationId];
  const operation = REPOSITORY_OPERATIONS[operationId];
  try {
    if (account !== undefined) return account(call);
    if (operation === undefined) throw new Error(`${operationId} is not known`);
    const repository = call.world.repository(`${call.path.owner}/${call.path.repo}`);
    if (repository === undefined || !maySee(call.token, repository)) return notFound();
    return await runIfAllowed(operation, { ...call, repository });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function runIfAllowed(operation: RepositoryOperation, call: RepositoryCall): Answer | Promise<Answer> {
  const needs = typeof operation.needs === "function" ? operation.needs(call) : operation.needs;
  if (may(call.token, call.repository, needs)) return operation.run(call);
  if (call.token === null) return failure(401, "Requires authentication");
  const by = call.token.kind === "personal" ? "personal access token" : "integration";
  const accepted = needs.map(([permission, level]) => `${permission}=${level}`).join("; ");
  return failure(403, `Resource not accessible by ${by}`, { "x-accepted-github-permissions": accepted });
}
