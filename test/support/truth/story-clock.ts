const HOUR_MS = 3_600_000;

/** Longer than any story, so that none of it lies in the future. */
const BACK_MS = 40 * 24 * HOUR_MS;

/**
 * Tells a life of seconds as one of days. What happens in one second stays so; between the phases hours or days pass,
 * in Git's dates as in all that the cluster has stamped.
 */
export class StoryClock {
  readonly #isStretched: boolean;
  readonly #leaps: { readonly from: number; readonly hours: number }[] = [];

  constructor(isStretched = false) {
    this.#isStretched = isStretched;
  }

  /** Some hours pass. To be called in a second in which nothing has happened yet. */
  moveOn(hours: number): void {
    const from = Math.floor(Date.now() / 1000) * 1000;
    this.#leaps.push({ from, hours: hours + (this.#leaps.at(-1)?.hours ?? 0) });
  }

  /** @param truly Milliseconds since the epoch. */
  told(truly: number): number {
    if (!this.#isStretched) return truly;
    const hours = this.#leaps.findLast(({ from }) => from <= truly)?.hours ?? 0;
    return truly - BACK_MS + hours * HOUR_MS;
  }

  /** A text in which every time is as the story tells it. */
  retold(text: string): string {
    if (!this.#isStretched) return text;
    return text.replaceAll(TIME, (_, seconds: string, fraction: string | undefined) => {
      const told = new Date(this.told(Date.parse(`${seconds}Z`))).toISOString().slice(0, 19);
      return `${told}${fraction ?? ""}Z`;
    });
  }
}

const TIME = /\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z/g;
