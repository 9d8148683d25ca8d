import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, failure } from "./answer.ts";
import { secondaryRefusal } from "./rate-limit.ts";

/** Which requests a fault meets; all that are given must agree. */
export interface FaultTarget {
  /** As GitHub names it: `issues/create-comment`. GraphQL is `graphql`. */
  readonly operation?: string;
  readonly method?: string;
  /** How many of them, the next ones; 1 unless given, Infinity for all. */
  readonly times?: number;
}

/** What goes wrong with one request. */
export interface Fault {
  /** Before the operation runs. An answer takes the operation's place. */
  readonly before?: () => Promise<Answer | undefined> | Answer | undefined;
  /** The connection breaks: before the operation runs, or after it has, so that the client cannot know, or amid the answer. */
  readonly drop?: "before" | "after" | "amid";
}

/** The faults that are still to happen, met in the order in which they were asked for. */
export class Faults {
  readonly #waiting: { readonly target: FaultTarget; readonly fault: Fault; left: number }[] = [];

  add(target: FaultTarget, fault: Fault): void {
    this.#waiting.push({ target, fault, left: target.times ?? 1 });
  }

  /** Answer with a server's error (or any other) without doing anything. */
  fail(status: number, target: FaultTarget): void {
    this.add(target, { before: () => failure(status, status >= 500 ? "Server Error" : "Forbidden") });
  }

  secondaryRateLimit(retryAfterS: number, status: 403 | 429, target: FaultTarget): void {
    this.add(target, { before: () => secondaryRefusal(retryAfterS, status) });
  }

  slow(delayMs: number, target: FaultTarget): void {
    this.add(target, {
      before: async () => {
        await sleep(delayMs);
        return undefined;
      },
    });
  }

  /** Let the next `count` requests wait for each other: they run at the same time, as two racing jobs would. */
  meet(count: number, target: FaultTarget): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    let arrived = 0;
    const before = async () => {
      arrived += 1;
      if (arrived === count) resolve();
      await promise;
      return undefined;
    };
    this.add({ ...target, times: count }, { before });
  }

  /** The first one that meets this request, used up by one. */
  take(operation: string, method: string): Fault {
    const index = this.#waiting.findIndex(
      ({ target, left }) =>
        left > 0 &&
        (target.operation ?? operation) === operation &&
        (target.method ?? method).toUpperCase() === method,
    );
    const found = this.#waiting[index];
    if (found === undefined) return {};
    found.left -= 1;
    if (found.left === 0) this.#waiting.splice(index, 1);
    return found.fault;
  }
}
