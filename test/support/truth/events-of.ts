import type { Story } from "./life.ts";

/** How often a story has what makes it hard: one that lacks all of it would prove nothing. */
export interface EventCounts {
  /** Writes of a pipeline whose commit a force push has dropped since. */
  readonly deployedThenDropped: number;
  /** Cherry-picks in main's history, with another committer than the author. */
  readonly picked: number;
  readonly revertsOfReverts: number;
  /** Writes to the cluster between the making of a commit of main's and its push, hours or days later. */
  readonly writtenBeforePush: number;
  /** People's writes that changed nothing. */
  readonly saidAgain: number;
  /** Ingresses to which two pipelines have written. */
  readonly ofTwoPipelines: number;
}

export function eventsOf({ cluster, git }: Story): EventCounts {
  const keys = cluster.writtenKeys();
  const writes = keys.flatMap((key) => cluster.writes(key));
  const own = git.commits.filter(({ number }) => git.ancestors(git.head).has(number));
  const late = own.filter(({ number }) => git.pushedLate.has(number));
  return {
    deployedThenDropped: writes.filter(({ deployed }) => deployed !== null && !git.isKept(deployed.commit))
      .length,
    picked: own.filter(({ pickedFrom }) => pickedFrom !== null).length,
    revertsOfReverts: own.filter(({ subject }) => subject.startsWith('Revert "Revert "')).length,
    writtenBeforePush: late.flatMap(({ committedAt, number }) =>
      writes.filter(({ from }) => from / 1000 > committedAt + 1 && from < (git.pushedLate.get(number) ?? 0)),
    ).length,
    saidAgain: writes.filter(({ via }) => via.endsWith("of what is there")).length,
    ofTwoPipelines: keys.filter((key) => {
      const users = cluster.writes(key).flatMap(({ deployed, user }) => (deployed === null ? [] : [user]));
      return new Set(users).size > 1;
    }).length,
  };
}
