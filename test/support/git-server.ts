import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A repository behind HTTP that wants a token, as GitHub serves private ones. */
export interface GitServer extends AsyncDisposable {
  /** Of the repository: `http://127.0.0.1:PORT/acme/shop`. */
  readonly url: string;
  /** What a client must send as its Authorization header. */
  readonly authorization: string;
  /** How many requests came without it. */
  readonly refused: () => number;
}

/**
 * Serve a repository by git's own http-backend.
 *
 * @param gitDir The repository, bare.
 * @see https://git-scm.com/docs/git-http-backend
 */
export async function startGitServer(gitDir: string, token: string): Promise<GitServer> {
  // What actions/checkout sends.
  const authorization = `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  let refused = 0;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== authorization) {
      refused += 1;
      response.writeHead(401, { "www-authenticate": "Basic" }).end();
      return;
    }
    serve(gitDir, request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/acme/shop`,
    authorization,
    refused: () => refused,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

async function serve(gitDir: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = await buffer(request);
  const backend = spawn("git", ["http-backend"], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: gitDir,
      GIT_HTTP_EXPORT_ALL: "1",
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: pathname.replace("/acme/shop", ""),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  backend.stdin.on("error", () => {}); // it may answer without reading everything
  backend.stdin.end(body);
  const answer = await buffer(backend.stdout);
  const end = answer.indexOf("\r\n\r\n");
  const headers = answer.subarray(0, end).toString("latin1").split("\r\n");
  for (const header of headers) {
    const [name = "", value = ""] = header.split(/:\s*/);
    if (name === "Status") response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.end(answer.subarray(end + 4));
}
