import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { RenderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { toolRenderer } from "../../../src/adapters/render/tool-renderer.ts";
import { runAudit } from "../../../src/audit/run-audit.ts";
import { assemble } from "../../../src/entry/assembly/assemble.ts";
import type { RenderedSource } from "../../../src/model/source.ts";
import type { AuditReport } from "../../../src/report/audit-report.ts";
import type { TestRepository } from "../repository/build-repository.ts";
import { type ToolChoice, toolsOnPath } from "./tools-on-path.ts";

export interface SourcesAudit {
  readonly report: AuditReport;
  /** The id of the source that each run of a tool was for. */
  readonly runs: readonly string[];
}

/** Audit one live Ingress, shop/web, against sources that the real tools render. */
export async function auditSources(
  repository: TestRepository,
  sources: readonly RenderedSource[],
  live: { readonly host: string; readonly service?: string },
  cache: RenderCache,
  choice: ToolChoice = {},
): Promise<SourcesAudit> {
  await using tools = await toolsOnPath(choice);
  const snapshot = path.join(repository.dir, ".git", "live.json");
  await writeFile(snapshot, JSON.stringify({ apiVersion: "v1", kind: "List", items: [liveIngress(live)] }));
  const surroundings = {
    now: new Date("2026-01-01T00:00:00Z"),
    signal: AbortSignal.timeout(60_000),
    stdin: Readable.from([]),
    progress: () => {},
  };
  const options = { repo: repository.dir, ref: "main", snapshot, color: false };
  const { request, ports } = await assemble([], options, surroundings);
  const runs: string[] = [];
  const sourceRenderer = toolRenderer({
    cache,
    allowNetwork: false,
    parallelism: 2,
    timeoutSeconds: 60,
    path: tools.path,
    onRun: ({ id }) => runs.push(id),
  });
  const report = await runAudit({ ...request, sources, discover: false }, { ...ports, sourceRenderer });
  return { report, runs };
}

function liveIngress({ host, service = "web" }: { readonly host: string; readonly service?: string }) {
  const backend = { service: { name: service, port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", uid: "1", resourceVersion: "9" },
    spec: { rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] },
  };
}
