import type { ComparedIngress } from "../../model/divergence.ts";
import { type DesiredIngress, type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import { declaredTwice } from "../desired/declared-twice.ts";
import type { Neighbour, NeighbourDeclared } from "../desired/neighbour.ts";
import type { DesiredState } from "../desired/read-desired.ts";

/** What the other repositories of the configuration declare for the audited cluster. */
export interface OthersDeclared {
  /** The repository's own, without what another one declares too: that is a problem, and nobody's divergence. */
  readonly desired: DesiredState;
  readonly others: readonly (NeighbourDeclared & { readonly name: string })[];
}

/** Set apart what two repositories declare for one cluster: nothing says which of them it follows. */
export async function withoutDeclaredTwice(
  desired: DesiredState,
  neighbours: readonly Neighbour[],
  live: LiveSnapshot,
): Promise<OthersDeclared> {
  const others: (NeighbourDeclared & { readonly name: string })[] = [];
  for (const neighbour of neighbours)
    others.push({ ...(await neighbour.declared(live)), name: neighbour.name });
  const places = placesOf(others);
  const isTwice = ({ id }: DesiredIngress) => places.has(ingressKey(id));
  const twice = desired.ingresses.filter(isTwice);
  if (twice.length === 0) return { desired, others };
  return {
    desired: {
      ...desired,
      ingresses: desired.ingresses.filter((each) => !isTwice(each)),
      problems: [
        ...desired.problems,
        ...twice.map((each) => declaredTwice(each, places.get(ingressKey(each.id)) ?? [], TWICE)),
      ],
    },
    others,
  };
}

/** Where other repositories declare an Ingress, once or several times. */
function placesOf(others: OthersDeclared["others"]): ReadonlyMap<string, readonly string[]> {
  const found = others.flatMap((other) => {
    if (other.kind === "unreadable") return [];
    const at = (path: string, line: number | null) =>
      `${path}${line === null ? "" : `:${line}`} of repository ${other.name}`;
    return [
      ...other.ingresses.map(({ id, origin }) => ({
        key: ingressKey(id),
        place: at(origin.path, origin.line),
      })),
      ...other.problems.flatMap(({ code, ingress, path, line }) =>
        code === "declared-twice" && ingress !== undefined
          ? [{ key: ingressKey(ingress), place: at(path, line) }]
          : [],
      ),
    ];
  });
  return new Map(
    [...Map.groupBy(found, ({ key }) => key)].map(([key, same]) => [key, same.map(({ place }) => place)]),
  );
}

const TWICE = "Give each of the repositories its own sources for the cluster, or remove all but one.";

/** Live Ingresses that the repository does not declare, and that are not its own all the same. */
export interface OthersLive {
  /** Those that another one declares, or may: they are in its report. */
  readonly ofOthers: readonly IngressId[];
  /** Those of which nobody knows, because a repository could not be read. */
  readonly unknown: readonly IngressId[];
  readonly problems: readonly Problem[];
}

export async function liveOfOthers(
  compared: readonly ComparedIngress[],
  { desired, others }: OthersDeclared,
): Promise<OthersLive> {
  if (others.length === 0) return { ofOthers: [], unknown: [], problems: [] };
  const own = new Set(
    desired.problems.flatMap(({ ingress }) => (ingress === undefined ? [] : [ingressKey(ingress)])),
  );
  let left = compared.filter(({ id, state }) => state === "extra" && !own.has(ingressKey(id)));
  const ofOthers: IngressId[] = [];
  for (const other of others) {
    if (other.kind === "unreadable") continue;
    const taken = new Set([...declaredIn(other), ...(await other.hides(left))].map(ingressKey));
    ofOthers.push(...left.map(({ id }) => id).filter((id) => taken.has(ingressKey(id))));
    left = left.filter(({ id }) => !taken.has(ingressKey(id)));
  }
  const unreadable = others.filter((other) => other.kind === "unreadable");
  return {
    ofOthers,
    unknown: unreadable.length === 0 ? [] : left.map(({ id }) => id),
    problems: unreadable.map((other) => repositoryUnreadable(other, left.length)),
  };
}

function declaredIn({ ingresses, problems }: NeighbourDeclared & { readonly kind: "read" }): IngressId[] {
  return [...ingresses.map(({ id }) => id), ...problems.flatMap(({ ingress }) => ingress ?? [])];
}

function repositoryUnreadable(
  { name, what, mend }: NeighbourDeclared & { readonly kind: "unreadable"; readonly name: string },
  count: number,
): Problem {
  const effect =
    count === 0
      ? ""
      : `; whether it declares ${count === 1 ? "the live Ingress" : `the ${count} live Ingresses`} that no other repository declares is unknown, so ${count === 1 ? "it is" : "they are"} not audited`;
  return {
    path: `repository ${name}`,
    line: null,
    code: "repository-unreadable",
    message: `Repository ${name} could not be read: ${what}${effect}`,
    remedy: mend,
    level: count === 0 ? "warning" : "error",
  };
}
