import { indexGraph } from "../../../src/attribute/history/index-graph.ts";
import {
  type ObjectChange,
  type ObjectHistory,
  objectHistory,
} from "../../../src/attribute/history/object-history.ts";
import type { FieldReader } from "../../../src/model/field-reader.ts";
import { type KeyedNode, keyedValueAt } from "../../../src/model/keyed-ingress.ts";

/** One commit of a small history: its parents by name, and the object after it. */
export interface SmallCommit {
  readonly name: string;
  readonly parents?: readonly string[];
  /** The object's fields after this commit; `absent`, `unreadable`; left out where the commit does not touch the file. */
  readonly object?: KeyedNode | "absent" | "unreadable";
  /** The object's state in further files after this commit, by path. */
  readonly files?: Readonly<Record<string, KeyedNode | "absent" | "unreadable">>;
  /** Seconds; by default ten for each commit before it in the list. */
  readonly at?: number;
  readonly isBoundary?: boolean;
  readonly committer?: string;
  readonly isMergeOfBranch?: boolean;
}

export interface SmallHistory {
  readonly history: ObjectHistory;
  readonly commit: (name: string) => number;
  readonly nameOf: (commit: number) => string;
}

/**
 * An object's history over a commit graph.
 *
 * @param commits Oldest first. A commit without `parents` follows the one before it; `[]` is a root.
 */
export function historyOf(
  commits: readonly SmallCommit[],
  options: {
    readonly head?: string;
    readonly otherRefs?: Readonly<Record<string, string>>;
    /** Seconds; unless given no clock can be ahead of it. */
    readonly now?: number;
  } = {},
): SmallHistory {
  const newestFirst = commits.toReversed();
  const indexOf = (name: string) => {
    const index = newestFirst.findIndex((commit) => commit.name === name);
    if (index === -1) throw new Error(`No commit ${name}`);
    return index;
  };
  const graph = {
    commits: newestFirst.map((commit, position) => ({
      sha: shaOf(commit.name),
      parents: (commit.parents ?? newestFirst.slice(position + 1, position + 2).map(({ name }) => name)).map(
        indexOf,
      ),
      committedAt: commit.at ?? (newestFirst.length - position) * 10,
      isBoundary: commit.isBoundary ?? false,
      ...(commit.committer === undefined ? {} : { committer: commit.committer }),
      isMergeOfBranch: commit.isMergeOfBranch ?? false,
    })),
    head: options.head === undefined ? 0 : indexOf(options.head),
    otherRefs: Object.entries(options.otherRefs ?? {}).map(([name, commit]) => ({
      name,
      commit: indexOf(commit),
    })),
    changes: [],
  };
  const index = indexGraph(graph, options.now ?? Number.POSITIVE_INFINITY);
  const changes = newestFirst.flatMap((commit, position): ObjectChange[] => {
    const files = { ...(commit.object === undefined ? {} : { "web.yaml": commit.object }), ...commit.files };
    return Object.entries(files).map(([path, object]) => ({
      commit: position,
      path,
      state: stateOf(object),
    }));
  });
  return {
    history: objectHistory(index, changes),
    commit: indexOf,
    nameOf: (commit) => newestFirst[commit]?.name ?? "",
  };
}

/** Forty characters that begin with the commit's name, so that failures read well. */
export function shaOf(name: string): string {
  return name.padEnd(40, "0");
}

export const readValue: FieldReader = (ingress) => keyedValueAt(ingress, ["value"]);

function stateOf(object: KeyedNode | "absent" | "unreadable"): ObjectChange["state"] {
  if (object === "absent" || object === "unreadable") return { kind: object };
  return { kind: "present", ingress: { fields: object, order: new Map() } };
}
