import { AuditError } from "../../model/audit-error.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { SourcePlan } from "./plan-sources.ts";

/** Which commits the cluster last applied: one for all where the user said so, else each source's own. */
export interface AppliedRevisions {
  readonly of: (id: IngressId) => string | null;
  /** Each of them once. */
  readonly commits: readonly string[];
  /** The one of all sources; null where they differ or are not known. */
  readonly common: string | null;
}

export async function appliedRevisions(
  git: GitHistory,
  given: string | null,
  { appliedRevisions: bySource, rendered }: SourcePlan,
): Promise<AppliedRevisions> {
  if (given !== null) return { of: () => given, commits: [given], common: given };
  const known = new Map<string, string>();
  for (const [id, revision] of bySource) {
    // The tool may have applied a commit that this clone does not have.
    const commit = await git.resolveCommit(revision).catch(noSuchCommit);
    if (commit !== null) known.set(id, commit);
  }
  const byIngress = new Map<string, string>();
  for (const { source, ingresses } of rendered?.sources ?? []) {
    const revision = known.get(source.id);
    if (revision !== undefined) for (const { id } of ingresses) byIngress.set(ingressKey(id), revision);
  }
  const commits = [...new Set(known.values())];
  return {
    of: (id) => byIngress.get(ingressKey(id)) ?? null,
    commits,
    common: commits.length === 1 && known.size === bySource.size ? (commits[0] ?? null) : null,
  };
}

function noSuchCommit(error: unknown): null {
  if (error instanceof AuditError && error.code === "ref-not-found") return null;
  throw error;
}
