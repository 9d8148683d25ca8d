import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { auditLogFiles } from "../../../../src/adapters/audit-log/audit-log-files.ts";
import type { JsonObject } from "../../../../src/model/json.ts";
import type { AuditTrailContent } from "../../../../src/ports/audit-trail.ts";

/** A successful patch by alice, as an API server logs it, but for what is given. */
export function event(fields: JsonObject = {}): JsonObject {
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "RequestResponse",
    auditID: "id-1",
    stage: "ResponseComplete",
    requestURI: "/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web?fieldManager=kubectl-patch",
    verb: "patch",
    user: { username: "alice", groups: ["developers"] },
    sourceIPs: ["203.0.113.9", "10.0.0.1"],
    userAgent: "kubectl/v1.36.3",
    objectRef: {
      resource: "ingresses",
      namespace: "shop",
      name: "web",
      apiGroup: "networking.k8s.io",
      apiVersion: "v1",
    },
    responseStatus: { code: 200 },
    requestObject: { spec: { ingressClassName: "b" } },
    responseObject: ingress("11"),
    requestReceivedTimestamp: "2026-01-01T00:00:00.000000Z",
    stageTimestamp: "2026-01-01T00:00:00.010000Z",
    ...fields,
  };
}

export function ingress(resourceVersion: string, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", uid: "u1", resourceVersion, generation: 1, ...metadata },
    spec: { ingressClassName: "b" },
  };
}

export function lines(...events: readonly JsonObject[]): string {
  return events.map((each) => `${JSON.stringify(each)}\n`).join("");
}

/** Reads a log from standard input. */
export function readText(text: string | Buffer, maxLineBytes?: number): Promise<AuditTrailContent> {
  const stdin = Readable.from([Buffer.from(text)]);
  const options = { files: ["-"], cwd: tmpdir(), stdin };
  return auditLogFiles(maxLineBytes === undefined ? options : { ...options, maxLineBytes }).read(
    AbortSignal.timeout(10_000),
  );
}

export function readFiles(cwd: string, ...files: readonly string[]): Promise<AuditTrailContent> {
  return auditLogFiles({ files, cwd }).read(AbortSignal.timeout(10_000));
}

/** A folder with these files, gone at the end of the block. */
export async function folderOf(files: Readonly<Record<string, string | Buffer>>) {
  const folder = await mkdtemp(path.join(tmpdir(), "audit-log-"));
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
