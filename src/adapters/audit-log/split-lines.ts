/** One line of a log, without its end. */
export interface LogLine {
  /** 1-based. */
  readonly number: number;
  /** null where the line is longer than allowed: its bytes were not kept. */
  readonly bytes: Buffer | null;
  /** False for what stands after the last line break. */
  readonly isEnded: boolean;
}

const NEWLINE = 0x0a;

/** Splits a stream into lines; never holds more than one line and one chunk. Empty lines are counted and left out. */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  maxLineBytes: number,
): AsyncGenerator<LogLine> {
  const pending = new PendingLine(maxLineBytes);
  let number = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const bytes = pending.take(chunk.subarray(start, end));
      if (bytes === null || bytes.length > 0) yield { number, bytes, isEnded: true };
      number++;
      start = end + 1;
    }
    pending.add(chunk.subarray(start));
  }
  const bytes = pending.take(Buffer.alloc(0));
  if (bytes === null || bytes.length > 0) yield { number, bytes, isEnded: false };
}

/** The beginning of a line whose end has not been read yet. */
class PendingLine {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#maxBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  /** The whole line, without a carriage return at its end; null where it is too long. */
  take(end: Buffer): Buffer | null {
    this.add(end);
    const isTooLong = this.#length > this.#maxBytes;
    const line = this.#parts.length === 1 ? (this.#parts[0] ?? end) : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    if (isTooLong) return null;
    return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
  }
}
