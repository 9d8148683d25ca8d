import type { Readable } from "node:stream";
import type { AuditTrail, AuditTrailContent } from "../../ports/audit-trail.ts";
import { expandFiles } from "./expand-files.ts";
import { openInput } from "./open-input.ts";
import { readEvents } from "./read-events.ts";
import { TrailBuilder } from "./trail-builder.ts";

export interface AuditLogFiles {
  /** Files or globs, `-` for standard input; plain or gzipped, one event of `audit.k8s.io/v1` a line, or EventLists. */
  readonly files: readonly string[];
  /** Relative files start here. */
  readonly cwd: string;
  readonly stdin?: Readable;
  /** A longer line is a problem and is skipped. */
  readonly maxLineBytes?: number;
}

const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * The API server's audit log from files. They are streamed: memory grows with the writes to Ingress objects, and not
 * with the log. The order of the files does not matter, and a file that repeats another's events adds nothing.
 *
 * @throws {AuditError} `audit-log-unreadable` when read, if a file or glob leads to nothing that can be opened.
 * @see https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
 */
export function auditLogFiles(options: AuditLogFiles): AuditTrail {
  return { read: (signal) => readFiles(options, signal) };
}

async function readFiles(options: AuditLogFiles, signal: AbortSignal): Promise<AuditTrailContent> {
  const trail = new TrailBuilder();
  const maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  for (const file of await expandFiles(options.files, options.cwd)) {
    signal.throwIfAborted();
    const input = await openInput(file, options.stdin ?? process.stdin, signal);
    await readEvents(input, maxLineBytes, trail.forFile(file.name));
  }
  return trail.content();
}
