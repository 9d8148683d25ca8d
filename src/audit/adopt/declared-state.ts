import type { DesiredIngress } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { readDeclared } from "../desired/read-declared.ts";
import type { SourcePlan } from "../rendered/plan-sources.ts";
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
    const { plan, desired } = await readDeclared(request, { ...ports, git, progress: () => {} }, live);
    const links = desired.files.flatMap(({ path, linkTarget }) =>
      linkTarget === null ? [] : [[path, linkTarget] as const],
    );
    return {
      ingresses: desired.ingresses,
      problems: [...plan.problems, ...desired.problems],
      plan,
      git,
      links: new Map([...links, ...(plan.rendered?.links ?? [])]),
    };
  };
}
