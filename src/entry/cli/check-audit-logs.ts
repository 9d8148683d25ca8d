import { open, stat } from "node:fs/promises";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { Configuration } from "../../model/configuration.ts";

/** The part of a file that shows whether it is an audit log: each event names its API group near its beginning. */
const HEAD_BYTES = 64 * 1024;
/** The API server's own events, and those that a cloud has wrapped. */
const EVENT = /audit\.k8s\.io|"auditID"|"protoPayload"|"logEvents"/;

/**
 * `--audit-log` takes every argument up to the next option, because a shell expands a glob into many. An argument that
 * was meant for the command itself is then taken for a log: that is told, and never read as a log without events.
 *
 * @param repo Where a PATH to audit would start.
 * @param command What it was probably meant for.
 * @throws {AuditError} `usage`.
 */
export async function checkAuditLogs(
  files: readonly string[],
  repo: string,
  command: "audit" | "blame" | "adopt" | "restore",
): Promise<void> {
  for (const [index, file] of files.entries()) {
    const why = file === "-" ? null : await whyNoLog(file, repo, index > 0);
    if (why === null) continue;
    const logs = why.isFolder ? ` The logs in a folder are "${file.replace(/\/+$/, "")}/*".` : "";
    throw new AuditError({
      code: "usage",
      what: `--audit-log takes ${file} for an audit log, and ${why.what}`,
      where: { "audit logs": files.join(" ") },
      mend: `If it is no log, write it before the options (ingress-audit ${command} ${file} --audit-log …), or -- before it.${logs}`,
    });
  }
}

/** The same, where a file may say whose it is: `NAME=FILE`. */
export async function checkNamedLogs(
  files: readonly string[],
  { clusters }: Configuration,
  repo: string,
  command: Parameters<typeof checkAuditLogs>[2],
): Promise<void> {
  const unnamed = files.map((file) => {
    const named = clusters.find(({ name }) => file.startsWith(`${name}=`));
    return named === undefined ? file : file.slice(named.name.length + 1);
  });
  await checkAuditLogs(unnamed, repo, command);
}

interface NoLog {
  readonly what: string;
  readonly isFolder: boolean;
}

async function whyNoLog(file: string, repo: string, isFurther: boolean): Promise<NoLog | null> {
  const noLog = (what: string, isFolder = false) => ({ what, isFolder });
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return noLog("it is a folder", true);
  if (found === null) {
    if (/[*?[\]{}]/.test(file)) return null;
    const isInRepository = (await stat(path.resolve(repo, file)).catch(() => null)) !== null;
    return isInRepository || isFurther ? noLog("there is no such file") : null;
  }
  if (/\.ya?ml$/i.test(file)) return noLog("it is a manifest by its name");
  const isInside = !path.relative(path.resolve(repo), path.resolve(file)).startsWith("..");
  const mayBeManifest = /\.json$/i.test(file) && isInside;
  return mayBeManifest && !(await holdsEvents(file)) ? noLog("it holds no audit event") : null;
}

/** A file that cannot be read is told of by whoever reads it. */
async function holdsEvents(file: string): Promise<boolean> {
  const head = await readHead(file).catch(() => Buffer.alloc(0));
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  return head.length === 0 || isGzip || EVENT.test(head.toString("latin1"));
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
