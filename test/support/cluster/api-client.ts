import https from "node:https";
import { text } from "node:stream/consumers";
import type { Json } from "../../../src/model/json.ts";
import { type TestUser, tokenOf } from "./access.ts";
import type { ApiAnswer, RequestOptions } from "./test-cluster.ts";

export interface ApiClient {
  request(
    user: TestUser,
    method: string,
    path: string,
    body?: Json,
    options?: RequestOptions,
  ): Promise<ApiAnswer>;
  close(): void;
}

/** Raw requests over kept-alive connections: kubectl costs 100 ms a call, this a few. */
export function apiClient(url: string, ca: string): ApiClient {
  const agent = new https.Agent({ ca, keepAlive: true, maxSockets: 16 });
  return {
    request: async (user, method, path, body, options = {}) => {
      const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer>();
      const content = Buffer.from(body === undefined ? "" : JSON.stringify(body));
      // Node sends the body of a DELETE without its length, and the server takes it for the next request.
      const headers = { ...headersFor(user, options), "content-length": content.length };
      const request = https.request(new URL(path, url), { agent, method, headers });
      request.once("error", reject);
      request.once("response", (response) => {
        text(response).then(
          (answer) => resolve({ status: response.statusCode ?? 0, body: parsed(answer) }),
          reject,
        );
      });
      request.end(content);
      return await promise;
    },
    close: () => agent.destroy(),
  };
}

function headersFor(user: TestUser, options: RequestOptions): Record<string, string> {
  return {
    authorization: `Bearer ${tokenOf(user)}`,
    accept: "application/json",
    "content-type": options.contentType ?? "application/json",
    "user-agent": options.userAgent ?? "test-client/1.0",
    ...options.headers,
  };
}

function parsed(answer: string): Json {
  try {
    return JSON.parse(answer) as Json;
  } catch {
    return answer;
  }
}
