import { type Answer, failure } from "./answer.ts";

export interface Limit {
  limit: number;
  remaining: number;
  /** Milliseconds since 1970. */
  resetAtMs: number;
  /** What a refusal answers: GitHub uses both. */
  status: 403 | 429;
}

const HOUR_MS = 3_600_000;

/** GitHub's primary rate limit, one bucket for every token of the test. */
export class RateLimit {
  #limit: Limit = { limit: 5000, remaining: 5000, resetAtMs: Date.now() + HOUR_MS, status: 403 };

  set(change: Partial<Limit>): void {
    this.#limit = { ...this.#limit, ...change };
  }

  /** @returns The refusal where nothing is left. */
  take(now: number): Answer | null {
    const limit = this.#limit;
    if (now >= limit.resetAtMs) this.set({ remaining: limit.limit, resetAtMs: now + HOUR_MS });
    if (this.#limit.remaining <= 0) {
      return failure(limit.status, "API rate limit exceeded for installation ID 1.");
    }
    this.#limit.remaining -= 1;
    return null;
  }

  /** A conditional request that is answered 304 counts for nothing. */
  giveBack(): void {
    this.#limit.remaining += 1;
  }

  headers(): Record<string, string> {
    const { limit, remaining, reset, used } = this.view();
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(reset),
      "x-ratelimit-resource": "core",
    };
  }

  view() {
    const { limit, remaining, resetAtMs } = this.#limit;
    return { limit, remaining, reset: Math.ceil(resetAtMs / 1000), used: limit - remaining };
  }
}

/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export function secondaryRefusal(retryAfterS: number, status: 403 | 429): Answer {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return failure(status, message, { "retry-after": String(retryAfterS) });
}
