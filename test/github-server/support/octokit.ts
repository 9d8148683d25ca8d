import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { GitHubServer } from "../../support/github/github-server.ts";

/** The real client without plugins that wait. */
export function plainOctokit(server: GitHubServer, token: string | null = server.tokens.actions): Octokit {
  return new Octokit({ baseUrl: server.url, ...(token === null ? {} : { auth: token }), log: SILENT });
}

/** The real client with the retry and throttling plugins; it says what the throttling saw. */
export function patientOctokit(server: GitHubServer) {
  const seen: string[] = [];
  const Patient = Octokit.plugin(retry, throttling);
  const octokit = new Patient({
    baseUrl: server.url,
    auth: server.tokens.actions,
    log: SILENT,
    // The retry plugin would repeat a 429 itself, without waiting for its retry-after.
    retry: { retryAfterBaseValue: 10, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    throttle: {
      fallbackSecondaryRateRetryAfter: 1,
      onRateLimit: (_, __, ___, retryCount) => seen.push("primary") > 0 && retryCount < 2,
      onSecondaryRateLimit: (_, __, ___, retryCount) => seen.push("secondary") > 0 && retryCount < 2,
    },
  });
  return { octokit, seen };
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
