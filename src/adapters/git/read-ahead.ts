import { Readable } from "node:stream";

/** What a process prints, taken as it comes, before anybody asks for it. */
export interface StreamAhead {
  readonly chunks: AsyncIterable<Buffer>;
  /** Ends the process. */
  readonly drop: () => void;
}

/** Of 64 KB each: beyond them the process waits until somebody reads. */
const MAX_CHUNKS = 1024;

/** @param open Starts the process, which the signal ends. */
export function readAhead(open: (signal: AbortSignal) => AsyncIterable<Buffer>): StreamAhead {
  const dropped = new AbortController();
  const chunks = Readable.from(open(dropped.signal), { highWaterMark: MAX_CHUNKS });
  chunks.on("error", () => {}); // whoever reads it hears of it
  chunks.read(0);
  return { chunks, drop: () => dropped.abort() };
}
