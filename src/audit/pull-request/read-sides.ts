import { compareIngresses } from "../../compare/compare-ingresses.ts";
import { type DesiredIngress, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { AuditRequest } from "../audit-request.ts";
import { type DesiredState, readDesired } from "../read-desired.ts";
import { hiddenByUnreadable } from "../unreadable-files.ts";
import type { ComparedCommits } from "./choose-commits.ts";
import { mergeDesired } from "./merge-desired.ts";
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
  /** Of the head, that the base does not have. */
  readonly problems: readonly Problem[];
  /** What the base declares, and what it would with the pull request merged. */
  readonly base: readonly DesiredIngress[];
  readonly merged: readonly DesiredIngress[];
}

export async function readSides(
  request: AuditRequest,
  ports: ReviewPorts,
  { base, head, forkedAt }: ComparedCommits,
): Promise<ComparedSides> {
  const read = (sha: string) =>
    readDesired(ports.git, ports.renderer, { kind: "commit", sha }, request.selector, request.namespaceFor);
  const [before, after] = [await read(base), await read(head)];
  const fork = forkedAt === base ? before : await read(forkedAt);
  const merged = mergeDesired({ fork: fork.ingresses, base: before.ingresses, head: after.ingresses });
  const baseSide = await sideWith(ports, before, after.ingresses);
  const headSide = await sideWith(ports, after, [...before.ingresses, ...fork.ingresses]);
  const { touched, moved } = touchedIngresses(baseSide, { ...headSide, ingresses: merged });
  return {
    touched,
    moved,
    rewritten: rewrittenFiles(fork, after, touched),
    problems: newProblems(fork.problems, after.problems),
    base: before.ingresses,
    merged,
  };
}

async function sideWith(
  { git }: ReviewPorts,
  state: DesiredState,
  others: readonly DesiredIngress[],
): Promise<SideIngresses> {
  const elsewhere = [...new Map(others.map((each) => [ingressKey(each.id), each])).values()];
  const compared = compareIngresses(state.ingresses, elsewhere, { ingressClasses: null });
  const hidden = await hiddenByUnreadable(git, compared, state, null);
  return { ingresses: state.ingresses, hidden: new Set(hidden.map(ingressKey)) };
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

/** A problem that only moved to another line is no new one. */
function newProblems(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  const known = new Map<string, number>();
  for (const problem of before) known.set(keyOf(problem), (known.get(keyOf(problem)) ?? 0) + 1);
  return after.filter((problem) => {
    const left = known.get(keyOf(problem)) ?? 0;
    known.set(keyOf(problem), left - 1);
    return left <= 0;
  });
}

function keyOf({ path, code, message, ingress }: Problem): string {
  return JSON.stringify([path, code, message, ingress ?? null]);
}
