import type { ComparedIngress } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { submodulesNotRead } from "../desired/submodules-not-read.ts";
import type { History } from "../history/read-history.ts";
import { ofUnrendered } from "../rendered/unrendered-ingresses.ts";
import type { Comparison } from "./compare-with-live.ts";
import { hiddenByUnreadable, hiddenInCluster, hiddenProblem } from "./unreadable-files.ts";

/** Ingresses that are not audited, because an input that may hold their other side is not known. */
export interface HiddenIngresses {
  readonly ids: readonly IngressId[];
  /** What says so of each of them. */
  readonly problems: readonly Problem[];
}

export async function hiddenIngresses(
  git: GitHistory,
  { compared, desired, live, plan, theirs }: Comparison,
  history: History | null,
): Promise<HiddenIngresses> {
  const unrendered = ofUnrendered(compared, plan.unrendered);
  const undecided = plan.isUndecided ? compared.filter(isExtra).map(({ id }) => id) : [];
  const unreadable = [
    ...(await hiddenByUnreadable(git, compared, desired, history)),
    ...hiddenInCluster(compared, live.problems),
  ];
  const toldOfOtherwise = [...unrendered.hidden, ...theirs.unknown, ...undecided];
  const isToldOf = new Set(toldOfOtherwise.map(ingressKey));
  return {
    ids: [...unreadable, ...toldOfOtherwise],
    problems: [
      ...submodulesNotRead(desired, compared, history),
      ...unreadable.filter((id) => !isToldOf.has(ingressKey(id))).map(hiddenProblem),
      ...theirs.problems,
      ...unrendered.problems,
    ],
  };
}

function isExtra({ state }: ComparedIngress): boolean {
  return state === "extra";
}
