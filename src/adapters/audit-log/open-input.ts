import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AuditError } from "../../model/audit-error.ts";
import type { LogFile } from "./expand-files.ts";

/**
 * The bytes of a log, unpacked if they are gzip's, whatever the name says; a rotated log may be several gzip members.
 *
 * @throws {AuditError} `audit-log-unreadable`, now or while it is read. A damaged archive throws {@link DamagedArchive}.
 */
export async function* openInput(
  file: LogFile,
  stdin: Readable,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const source = file.path === null ? stdin : await openFile(file, file.path);
  const chunks = readChunks(source, file, signal);
  const head = await readHead(chunks);
  const whole = joined(head, chunks);
  yield* isGzip(head) ? gunzip(whole) : whole;
}

/** The archive breaks off or its bytes are wrong: what came before still counts. */
export class DamagedArchive extends Error {
  override readonly name = "DamagedArchive";
}

async function openFile(file: LogFile, path: string): Promise<Readable> {
  try {
    const handle = await open(path, "r");
    return handle.createReadStream({ highWaterMark: 1024 * 1024 });
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* readChunks(source: Readable, file: LogFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  const abort = () => source.destroy(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    for await (const chunk of source) {
      signal.throwIfAborted();
      yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(file, error);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** At least the two bytes that tell gzip apart, if there are as many. */
async function readHead(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* joined(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function* gunzip(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(packed);
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  try {
    for await (const chunk of unpacked) yield chunk as Buffer;
  } catch (error) {
    throw isZlibError(error) ? new DamagedArchive(String(error.message), { cause: error }) : error;
  } finally {
    source.destroy();
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^Z_/.test(String(error.code));
}

function unreadable(file: LogFile, error: unknown): AuditError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return new AuditError({
    code: "audit-log-unreadable",
    what: `Cannot read the audit log ${file.name} (${code})`,
    where: { file: file.name },
    mend: "Check that it is a file and that you may read it.",
    cause: error,
  });
}
