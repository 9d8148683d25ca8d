import { setTimeout as sleep } from "node:timers/promises";
import { AuditError } from "../../model/audit-error.ts";

const ATTEMPTS = 2;
/** In seconds of the client's pace: lists show what was created a little later. */
const LOOKS_AFTER_S = [0.5, 1, 2];

export interface Creation<T> {
  readonly create: () => Promise<T>;
  /** Look whether it is there; null where it is not. */
  readonly find: () => Promise<T | null>;
  readonly secondMs: number;
  readonly signal: AbortSignal;
}

/** Create something exactly once: after a failure that may have come too late, look for it before trying again. */
export async function createOnce<T>(creation: Creation<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await creation.create();
    } catch (error) {
      if (!mayHaveHappened(error)) throw error;
      const found = await look(creation);
      if (found !== null) return found;
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** A time limit, a broken connection, a server's error, or an answer that could not be read. */
function mayHaveHappened(error: unknown): boolean {
  return error instanceof AuditError && ["forge-unreachable", "forge-answer"].includes(error.code);
}

async function look<T>({ find, secondMs, signal }: Creation<T>): Promise<T | null> {
  for (const seconds of LOOKS_AFTER_S) {
    await sleep(seconds * secondMs, undefined, { signal });
    const found = await find();
    if (found !== null) return found;
  }
  return null;
}
