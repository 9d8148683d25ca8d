import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { Snapshot } from "../../ports/git-history.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { planSources, type SourcePlan } from "../rendered/plan-sources.ts";
import { type DesiredState, readDesired } from "./read-desired.ts";

/** What one repository declares for a cluster, and by which sources. */
export interface Declared {
  readonly plan: SourcePlan;
  readonly desired: DesiredState;
}

export async function readDeclared(
  asked: AuditRequest,
  ports: AuditPorts,
  live: LiveSnapshot,
): Promise<Declared> {
  const at = snapshotOf(asked);
  const plan = await planSources(asked, ports, at, live);
  return { plan, desired: await desiredBy(plan, ports, at) };
}

export function desiredBy(
  { request, rendered }: SourcePlan,
  { git, renderer }: Pick<AuditPorts, "git" | "renderer">,
  at: Snapshot,
): Promise<DesiredState> {
  return readDesired(git, renderer, at, request.selector, request.namespaceFor, rendered);
}

export function snapshotOf({ worktree, commit }: Pick<AuditRequest, "worktree" | "commit">): Snapshot {
  return worktree ? { kind: "worktree" } : { kind: "commit", sha: commit };
}
