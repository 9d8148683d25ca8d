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
    this.#stream.write(`\r\u001b[2K${what} …`);
    this.#isShown = true;
  };

  end(): void {
    if (this.#isShown) this.#stream.write("\r\u001b[2K");
    this.#isShown = false;
  }
}
