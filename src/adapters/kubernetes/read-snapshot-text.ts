import { createReadStream } from "node:fs";
import { addAbortSignal, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AuditError } from "../../model/audit-error.ts";

/** Far beyond any cluster's Ingresses; a guard against input that only unpacks to be large. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The text of a snapshot: UTF-8 or UTF-16 with a mark (as PowerShell redirects), gzipped or not.
 *
 * @throws {AuditError} `snapshot-not-found`, `snapshot-unreadable`.
 */
export async function readSnapshotText(
  path: string,
  stdin: AsyncIterable<Uint8Array | string>,
  signal: AbortSignal,
): Promise<string> {
  const source = path === "-" ? "snapshot on standard input" : path;
  const bytes = await readBytes(path, stdin, signal, source);
  return decode(await unpack(bytes, source), source);
}

async function readBytes(
  path: string,
  stdin: AsyncIterable<Uint8Array | string>,
  signal: AbortSignal,
  source: string,
): Promise<Buffer> {
  const stream = path === "-" ? readable(stdin) : createReadStream(path);
  try {
    return await buffer(addAbortSignal(signal, stream));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw unreadable(error, source);
  }
}

/** A stream is read itself: a wrapper around it would wait for its next bytes before it could be given up. */
function readable(stdin: AsyncIterable<Uint8Array | string>): Readable {
  return stdin instanceof Readable ? stdin : Readable.from(stdin);
}

function unreadable(error: unknown, source: string): AuditError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const isAbsent = code === "ENOENT";
  return new AuditError({
    code: isAbsent ? "snapshot-not-found" : "snapshot-unreadable",
    what: isAbsent ? `There is no file ${source}` : `The snapshot ${source} cannot be read (${code})`,
    where: { snapshot: source },
    mend: "Name a file that ingress-audit snapshot or kubectl get ingress,ingressclass -A -o json wrote.",
    cause: error,
  });
}

async function unpack(bytes: Buffer, source: string): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    throw new AuditError({
      code: "snapshot-unreadable",
      what: `The snapshot ${source} begins like a gzip file and cannot be unpacked`,
      where: { snapshot: source },
      mend: "It was cut off or damaged: take the snapshot again.",
      cause: error,
    });
  }
}

function decode(bytes: Buffer, source: string): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    // Both decoders drop a byte order mark.
    return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AuditError({
      code: "snapshot-unreadable",
      what: `The snapshot ${source} is not text`,
      where: { snapshot: source },
      mend: "Give JSON or YAML in UTF-8, gzipped or not.",
      cause: error,
    });
  }
}
