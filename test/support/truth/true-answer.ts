import type { FieldPath } from "../../../src/model/field-path.ts";
import type { Verdict } from "../../../src/model/verdict.ts";
import { CHALLENGE, SOLVER } from "./certificate-controller.ts";
import type { TrueWrite } from "./cluster-record.ts";
import { differences, type FieldDifference, fieldText } from "./field-tree.ts";
import { isNothing } from "./git-record.ts";
import type { Story } from "./life.ts";

/** A set of commits of which some must be named and others may be. */
export interface CommitClaim {
  readonly required: ReadonlySet<number>;
  readonly allowed: ReadonlySet<number>;
}

/** What a divergence truly is, with full knowledge of both timelines. */
export interface TrueAnswer {
  readonly key: string;
  readonly path: FieldPath;
  readonly field: string;
  readonly change: FieldDifference["change"];
  readonly verdict: Verdict;
  /** pending, unmerged: the commits behind it. */
  readonly commits: CommitClaim;
  /** unmerged: refs that hold the value. */
  readonly refs: ReadonlySet<string>;
  /** out-of-band: Git's changes beside the hand's. */
  readonly conflict: CommitClaim;
  /** Commits that truly wrote the live value. */
  readonly matches: ReadonlySet<number>;
  /** Whoever made the write; null where there was none. */
  readonly actor: { readonly user: string; readonly impersonatedBy: string | null } | null;
  /**
   * Commits without which there would be no divergence, whoever else wrote: all that may be named as a cause by who
   * does not see the writes.
   */
  readonly causes: ReadonlySet<number>;
  /** Commits that moved the field and that the deployer has not applied, whoever else wrote. */
  readonly unapplied: ReadonlySet<number>;
}

const NONE: CommitClaim = { required: new Set(), allowed: new Set() };
const NOBODY = {
  commits: NONE,
  refs: new Set<string>(),
  conflict: NONE,
  matches: new Set<number>(),
  actor: null,
  causes: new Set<number>(),
  unapplied: new Set<number>(),
};

/** Every divergence that there truly is between main's head and the cluster, with its answer. */
export function trueAnswers(story: Story): TrueAnswer[] {
  const desired = story.git.commit(story.git.head).models;
  const { live } = story.cluster;
  return [...new Set([...desired.keys(), ...live.keys()])].sort().flatMap((key) => {
    const sides = { desired: desired.get(key), live: live.get(key) };
    if (sides.desired !== undefined && sides.live !== undefined) {
      return differences(sides.desired, sides.live).map((each) => answerFor(story, key, each));
    }
    const change = sides.desired === undefined ? ("added" as const) : ("removed" as const);
    return [answerFor(story, key, { path: [], field: "", change, desired: undefined, live: undefined })];
  });
}

function answerFor(story: Story, key: string, { path, field, change }: FieldDifference): TrueAnswer {
  const about = { key, path, field, change };
  const write = decisiveWrite(story, key, path);
  if (write === null) return { ...about, ...NOBODY, verdict: "pending", ...neverApplied(story, key, path) };
  const actor = { user: write.user, impersonatedBy: write.impersonatedBy };
  const matches = holders(story, key, path);
  if (write.role === "controller" && isControllers(key, path)) {
    return { ...about, ...NOBODY, verdict: "controller", actor, matches };
  }
  if (write.deployed !== null)
    return { ...about, ...NOBODY, actor, matches, ...deployed(story, key, path, write) };
  return { ...about, ...NOBODY, actor, matches, ...byHand(story, key, path, write) };
}

/** A challenge's path in an Ingress of Git's, or a solver's whole Ingress. */
function isControllers(key: string, path: FieldPath): boolean {
  return path.length === 0 ? key.includes(SOLVER) : path.some((segment) => segment.includes(CHALLENGE));
}

/**
 * The write behind the live value: the last that changed the field, unless the deployer has since applied a commit
 * that says the same. Then the cluster holds what Git declared at that commit, whoever was first.
 */
function decisiveWrite({ cluster }: Story, key: string, path: FieldPath): TrueWrite | null {
  const changed = cluster.lastChange(key, path);
  const writes = cluster.writes(key);
  if (changed === null) return null;
  const live = fieldText(cluster.live.get(key), path);
  const confirmed = writes.findLast(
    ({ deployed }, index) =>
      index >= changed && deployed !== null && fieldText(deployed.model, path) === live,
  );
  return confirmed ?? writes[changed] ?? null;
}

function neverApplied({ git }: Story, key: string, path: FieldPath) {
  const movers = git.movers(git.head, null, key, path);
  const commits = { required: new Set([Math.max(...movers)]), allowed: movers };
  return { commits, causes: movers, unapplied: movers };
}

/** The deployer wrote what a commit declares: Git has moved since, or the commit is not main's. */
function deployed(story: Story, key: string, path: FieldPath, write: TrueWrite) {
  const { git, cluster } = story;
  const commit = write.deployed?.commit ?? 0;
  const live = fieldText(cluster.live.get(key), path);
  if (fieldText(write.deployed?.model, path) !== live) return coOwned(story, key, path, write);
  const outside = git.movers(commit, git.head, key, path);
  const moved = git.movers(git.head, commit, key, path);
  const taken = outside.size === 0 ? undefined : takenIn(story, key, path, live, commit);
  if (taken !== undefined) {
    const since = git.movers(git.head, taken, key, path);
    return {
      verdict: "pending" as const,
      commits: { required: since, allowed: since },
      causes: since,
      unapplied: moved,
    };
  }
  if (outside.size > 0) {
    const writer = new Set([Math.max(...outside)]);
    const refs = refsWith(story, writer);
    return {
      verdict: "unmerged" as const,
      commits: { required: writer, allowed: outside },
      refs,
      causes: outside,
      unapplied: moved,
    };
  }
  const commits = { required: movedSince(story, key, path, live, write, moved), allowed: moved };
  return { verdict: "pending" as const, commits, causes: moved, unapplied: moved };
}

/** The last commit of main's line that took a branch's value in, as a squash merge does: it is main's from then on. */
function takenIn(
  { git }: Story,
  key: string,
  path: FieldPath,
  value: string,
  commit: number,
): number | undefined {
  const old = git.ancestors(commit);
  return git.mainline.findLast((each) => !old.has(each) && git.text(each, key, path) === value);
}

/** A server-side apply left a value in place that it does not name: somebody else applied it too. */
function coOwned(story: Story, key: string, path: FieldPath, write: TrueWrite) {
  return byHand(story, key, path, write);
}

function byHand(story: Story, key: string, path: FieldPath, write: TrueWrite) {
  const { git, cluster } = story;
  const last = cluster.lastDeployment(key);
  const live = fieldText(cluster.live.get(key), path);
  const overwritten = last === null ? null : fieldText(last.deployed?.model, path);
  const moved = git.movers(git.head, last?.deployed?.commit ?? null, key, path);
  const required =
    last === null || overwritten === null
      ? new Set<number>()
      : movedSince(story, key, path, overwritten, last, moved);
  const isRestored = overwritten === live;
  // A deployment of another branch's value follows that branch: what main did meanwhile may be told or not.
  const deployed = last?.deployed?.commit;
  const isElsewhere = deployed !== undefined && git.movers(deployed, git.head, key, path).size > 0;
  const isSettled = isRestored || isElsewhere || overwritten === git.text(git.head, key, path);
  // A commit that says what the hand set is beside nothing.
  const others = required.difference(holders(story, key, path));
  const conflict = { required: isSettled ? new Set<number>() : others, allowed: moved };
  const seconds = Math.floor(write.to / 1000);
  const isEarlier = (number: number) => git.commit(number).committedAt <= seconds;
  const source = [...holders(story, key, path)].filter(
    (each) => isEarlier(each) && git.text(each, key, path) === live,
  );
  const wasOnMain = [...git.ancestors(git.head)].some((each) => git.text(each, key, path) === live);
  const copied = source.filter((number) => !git.ancestors(git.head).has(number));
  const causes = new Set([...(isRestored ? moved : []), ...copied]);
  // What is removed looks alike wherever it comes from: nobody can be said to have copied it.
  const isRemoval = live === "absent" || live === "no object";
  if (wasOnMain || isRemoval || source.length === 0)
    return { verdict: "out-of-band" as const, conflict, causes, unapplied: moved };
  const allowed = new Set(source);
  const commits = { required: source.length === 1 ? allowed : new Set<number>(), allowed };
  return {
    verdict: "unmerged" as const,
    commits,
    refs: refsWith(story, allowed),
    causes: allowed.union(causes),
    unapplied: moved,
  };
}

/** Those of `moved` that came after the last commit of main's line that said `value` when the write was made. */
function movedSince(
  { git }: Story,
  key: string,
  path: FieldPath,
  value: string,
  write: TrueWrite,
  moved: ReadonlySet<number>,
): Set<number> {
  const seconds = Math.floor(write.to / 1000);
  const holder = git.mainline.findLast(
    (each) => git.commit(each).committedAt <= seconds && git.text(each, key, path) === value,
  );
  const since = holder === undefined ? moved : moved.intersection(git.movers(git.head, holder, key, path));
  return new Set([...since].filter((each) => git.reachedMain(each, key, path)));
}

/** Every commit, on any ref, that gave the field its live value. */
function holders({ git, cluster }: Story, key: string, path: FieldPath): Set<number> {
  const live = fieldText(cluster.live.get(key), path);
  const isSame = (text: string) => text === live || (isNothing(text, path) && isNothing(live, path));
  const writers = git.commits.filter(
    ({ number }) => git.isMover(number, key, path) && isSame(git.text(number, key, path)),
  );
  return new Set(writers.map(({ number }) => number));
}

function refsWith({ git }: Story, commits: ReadonlySet<number>): Set<string> {
  const holding = [...git.refs].filter(([, tip]) => !git.ancestors(tip).isDisjointFrom(commits));
  return new Set(holding.map(([name]) => name.replace(/^refs\/remotes\//, "")));
}
