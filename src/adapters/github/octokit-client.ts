import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import Bottleneck from "bottleneck/light.js";
import { ForgeFailure } from "./failure.ts";
import type { ForgePace } from "./forge-options.ts";
import { wholeFetch } from "./whole-fetch.ts";

/** Statuses that another try cannot mend; a 403 or 429 is the throttling's to judge. */
const FINAL_STATUSES = [400, 401, 403, 404, 409, 410, 422, 429, 451];
const MOST_RETRIES = 3;
const MOST_WAITS = 3;
/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const SECONDARY_WAIT_S = 60;

/** @see https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const API_VERSION = "2022-11-28";

const Client = Octokit.plugin(retry, throttling);

export interface ClientOptions {
  readonly apiUrl: string;
  readonly pace: ForgePace;
  readonly log: (message: string) => void;
  /** Octokit's own: a token, or a strategy with what it takes. */
  readonly auth: object;
  /** Between two requests other than GET; 0 for a client that only reads by GraphQL. */
  readonly writeGapMs: number;
}

/** Octokit with retries of reads, waits for rate limits up to a bound, and a time limit for each answer. */
export function octokitClient(options: ClientOptions): Octokit {
  const { apiUrl, pace, auth } = options;
  const octokit = new Client({
    baseUrl: apiUrl,
    userAgent: "ingress-audit",
    log: SILENT,
    request: { fetch: wholeFetch(pace.timeoutMs) },
    retry: { retries: MOST_RETRIES, doNotRetry: FINAL_STATUSES, retryAfterBaseValue: pace.secondMs },
    throttle: throttle(options),
    ...auth,
  });
  octokit.hook.before("request", (request) => {
    request.headers["x-github-api-version"] = API_VERSION;
    if (!isRead(request.method, request.url)) request.request = { ...request.request, retries: 0 };
  });
  octokit.hook.after("request", ({ status, data }) => requireJson(status, data));
  return octokit;
}

function throttle({ pace, log, writeGapMs }: ClientOptions) {
  const waits = (kind: string) => (seconds: number, _: unknown, __: unknown, waited: number) => {
    if (waited >= MOST_WAITS || seconds * 1000 > pace.longestWaitMs) return false;
    log(`GitHub's ${kind} rate limit is reached; waiting ${seconds} s`);
    return true;
  };
  // The plugin's own groups belong to the process, and hold 3 s between comments where GitHub asks for 1 s.
  const gap = () => new Bottleneck.Group({ maxConcurrent: 1, minTime: writeGapMs });
  return {
    write: gap(),
    notifications: gap(),
    retryAfterBaseValue: pace.secondMs,
    fallbackSecondaryRateRetryAfter: SECONDARY_WAIT_S,
    onRateLimit: waits("primary"),
    onSecondaryRateLimit: waits("secondary"),
  };
}

/** Octokit's pagination takes an answer without a body for an empty list, and an unreadable list is never an empty one. */
function requireJson(status: number, data: unknown): void {
  if (status === 200 && (typeof data !== "object" || data === null || data instanceof ArrayBuffer)) {
    throw new ForgeFailure({ kind: "answer", problem: "it is no JSON" });
  }
}

/** What may be done twice: reading, GraphQL here being all queries, and getting a token. */
function isRead(method: string, url: string): boolean {
  return method === "GET" || /\/graphql$|\/access_tokens$/.test(url);
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
