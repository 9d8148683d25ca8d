import { type FieldManagerEntry, fieldManagerEntries } from "../../attribute/managed-fields.ts";
import { isDeployment, isWriteOf } from "../../attribute/verdict/actors.ts";
import { isHandTool, isMerged } from "../../attribute/verdict/pipeline.ts";
import type { WriterPolicy } from "../../attribute/verdict/writer-policy.ts";
import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import type { IngressId, LiveIngress } from "../../model/ingress.ts";
import { isJsonObject } from "../../model/json.ts";

/** Who wrote most of the Ingresses that agree with Git, and is listed as no deployer. One of the two at least is known. */
export interface UnknownDeployer {
  /** A fieldManager, by managedFields. */
  readonly manager: Candidate | null;
  /** By the audit log. */
  readonly user: Candidate | null;
}

export interface Candidate {
  readonly name: string;
  /** How many Ingresses that agree with Git it wrote, of those of which it is known who did. */
  readonly wrote: number;
  readonly of: number;
}

/** Whatever keeps most Ingresses as Git has them is the pipeline. Fewer than three say nothing. */
const AT_LEAST = 3;
const GREAT_MAJORITY = 0.8;

/** What people use as pipelines do: to list these as deployers would hide what people apply. */
const ANYBODYS: ReadonlySet<string> = new Set(["kubectl-client-side-apply", "kubectl", "kubectl-create"]);

/** @param writesOf An Ingress's writes in the audit log, oldest first. */
export function unknownDeployer(
  compared: readonly ComparedIngress[],
  writesOf: (id: IngressId) => readonly ClusterWrite[],
  policy: WriterPolicy,
): UnknownDeployer | null {
  const agreeing = compared.flatMap(({ desired, divergences, live }) =>
    desired !== null && live !== null && divergences.length === 0 ? [live] : [],
  );
  const manager = candidateOf(agreeing.flatMap((live) => managerOf(live, policy) ?? []));
  const user = candidateOf(agreeing.flatMap(({ id }) => userOf(writesOf(id), policy) ?? []));
  return manager === null && user === null ? null : { manager, user };
}

interface Writer {
  readonly name: string;
  readonly mayBeListed: boolean;
}

function candidateOf(writers: readonly Writer[]): Candidate | null {
  const byName = Map.groupBy(writers, ({ name }) => name);
  for (const [name, own] of byName) {
    const isMost = own.length >= AT_LEAST && own.length >= GREAT_MAJORITY * writers.length;
    if (isMost && own.every(({ mayBeListed }) => mayBeListed))
      return { name, wrote: own.length, of: writers.length };
  }
  return null;
}

/** The manager that wrote the spec last; a deployer that owns any of it has the word. */
function managerOf({ object }: LiveIngress, policy: WriterPolicy): Writer | null {
  const isControllers = ({ manager }: FieldManagerEntry) =>
    policy.controllerRules.some((rule) => rule.isManager(manager));
  const entries = fieldManagerEntries(object)
    .filter(({ fields, subresource }) => subresource === "" && isJsonObject(fields["f:spec"]))
    .filter((entry) => !isMerged(entry) && !isControllers(entry))
    .sort((left, right) => (right.at ?? "").localeCompare(left.at ?? ""));
  const known = entries.find(({ manager }) => policy.isDeployerManager(manager));
  if (known !== undefined) return { name: known.manager, mayBeListed: false };
  const [last] = entries;
  if (last === undefined) return null;
  return { name: last.manager, mayBeListed: !ANYBODYS.has(last.manager) && !isHandTool(last.manager) };
}

function userOf(writes: readonly ClusterWrite[], policy: WriterPolicy): Writer | null {
  const isControllers = (write: ClusterWrite) =>
    policy.controllerRules.some((rule) => isWriteOf(rule, write));
  const last = writes.findLast((write) => write.subresource === undefined && !isControllers(write));
  if (last === undefined) return null;
  return { name: last.impersonatedBy ?? last.user, mayBeListed: !isDeployment(last, policy) };
}
