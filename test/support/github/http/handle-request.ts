import type { IncomingMessage, ServerResponse } from "node:http";
import { type Description, describeProduct } from "../description/description.ts";
import type { Product } from "../description/open-api.ts";
import type { OperationMatch } from "../description/operation.ts";
import { answerGraphql } from "../graphql/answer-graphql.ts";
import { ARTIFACT_BYTES } from "../operations/artifacts.ts";
import { isKnown, runOperation } from "../operations/run-operation.ts";
import type { Token } from "../state/caller.ts";
import type { World } from "../state/world.ts";
import { type Answer, failure, notFound, Refusal } from "./answer.ts";
import { authenticate } from "./authenticate.ts";
import type { Faults } from "./faults.ts";
import { paginate } from "./paginate.ts";
import type { RateLimit } from "./rate-limit.ts";
import { type ReadRequest, readRequest } from "./read-request.ts";
import type { RecordedRequest, RequestLog } from "./request-log.ts";
import { conditional, sendAnswer } from "./send-answer.ts";

export interface Parts {
  readonly product: Product;
  /** What stands before every path of the API: `/api/v3` on an Enterprise Server. */
  readonly prefix: string;
  readonly world: World;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly log: RequestLog;
}

interface Exchange {
  readonly parts: Parts;
  readonly request: ReadRequest;
  readonly recorded: RecordedRequest;
  readonly description: Description;
  readonly match: OperationMatch | undefined;
}

/** Read a request, let what was planned for it go wrong, answer it, and check both sides against the description. */
export async function handleRequest(
  parts: Parts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(message, new URL(parts.world.apiUrl).origin, parts.prefix);
  if (request.path.startsWith(ARTIFACT_BYTES)) return sendArtifact(parts, request, response);
  const exchange = open(parts, request);
  const fault = parts.faults.take(exchange.recorded.operation ?? "", request.method);
  const planned = await fault.before?.();
  if (fault.drop === "before") return void message.socket.destroy();
  const answer = planned ?? (await answerOf(exchange));
  if (fault.drop === "after") return void message.socket.destroy();
  if (fault.drop === "amid") return breakOff(response);
  exchange.recorded.status = answer.status;
  sendAnswer(response, answer, parts.rateLimit.headers());
}

/** A body that never becomes as long as it was said to be. */
function breakOff(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": "1000" });
  response.write("[", () => response.destroy());
}

function open(parts: Parts, request: ReadRequest): Exchange {
  const description = describeProduct(parts.product);
  const match = description.find(request.method, request.path);
  const recorded: RecordedRequest = {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.url.searchParams),
    body: request.body,
    operation: isGraphql(request) ? "graphql" : (match?.operation.id ?? null),
    login: null,
    status: null,
  };
  parts.log.requests.push(recorded);
  return { parts, request, recorded, description, match };
}

async function answerOf(exchange: Exchange): Promise<Answer> {
  const { parts, request, recorded } = exchange;
  try {
    const token = authenticate(parts.world, request.headers.authorization);
    recorded.login = token?.user.login ?? null;
    const refusal = recorded.operation === "rate-limit/get" ? null : parts.rateLimit.take(Date.now());
    if (refusal !== null) return refusal;
    const answer = await answerAs(exchange, token);
    if (answer.status === 304) parts.rateLimit.giveBack();
    return answer;
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return violated(exchange, `the GitHub server failed: ${error instanceof Error ? error.stack : error}`);
  }
}

async function answerAs(exchange: Exchange, token: Token | null): Promise<Answer> {
  const { parts, request, match } = exchange;
  if (isGraphql(request)) {
    return answerGraphql(parts.world, token, request.body, (message) =>
      parts.log.violation(request, message),
    );
  }
  if (match === undefined) return violated(exchange, "GitHub's description has no such operation");
  if (!isKnown(match.operation.id))
    return violated(exchange, `the GitHub server does not know ${match.operation.id}`);
  return answerOperation(exchange, match, token);
}

async function answerOperation(
  exchange: Exchange,
  match: OperationMatch,
  token: Token | null,
): Promise<Answer> {
  const { parts, request, description } = exchange;
  const checked = description.checkRequest(match, { query: request.url.searchParams, body: request.body });
  if (checked.violations.length > 0) return violated(exchange, checked.violations.join("; "));
  const call = {
    world: parts.world,
    token,
    path: checked.path,
    query: checked.query,
    body: request.body,
    accept: request.headers.accept ?? "",
    rate: parts.rateLimit.view(),
  };
  const answer = paginate(await runOperation(match.operation.id, call), request.url);
  const problems = answer.bytes ? [] : description.checkAnswer(match.operation, answer.status, answer.body);
  if (problems.length > 0)
    return violated(exchange, `the answer ${answer.status} is wrong: ${problems.join("; ")}`);
  return request.method === "GET" ? conditional(answer, request.headers["if-none-match"]) : answer;
}

/** Not 5xx: a client would try again, and the test would only become slow. */
function violated({ parts, request }: Exchange, message: string): Answer {
  parts.log.violation(request, message);
  return failure(400, `Not as GitHub describes it: ${message}`);
}

function isGraphql({ method, path, url }: ReadRequest): boolean {
  return method === "POST" && (path === "/graphql" || url.pathname === "/api/graphql");
}

function sendArtifact(parts: Parts, request: ReadRequest, response: ServerResponse): void {
  const id = Number(request.path.slice(ARTIFACT_BYTES.length));
  const artifact = [...parts.world.repositories.values()].flatMap(
    ({ artifacts }) => artifacts.get(id) ?? [],
  )[0];
  const found = artifact && { status: 200, bytes: { type: "application/zip", content: artifact.zip } };
  sendAnswer(response, found ?? notFound(), {});
}
