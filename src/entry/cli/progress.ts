/**
 * Tells on standard error what is being done, on one line that the next one replaces; only on a terminal, and only
 * once the work has taken a while.
 */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #startedAt = performance.now();
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  readonly tell = (what: string): void => {
    if (!this.#stream.isTTY || performance.now() - this.#startedAt < 500) return;
    // A line that wraps could not be taken back.
    const room = Math.max(0, (this.#stream.columns ?? 80) - 3);
    this.#stream.write(`\r\u001b[2K${what.slice(0, room)} …`);
    this.#isShown = true;
  };

  end(): void {
    if (this.#isShown) this.#stream.write("\r\u001b[2K");
    this.#isShown = false;
  }
}
