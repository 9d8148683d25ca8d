import { randomBytes } from "node:crypto";
import { Apps } from "./apps.ts";
import type { Token } from "./caller.ts";
import type { Repository } from "./repository.ts";
import { Users } from "./users.ts";

/** How long the real one takes to show what was written, in milliseconds. */
export interface Lag {
  /** Lists of issues and comments; a read by number or id sees them at once. */
  lists: number;
  search: number;
}

/** What GitHub's description leaves open. */
export interface Lists {
  /** Whether a list of issues says who closed each; reading one issue always does. */
  closedBy: boolean;
}

/** Everything that the server knows, and the counters and the clock that number and date it. */
export class World {
  readonly users = new Users();
  /** By what stands in the Authorization header. */
  readonly tokens = new Map<string, Token>();
  readonly apps = new Apps();
  readonly repositories = new Map<string, Repository>();
  readonly lag: Lag = { lists: 0, search: 0 };
  readonly lists: Lists = { closedBy: true };
  /** Where the API is, without a slash at the end; set once the server listens. */
  apiUrl = "http://127.0.0.1";
  readonly htmlUrl = "https://github.com";
  readonly #clock: () => Date;
  #lastId = 1000;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** As GitHub writes times: whole seconds. */
  now(): string {
    return `${this.#clock().toISOString().slice(0, 19)}Z`;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  nextUuid(): string {
    return randomBytes(16).toString("hex");
  }

  repository(fullName: string): Repository | undefined {
    return this.repositories.get(fullName.toLowerCase());
  }
}

/** Issues and pull requests share their numbers. */
export function nextNumber(repository: Repository): number {
  return Math.max(0, ...repository.issues.keys()) + 1;
}
