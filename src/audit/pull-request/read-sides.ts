import { compareIngresses } from "../../compare/compare-ingresses.ts";
import { type DesiredIngress, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { AuditRequest } from "../audit-request.ts";
import type { DesiredState } from "../desired/read-desired.ts";
import { hiddenByUnreadable } from "../gather/unreadable-files.ts";
import type { ClusterFacts, SourcePlan } from "../rendered/plan-sources.ts";
import type { ComparedCommits } from "./choose-commits.ts";
import { type GitSide, hiddenByBroken, readGitSide } from "./git-side.ts";
import { mergeDesired } from "./merge-desired.ts";
import { problemsOfChange } from "./problems-of-change.ts";
import type { ReviewPorts } from "./pull-request-request.ts";
import {
  type MovedIngress,
  type SideIngresses,
  type TouchedIngress,
  touchedIngresses,
} from "./touched-ingresses.ts";

/** What a pull request does to Git. */
export interface ComparedSides {
  readonly touched: readonly TouchedIngress[];
  readonly moved: readonly MovedIngress[];
  /** Files whose text changed, though no Ingress that they declare did. */
  readonly rewritten: readonly string[];
  /** Of the head: those that the base does not have, or that hide what is changed. */
  readonly problems: readonly Problem[];
  /** What the base declares, and what it would with the pull request merged. */
  readonly base: readonly DesiredIngress[];
  readonly merged: readonly DesiredIngress[];
  /** What renders what at the head. */
  readonly headPlan: SourcePlan;
}

/** @param facts What the cluster tells of the sources. */
export async function readSides(
  request: AuditRequest,
  ports: ReviewPorts,
  { base, head, forkedAt }: ComparedCommits,
  facts: ClusterFacts,
): Promise<ComparedSides> {
  const read = (sha: string) => readGitSide(request, ports, sha, facts);
  const [before, after] = [await read(base), await read(head)];
  const fork = forkedAt === base ? before : await read(forkedAt);
  const [forked, based, headed] = [fork, before, after].map(({ desired }) => desired.ingresses);
  const merged = mergeDesired({ fork: forked ?? [], base: based ?? [], head: headed ?? [] });
  const baseSide = await sideWith(ports, before, [after]);
  const headSide = await sideWith(ports, after, [before, fork]);
  const { touched, moved } = touchedIngresses(baseSide, { ...headSide, ingresses: merged });
  return {
    touched,
    moved,
    rewritten: rewrittenFiles(fork.desired, after.desired, touched),
    problems: await problemsOfChange(ports.git, fork, after),
    base: before.desired.ingresses,
    merged,
    headPlan: after.plan,
  };
}

async function sideWith(
  { git }: ReviewPorts,
  side: GitSide,
  others: readonly GitSide[],
): Promise<SideIngresses> {
  const { desired } = side;
  const elsewhere = [
    ...new Map(
      others.flatMap((other) => other.desired.ingresses).map((each) => [ingressKey(each.id), each]),
    ).values(),
  ];
  const compared = compareIngresses(desired.ingresses, elsewhere, { ingressClasses: null });
  const hidden = [
    ...(await hiddenByUnreadable(git, compared, desired, null)),
    ...hiddenByBroken(side, others),
  ];
  return { ingresses: desired.ingresses, hidden: new Set(hidden.map(ingressKey)) };
}

function rewrittenFiles(
  before: DesiredState,
  after: DesiredState,
  touched: readonly TouchedIngress[],
): readonly string[] {
  const blobs = new Map(before.files.map(({ path, blob }) => [path, blob]));
  const keys = new Set(touched.map(({ id }) => ingressKey(id)));
  const declared = Map.groupBy(after.ingresses, ({ origin }) => origin.path);
  return after.files
    .filter(({ path, blob }) => blobs.has(path) && blobs.get(path) !== blob)
    .filter(({ path }) => {
      const ingresses = declared.get(path) ?? [];
      return ingresses.length > 0 && ingresses.every(({ id }) => !keys.has(ingressKey(id)));
    })
    .map(({ path }) => path);
}
