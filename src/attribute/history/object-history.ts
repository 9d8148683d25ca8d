import { type KeyedIngress, sameKeyedValue } from "../../model/keyed-ingress.ts";
import type { GraphIndex } from "./index-graph.ts";
import { nearestChange } from "./nearest-change.ts";

/** What one file says of one Ingress after one commit. */
export type ObjectState =
  | { readonly kind: "present"; readonly ingress: KeyedIngress }
  | { readonly kind: "absent" }
  /** The file could not be read at that commit: it may or may not declare the object. */
  | { readonly kind: "unreadable" };

/** The state of the object in one file after a commit that changed the file against its first parent. */
export interface ObjectChange {
  readonly commit: number;
  readonly path: string;
  readonly state: ObjectState;
}

/** Every version of one Ingress in Git, over all files that ever declared it. */
export interface ObjectHistory {
  readonly index: GraphIndex;
  /** Indices of the commits that changed one of the files, newest first. */
  readonly changedAt: readonly number[];
  /** The nearest change from a commit along first parents, itself included; null when there is none. */
  readonly nearestChange: (commit: number) => number | null;
  readonly stateAt: (commit: number) => ObjectState;
}

const ABSENT: ObjectState = { kind: "absent" };

export function objectHistory(index: GraphIndex, changes: readonly ObjectChange[]): ObjectHistory {
  const byPath = Map.groupBy(changes, (change) => change.path);
  const files = [...byPath.keys()].sort().map((path) => nearestChange(index, byPath.get(path) ?? []));
  const anyFile = nearestChange(index, changes);
  return {
    index,
    changedAt: [...new Set(changes.map((change) => change.commit))].sort((left, right) => left - right),
    nearestChange: (commit) => anyFile(commit)?.commit ?? null,
    stateAt: (commit) => combineStates(files.map((nearest) => nearest(commit)?.state ?? ABSENT)),
  };
}

/**
 * What several declarations say together. One that declares the object wins over one that cannot be read, and that one
 * over those without it. Which of two that differ reaches the cluster, nobody can tell.
 */
export function combineStates(states: readonly ObjectState[]): ObjectState {
  const [first, ...others] = states.filter((state) => state.kind === "present");
  if (first === undefined) return states.find((state) => state.kind === "unreadable") ?? ABSENT;
  return others.every(({ ingress }) => sameIngress(first.ingress, ingress)) ? first : { kind: "unreadable" };
}

function sameIngress(left: KeyedIngress, right: KeyedIngress): boolean {
  if (left === right) return true;
  const orderOf = ({ order }: KeyedIngress) =>
    Object.fromEntries([...order].map(([list, entries]) => [list, [...entries]]));
  return sameKeyedValue(left.fields, right.fields) && sameKeyedValue(orderOf(left), orderOf(right));
}
