import { setTimeout as sleep } from "node:timers/promises";
import type { Get } from "./api-connection.ts";
import { ApiFailure, type Failure } from "./api-failure.ts";

const ATTEMPTS = 4;
/** A server that asks for a longer pause than this is as good as unreachable. */
const LONGEST_DELAY_MS = 30_000;
const PASSING_ERRORS: readonly string[] = ["ECONNRESET", "EPIPE", "EAI_AGAIN", "ETIMEDOUT"];

/** Repeat a GET that failed for a reason that passes, with growing pauses. A GET changes nothing, so this is safe. */
export function retrying(get: Get, { firstDelayMs }: { readonly firstDelayMs: number }): Get {
  return async (path, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await get(path, signal);
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof ApiFailure) || !isPassing(error.failure)) throw error;
        await sleep(delayMs(error.failure, attempt, firstDelayMs), undefined, { signal });
      }
    }
  };
}

function isPassing(failure: Failure): boolean {
  if (failure.kind === "network") return PASSING_ERRORS.includes(failure.code);
  if (failure.kind !== "status") return false;
  const isOverload = failure.status === 429 || failure.status >= 500;
  return isOverload && (failure.retryAfterMs ?? 0) <= LONGEST_DELAY_MS;
}

function delayMs(failure: Failure, attempt: number, firstDelayMs: number): number {
  const asked = failure.kind === "status" ? failure.retryAfterMs : null;
  return asked ?? firstDelayMs * 2 ** (attempt - 1);
}
