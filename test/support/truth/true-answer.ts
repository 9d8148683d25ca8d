import type { FieldPath } from "../../../src/model/field-path.ts";
import type { Verdict } from "../../../src/model/verdict.ts";
import type { TrueWrite } from "./cluster-record.ts";
import { differences, type FieldDifference, type Probe, wholeDifference } from "./field-tree.ts";
import { isNothing } from "./git-record.ts";
import type { IngressModel } from "./ingress-model.ts";
import type { Story } from "./life.ts";
import { behind, isControllers } from "./true-behind.ts";

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
  readonly probe: Probe;
  /** Whether it tells of an object that is being deleted, and still there. */
  readonly isGoing: boolean;
  readonly verdict: Verdict;
  /** Others that are as true: what was deployed from a commit that a force push has dropped can be told in several ways. */
  readonly otherVerdicts: ReadonlySet<Verdict>;
  /** pending, unmerged: the commits behind it. */
  readonly commits: CommitClaim;
  /** unmerged: refs that hold the value. */
  readonly refs: ReadonlySet<string>;
  /** out-of-band: Git's changes beside the hand's. */
  readonly conflict: CommitClaim;
  /** Commits that truly wrote the live value. */
  readonly matches: ReadonlySet<number>;
  /** Pipelines that had declared the same: of an apply that changes nothing a log does not always show what it declared. */
  readonly otherUsers: ReadonlySet<string>;
  /** Whoever made the write; null where there was none. The user is null where it was the server itself. */
  readonly actor: { readonly user: string | null; readonly impersonatedBy: string | null } | null;
  /**
   * The fieldManagers of whoever may be said to be behind it: of the write that made the value what it is, and, where
   * that one may have let it go since, of those that have declared it too.
   */
  readonly fieldManagers: ReadonlySet<string>;
  /** Who else changed parts of what is there, so that they stand: the reason is to tell of them, newest first. */
  readonly told: readonly TrueWrite[];
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
  otherUsers: new Set<string>(),
  otherVerdicts: new Set<Verdict>(),
  commits: NONE,
  refs: new Set<string>(),
  conflict: NONE,
  matches: new Set<number>(),
  actor: null,
  fieldManagers: new Set<string>(),
  told: [],
  causes: new Set<number>(),
  unapplied: new Set<number>(),
};

/** Every divergence that there truly is between main's head and the cluster, with its answer. */
export function trueAnswers(story: Story): TrueAnswer[] {
  const desired = story.git.commit(story.git.head).models;
  const { live } = story.cluster;
  return [...new Set([...desired.keys(), ...live.keys()])]
    .sort()
    .flatMap((key) =>
      trueDifferences(story, desired.get(key), live.get(key), key).map((each) => answerFor(story, key, each)),
    );
}

/** What is being deleted is missing; where Git has none either, it is about to be as Git says. */
function trueDifferences(
  { cluster }: Story,
  desired: IngressModel | undefined,
  live: IngressModel | undefined,
  key: string,
): FieldDifference[] {
  const isGoing = live?.server.deletion !== undefined;
  if (desired === undefined) return live === undefined || isGoing ? [] : [wholeDifference("added")];
  if (live === undefined) return [wholeDifference("removed")];
  const isFilledIn = ({ change, field }: FieldDifference) =>
    change === "added" &&
    field === CLASS &&
    live.server.class !== undefined &&
    !cluster.ownedClasses.has(key);
  return [
    ...(isGoing ? [wholeDifference("removed")] : []),
    ...differences(desired, live).filter((each) => !isFilledIn(each)),
  ];
}

const CLASS = "spec.ingressClassName";

function answerFor(story: Story, key: string, difference: FieldDifference): TrueAnswer {
  const { path, field, change, isEntry: _, ...more } = difference;
  const probe: Probe = { path, field, ...more };
  const isGoing = path.length === 0 && change === "removed" && story.cluster.live.has(key);
  const about = { key, path, field, change, probe, isGoing };
  const { isAsDeployed, last, told, write } = behind(story, key, difference);
  if (write === null || last === null)
    return { ...about, ...NOBODY, verdict: "pending", ...neverApplied(story, key, probe) };
  if (change === "added" && field === CLASS && story.cluster.live.get(key)?.server.class !== undefined) {
    return { ...about, ...NOBODY, verdict: "controller", actor: { user: null, impersonatedBy: null } };
  }
  const actor = { user: write.user, impersonatedBy: write.impersonatedBy };
  const fieldManagers = new Set([write.fieldManager, ...declarersOf(story, key, probe)]);
  const known = { ...about, ...NOBODY, actor, told, fieldManagers, matches: holders(story, key, probe) };
  if (write.role === "controller" && isControllers(key, path)) return { ...known, verdict: "controller" };
  return write.deployed !== null
    ? {
        ...known,
        otherUsers: declaringPipelines(story, key, probe),
        ...deployed(story, key, probe, write, isAsDeployed === true),
      }
    : { ...known, ...byHand(story, key, probe, last) };
}

/**
 * Who changed the value last, and who has applied a manifest with it since. An apply may let go of what it set, and
 * kubectl's server-side apply takes over what its client-side one had.
 */
function declarersOf({ cluster }: Story, key: string, probe: Probe): string[] {
  const [changed, ...since] = cluster.writes(key).slice(cluster.lastChange(key, probe) ?? 0);
  if (changed === undefined) return [];
  const mayLetGo = changed.isApply || changed.fieldManager === "kubectl-client-side-apply";
  const others = mayLetGo ? since.filter(({ isApply }) => isApply) : [];
  return [changed, ...others].map(({ fieldManager }) => fieldManager);
}

function declaringPipelines({ cluster }: Story, key: string, probe: Probe): Set<string> {
  const live = probe.text(cluster.live.get(key));
  const since = cluster.writes(key).slice(cluster.lastChange(key, probe) ?? 0);
  const same = since.filter(({ deployed }) => deployed !== null && probe.text(deployed.model) === live);
  return new Set(same.map(({ user }) => user));
}

function neverApplied({ git }: Story, key: string, probe: Probe) {
  const movers = git.movers(git.head, null, key, probe);
  const commits = { required: new Set([Math.max(...movers)]), allowed: movers };
  return { commits, causes: movers, unapplied: movers };
}

/** The deployer wrote what a commit declares: Git has moved since, or the commit is not main's. */
function deployed(story: Story, key: string, probe: Probe, write: TrueWrite, isAsDeployed: boolean) {
  const { git, cluster } = story;
  const commit = write.deployed?.commit ?? 0;
  const declared = probe.text(write.deployed?.model);
  const live = isAsDeployed ? declared : probe.text(cluster.live.get(key));
  if (declared !== live) return coOwned(story, key, probe, write);
  const outside = git.movers(commit, git.head, key, probe);
  const moved = git.movers(git.head, commit, key, probe);
  const taken = outside.size === 0 ? undefined : takenIn(story, key, probe, live, commit);
  if (taken !== undefined) {
    const since = git.movers(git.head, taken, key, probe);
    return {
      verdict: "pending" as const,
      commits: { required: since, allowed: since },
      causes: since,
      unapplied: moved,
    };
  }
  if (outside.size > 0 && ![...outside].some((number) => git.isKept(number)))
    return dropped(story, key, probe, live, { outside, moved });
  if (outside.size > 0) {
    const writer = new Set([Math.max(...outside)]);
    const refs = refsWith(story, writer);
    // Nothing tells of a deletion which commit it was for, where more than one line has none.
    const isOpen = live === "no object";
    return {
      verdict: "unmerged" as const,
      otherVerdicts: new Set<Verdict>(isOpen ? ["pending"] : []),
      commits: { required: isOpen ? new Set<number>() : writer, allowed: outside },
      refs,
      causes: outside,
      unapplied: moved,
    };
  }
  // What is gone looks alike: where another ref has taken it away too, nothing tells which of them was deployed.
  const isGone = live === "no object" || isNothing(live, probe);
  const isOpen = isGone && [...holders(story, key, probe)].some((each) => !git.ancestors(git.head).has(each));
  const required = isOpen ? new Set<number>() : movedSince(story, key, probe, live, write, moved);
  const commits = { required, allowed: moved };
  return { verdict: "pending" as const, commits, causes: moved, unapplied: moved };
}

/**
 * A force push has dropped what was deployed, so that nobody can be named for it. Who moved main off the same value is
 * behind the divergence all the same, and so is who made the same change on a ref that is still there.
 */
function dropped(
  story: Story,
  key: string,
  probe: Probe,
  live: string,
  { outside, moved }: { readonly outside: ReadonlySet<number>; readonly moved: ReadonlySet<number> },
) {
  const { git } = story;
  const holder = git.mainline.findLast((each) => git.text(each, key, probe) === live);
  const since = holder === undefined ? new Set<number>() : git.movers(git.head, holder, key, probe);
  const twins = new Set([...outside].flatMap((number) => git.twins(number)));
  const allowed = since.union(twins);
  return {
    verdict: "out-of-band" as const,
    otherVerdicts: new Set<Verdict>(["pending", "unmerged"]),
    commits: { required: new Set<number>(), allowed },
    refs: refsWith(story, twins),
    causes: allowed,
    unapplied: moved,
  };
}

/** The last commit of main's line that took a branch's value in, as a squash merge does: it is main's from then on. */
function takenIn(
  { git }: Story,
  key: string,
  probe: Probe,
  value: string,
  commit: number,
): number | undefined {
  const old = git.ancestors(commit);
  return git.mainline.findLast((each) => !old.has(each) && git.text(each, key, probe) === value);
}

/** A server-side apply left a value in place that it does not name: somebody else applied it too. */
function coOwned(story: Story, key: string, probe: Probe, write: TrueWrite) {
  return byHand(story, key, probe, write);
}

/** @param last The write since which the cluster has the value, whoever put it there. */
function byHand(story: Story, key: string, probe: Probe, last: TrueWrite) {
  const { git, cluster } = story;
  const deployment = cluster.lastDeployment(key);
  const live = probe.text(cluster.live.get(key));
  const overwritten = deployment === null ? null : probe.text(deployment.deployed?.model);
  const moved = git.movers(git.head, deployment?.deployed?.commit ?? null, key, probe);
  const required =
    deployment === null || overwritten === null
      ? new Set<number>()
      : movedSince(story, key, probe, overwritten, deployment, moved);
  const isRestored = overwritten === live;
  // A deployment of another branch's value follows that branch: what main did meanwhile may be told or not.
  const deployed = deployment?.deployed?.commit;
  const isElsewhere = deployed !== undefined && git.movers(deployed, git.head, key, probe).size > 0;
  const isSettled = isRestored || isElsewhere || overwritten === git.text(git.head, key, probe);
  // A commit that says what the hand set is beside nothing.
  const others = required.difference(holders(story, key, probe));
  const conflict = { required: isSettled ? new Set<number>() : others, allowed: moved };
  const seconds = Math.floor(last.to / 1000);
  const isEarlier = (number: number) => git.commit(number).committedAt <= seconds;
  const source = [...holders(story, key, probe)].filter(
    (each) => isEarlier(each) && git.isKept(each) && git.text(each, key, probe) === live,
  );
  const wasOnMain = [...git.ancestors(git.head)].some((each) => git.text(each, key, probe) === live);
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
  probe: Probe,
  value: string,
  write: TrueWrite,
  moved: ReadonlySet<number>,
): Set<number> {
  const seconds = Math.floor(write.to / 1000);
  const holder = git.mainline.findLast(
    (each) => git.commit(each).committedAt <= seconds && git.text(each, key, probe) === value,
  );
  const since = holder === undefined ? moved : moved.intersection(git.movers(git.head, holder, key, probe));
  return new Set([...since].filter((each) => git.reachedMain(each, key, probe)));
}

/** Every commit, on any ref, that gave the field its live value. */
function holders({ git, cluster }: Story, key: string, probe: Probe): Set<number> {
  const live = probe.text(cluster.live.get(key));
  const isSame = (text: string) => text === live || (isNothing(text, probe) && isNothing(live, probe));
  const writers = git.commits.filter(
    ({ number }) => git.isMover(number, key, probe) && isSame(git.text(number, key, probe)),
  );
  return new Set(writers.map(({ number }) => number));
}

function refsWith({ git }: Story, commits: ReadonlySet<number>): Set<string> {
  const holding = [...git.refs].filter(([, tip]) => !git.ancestors(tip).isDisjointFrom(commits));
  return new Set(holding.map(([name]) => name.replace(/^refs\/remotes\//, "")));
}
