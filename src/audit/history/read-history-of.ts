import type { ComparedIngress } from "../../model/divergence.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import type { Gathered } from "../gather/gathered.ts";
import { formerPaths } from "./former-paths.ts";
import { type History, readHistory } from "./read-history.ts";

/** The history of some of the Ingresses, of any that the audit has compared or that was there once. */
export async function readHistoryOf(
  request: AuditRequest,
  ports: AuditPorts,
  known: Pick<Gathered, "commit" | "applied" | "desired" | "rendered"> & {
    readonly wanted: readonly Pick<ComparedIngress, "id" | "state">[];
  },
): Promise<History> {
  ports.progress("Reading Git's history");
  const { commit, wanted } = known;
  const further = known.applied.commits;
  const extras = wanted.filter(({ state }) => state === "extra").map(({ id }) => id);
  const former = await formerPaths(request, ports, commit, further, extras);
  return readHistory(ports.git, ports.renderer, {
    commit,
    further,
    former,
    ...(request.proposed === undefined ? {} : { proposed: request.proposed }),
    selector: request.selector,
    namespaceFor: request.namespaceFor,
    links: known.desired.files.flatMap(({ path, linkTarget }) =>
      linkTarget === null ? [] : [{ path, target: linkTarget }],
    ),
    ids: wanted.map(({ id }) => id),
    undeclared: extras,
    worktree: request.worktree,
    rendered: known.rendered,
    now: request.now,
  });
}
