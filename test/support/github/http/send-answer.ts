import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";

/** Write an answer with the headers that GitHub sends with every one. */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
): void {
  const bytes =
    answer.bytes?.content ?? (answer.body === undefined ? null : Buffer.from(JSON.stringify(answer.body)));
  const type = answer.bytes?.type ?? "application/json; charset=utf-8";
  response.writeHead(answer.status, {
    server: "github.com",
    "x-github-media-type": "github.v3; format=json",
    ...headers,
    ...answer.headers,
    ...(bytes === null ? {} : { "content-type": type, "content-length": String(bytes.length) }),
  });
  response.end(bytes ?? undefined);
}

/** An answer to a read, with its ETag; without a body where the client has it already. */
export function conditional(answer: Answer, ifNoneMatch: string | undefined): Answer {
  if (answer.status !== 200 || answer.body === undefined) return answer;
  const etag = `W/"${createHash("sha256").update(JSON.stringify(answer.body)).digest("hex")}"`;
  const headers = { ...answer.headers, etag };
  const known = (ifNoneMatch ?? "").split(/\s*,\s*/).map(strong);
  return known.includes(strong(etag)) ? { status: 304, headers } : { ...answer, headers };
}

function strong(etag: string): string {
  return etag.replace(/^W\//, "");
}
