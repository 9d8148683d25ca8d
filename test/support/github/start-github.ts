import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Product } from "./description/open-api.ts";
import { GitHubServer } from "./github-server.ts";
import { failure } from "./http/answer.ts";
import { Faults } from "./http/faults.ts";
import { handleRequest, type Parts } from "./http/handle-request.ts";
import { RateLimit } from "./http/rate-limit.ts";
import { RequestLog } from "./http/request-log.ts";
import { sendAnswer } from "./http/send-answer.ts";
import { addStandardTokens } from "./standard-tokens.ts";
import { addRepository, type RepositoryInput } from "./state/add-repository.ts";
import type { UserInput } from "./state/users.ts";
import { World } from "./state/world.ts";

export interface GitHubOptions {
  readonly repositories: readonly RepositoryInput[];
  readonly users?: readonly UserInput[];
  /** What GitHub's own times come from; rate limits and lags take the real time. */
  readonly clock?: () => Date;
  /** An Enterprise Server answers below `/api/v3`; github.com unless given. */
  readonly product?: Product;
}

/**
 * Start a server on 127.0.0.1 that behaves like GitHub's REST API and the little of its GraphQL that is used, and
 * checks each request and each of its own answers against GitHub's OpenAPI description. What is not as described is
 * answered 400, and `stop()` throws it: `await using` makes the test fail.
 */
export async function startGitHub(options: GitHubOptions): Promise<GitHubServer> {
  const world = new World(options.clock ?? (() => new Date()));
  for (const user of options.users ?? []) world.users.add(world.nextId(), user);
  for (const repository of options.repositories) addRepository(world, repository);
  addStandardTokens(world);
  const product = options.product ?? "api.github.com";
  const prefix = product === "api.github.com" ? "" : "/api/v3";
  const log = new RequestLog();
  const parts = { product, prefix, world, log, faults: new Faults(), rateLimit: new RateLimit() };
  const server = serve(parts);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  world.apiUrl = `http://127.0.0.1:${port}${prefix}`;
  return new GitHubServer(parts, server);
}

function serve(parts: Parts): Server {
  return createServer((message, response) => {
    handleRequest(parts, message, response).catch((error: unknown) => {
      if (message.socket.destroyed) return;
      parts.log.violation({ method: message.method ?? "", path: message.url ?? "" }, String(error));
      sendAnswer(response, failure(400, "The GitHub server failed"), {});
    });
  });
}
