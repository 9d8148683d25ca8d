import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import type { TestCluster } from "./test-cluster.ts";

/** What happens to one request on its way to the real server. */
export type Fault =
  | { readonly kind: "pass" }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks before an answer. */
  | { readonly kind: "reset" }
  /** The connection breaks in the middle of the real answer. */
  | { readonly kind: "cut" }
  /** No answer ever. */
  | { readonly kind: "hang" }
  | { readonly kind: "rewrite"; readonly rewrite: (body: string) => string };

export interface FlakyProxy {
  readonly url: string;
  /** Path and query of each request so far. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/**
 * A plain HTTP server before the real API server.
 *
 * @param faultFor Asked for each request; `earlier` counts the requests before it whose URL is the same.
 */
export async function startFlakyProxy(
  cluster: TestCluster,
  faultFor: (url: string, earlier: number) => Fault,
): Promise<FlakyProxy> {
  const ca = await readFile(cluster.caPath);
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    const url = request.url ?? "";
    const earlier = requests.filter((each) => each === url).length;
    requests.push(url);
    handle({ request, response, fault: faultFor(url, earlier), target: `${cluster.url}${url}`, ca }).catch(
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly fault: Fault;
  readonly target: string;
  readonly ca: Buffer;
}

async function handle(exchange: Exchange): Promise<void> {
  const { response, fault } = exchange;
  switch (fault.kind) {
    case "answer":
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    case "reset":
      response.destroy();
      return;
    case "hang":
      return;
    default: {
      const answer = await forward(exchange);
      const body = fault.kind === "rewrite" ? fault.rewrite(answer.body) : answer.body;
      response.writeHead(answer.status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      });
      if (fault.kind === "cut") {
        response.write(body.slice(0, body.length / 2), () => response.destroy());
      } else {
        response.end(body);
      }
    }
  }
}

async function forward({ request, target, ca }: Exchange): Promise<{ status: number; body: string }> {
  const onward = https.get(target, { ca, headers: { authorization: request.headers.authorization ?? "" } });
  const [answer]: http.IncomingMessage[] = await once(onward, "response");
  if (answer === undefined) throw new Error("no answer");
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}
