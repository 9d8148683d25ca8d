import type { IncomingMessage } from "node:http";

export interface ReadRequest {
  readonly method: string;
  /** With the prefix of an Enterprise Server taken off. */
  readonly path: string;
  readonly url: URL;
  /** JSON; undefined where there is none. */
  readonly body: unknown;
  readonly headers: IncomingMessage["headers"];
}

/** Read a request whole; a body that is no JSON comes as the text itself, which no operation allows. */
export async function readRequest(
  message: IncomingMessage,
  origin: string,
  prefix: string,
): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? "/", origin);
  const path =
    prefix !== "" && url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
  return {
    method: message.method ?? "GET",
    path,
    url,
    body: parse(Buffer.concat(chunks).toString("utf8")),
    headers: message.headers,
  };
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
