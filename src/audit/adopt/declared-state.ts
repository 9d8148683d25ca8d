import type { DesiredIngress } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { GitHistory, Snapshot } from "../../ports/git-history.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { readDesired } from "../read-desired.ts";
import { planSources, type SourcePlan } from "../rendered/plan-sources.ts";
import { type FileContents, withFiles } from "./with-files.ts";

/** What Git declares for the audited cluster, with some files changed. */
export interface DeclaredState {
  readonly ingresses: readonly DesiredIngress[];
  readonly problems: readonly Problem[];
  readonly plan: SourcePlan;
  readonly git: GitHistory;
  /** By a link's path, the file that it leads to. */
  readonly links: ReadonlyMap<string, string>;
}

export type Declare = (contents: FileContents) => Promise<DeclaredState>;

/** Reads and renders all sources, each time with other content. */
export function declarer(request: AuditRequest, ports: AuditPorts, live: LiveSnapshot): Declare {
  return async (contents) => {
    const git = withFiles(ports.git, contents);
    const at = snapshotOf(request);
    const plan = await planSources(request, { ...ports, git, progress: () => {} }, at, live);
    const { selector, namespaceFor } = plan.request;
    const state = await readDesired(git, ports.renderer, at, selector, namespaceFor, plan.rendered);
    const links = state.files.flatMap(({ path, linkTarget }) =>
      linkTarget === null ? [] : [[path, linkTarget] as const],
    );
    return {
      ingresses: state.ingresses,
      problems: [...plan.problems, ...state.problems],
      plan,
      git,
      links: new Map([...links, ...(plan.rendered?.links ?? [])]),
    };
  };
}

export function snapshotOf({ worktree, commit }: Pick<AuditRequest, "worktree" | "commit">): Snapshot {
  return worktree ? { kind: "worktree" } : { kind: "commit", sha: commit };
}
