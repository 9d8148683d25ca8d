import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { ApiFailure } from "./api-failure.ts";
import { credentials } from "./credential-options.ts";
import { environmentProxy } from "./environment-proxy.ts";
import type { Kubeconfig } from "./load-kubeconfig.ts";

/** GETs a path of the API server. @throws {ApiFailure} */
export type Get = (path: string, signal: AbortSignal) => Promise<JsonObject>;

export interface ApiConnection {
  readonly context: string;
  /** What problems and errors name as the place. */
  readonly source: string;
  readonly server: string;
  /** Host and port of the proxy before it; null where there is none. */
  readonly proxy: string | null;
  readonly get: Get;
}

export interface Timeouts {
  /** For each request, from its start to the end of the answer. */
  readonly timeoutMs: number;
  /** For a credential plugin. */
  readonly pluginTimeoutMs: number;
}

export function openConnection(
  kubeconfig: Kubeconfig,
  { timeoutMs, pluginTimeoutMs }: Timeouts,
): ApiConnection {
  const { config } = kubeconfig;
  const context = config.getCurrentContext();
  const cluster = config.getCurrentCluster();
  const server = cluster?.server ?? "";
  const proxyUrl = cluster?.proxyUrl ?? environmentProxy(server, process.env);
  if (cluster !== null && proxyUrl !== null) Object.assign(cluster, { proxyUrl });
  const credentialsFor = credentials(kubeconfig, pluginTimeoutMs);
  return {
    context,
    source: `context ${context}`,
    server,
    proxy: proxyUrl === null ? null : (URL.parse(proxyUrl)?.host ?? ""),
    get: async (path, signal) => {
      const options = await credentialsFor(signal);
      const timeout = AbortSignal.timeout(timeoutMs);
      const either = AbortSignal.any([signal, timeout]);
      try {
        return await getOnce(options, `${server}${path}`, either);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (timeout.aborted) throw new ApiFailure({ kind: "timeout", timeoutMs });
        throw error;
      }
    },
  };
}

async function getOnce(options: https.RequestOptions, url: string, signal: AbortSignal): Promise<JsonObject> {
  const response = await open(url, options, signal);
  const body = await text(response).catch((error: unknown) => {
    throw networkFailure(error);
  });
  const status = response.statusCode ?? 0;
  const parsed = parse(body);
  if (status < 200 || status > 299) {
    throw new ApiFailure({
      kind: "status",
      status,
      message: isJsonObject(parsed) && typeof parsed.message === "string" ? parsed.message : "",
      retryAfterMs: retryAfterMs(response.headers["retry-after"]),
    });
  }
  if (!isJsonObject(parsed)) {
    throw new ApiFailure({ kind: "answer", contentType: response.headers["content-type"] ?? "none" });
  }
  return parsed;
}

async function open(
  url: string,
  credentials: https.RequestOptions,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const options = {
    ...credentials,
    signal,
    method: "GET",
    headers: { ...credentials.headers, accept: "application/json", "user-agent": "ingress-audit" },
  };
  try {
    const request = (url.startsWith("http:") ? http : https).request(url, options);
    request.on("error", (error) => reject(networkFailure(error)));
    request.once("response", resolve);
    request.end();
  } catch (error) {
    reject(unsendable(error));
  }
  return await promise;
}

/** The request could not even be written: a token with a line break in it, an address that is none. */
function unsendable(error: unknown): ApiFailure {
  const isHeader = error instanceof Error && "code" in error && error.code === "ERR_INVALID_CHAR";
  if (!isHeader) return networkFailure(error);
  return new ApiFailure({ kind: "credentials", reason: "the token has a character that no header may have" });
}

function networkFailure(error: unknown): ApiFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return new ApiFailure({ kind: "network", code });
}

function parse(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

/** Seconds; the API server never sends a date. */
function retryAfterMs(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null;
}
