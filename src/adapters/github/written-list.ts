import { setTimeout as sleep } from "node:timers/promises";
import { createOnce } from "./create-once.ts";
import type { ForgePace } from "./forge-options.ts";

/** In seconds of the client's pace: about 8 s in all. */
const AGAIN_AFTER_S = [0.25, 0.5, 1, 2, 4];

export interface WrittenListSource<T> {
  /** A comment's id, an issue's number: growing in the order of creation. */
  readonly keyOf: (item: T) => number;
  readonly list: (signal: AbortSignal) => Promise<readonly T[]>;
  /** Read one, which does not lag; null where it is gone, or belongs to the list no more. */
  readonly get: (key: number, signal: AbortSignal) => Promise<T | null>;
  readonly pace: ForgePace;
}

/**
 * A list to which this program adds. The forge's lists stay behind, but show writes in their order: once ours is there, so
 * is everything before it. Waiting for our own, of two runs that create at the same time the later one sees the other's.
 */
export class WrittenList<T> {
  readonly #source: WrittenListSource<T>;
  readonly #created = new Set<number>();
  readonly #seen = new Set<number>();

  constructor(source: WrittenListSource<T>) {
    this.#source = source;
  }

  /** What the forge lists and what was created here, in the order of creation. */
  async list(signal: AbortSignal): Promise<readonly T[]> {
    let items = await this.#look(signal);
    for (const seconds of AGAIN_AFTER_S) {
      if (this.#late(items).length === 0) break;
      await sleep(seconds * this.#source.pace.secondMs, undefined, { signal });
      items = await this.#look(signal);
    }
    const { keyOf } = this.#source;
    return [...items, ...(await this.#recall(items, signal))].sort(
      (left, right) => keyOf(left) - keyOf(right),
    );
  }

  /**
   * Create one, and no second one where the forge did it but could not say so.
   *
   * @param isSame Whether an item that was not there before is the one that was to be created.
   */
  async create(create: () => Promise<T>, isSame: (item: T) => boolean, signal: AbortSignal): Promise<T> {
    const { keyOf, pace } = this.#source;
    const before = new Set(this.#seen);
    const find = async () => {
      const items = await this.#look(signal);
      return items.find((item) => !before.has(keyOf(item)) && isSame(item)) ?? null;
    };
    const item = await createOnce({ create, find, secondMs: pace.secondMs, signal });
    this.remember(item);
    return item;
  }

  /** It was created, and must be listed from now on. */
  remember(item: T): void {
    this.#seen.add(this.#source.keyOf(item));
    this.#created.add(this.#source.keyOf(item));
  }

  forget(key: number): void {
    this.#created.delete(key);
  }

  async #look(signal: AbortSignal): Promise<readonly T[]> {
    const items = await this.#source.list(signal);
    for (const item of items) this.#seen.add(this.#source.keyOf(item));
    return items;
  }

  #late(items: readonly T[]): readonly number[] {
    const listed = new Set(items.map(this.#source.keyOf));
    return [...this.#created].filter((key) => !listed.has(key));
  }

  async #recall(items: readonly T[], signal: AbortSignal): Promise<readonly T[]> {
    const recalled: T[] = [];
    for (const key of this.#late(items)) {
      const item = await this.#source.get(key, signal);
      if (item === null) this.forget(key);
      else recalled.push(item);
    }
    return recalled;
  }
}
