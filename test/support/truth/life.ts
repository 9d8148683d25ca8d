import { setTimeout as sleep } from "node:timers/promises";
import type { TestCluster } from "../cluster/test-cluster.ts";
import type { TestRepository } from "../repository/build-repository.ts";
import { solveChallenge, workOnChallenges } from "./certificate-controller.ts";
import { ClusterLife } from "./cluster-life.ts";
import type { ClusterRecord } from "./cluster-record.ts";
import { deploy } from "./deployer.ts";
import type { GitRecord } from "./git-record.ts";
import { GitTeam } from "./git-team.ts";
import { type Habits, ORDINARY } from "./habits.ts";
import { Hands } from "./hands.ts";
import { ARGO_CD, CI } from "./pipelines.ts";
import { type Random, seededRandom } from "./random.ts";
import { StoryClock } from "./story-clock.ts";

/** A finished story: what is on disk and in the cluster, and what is known of how it came there. */
export interface Story {
  readonly seed: number;
  readonly namespaces: readonly string[];
  readonly repository: TestRepository;
  readonly git: GitRecord;
  readonly cluster: ClusterRecord;
  /** The commit of main that the last deployment applied whole; null where the last ones were of parts or of branches. */
  readonly appliedWhole: number | null;
  /** Pipelines' users that only a configuration tells from people. */
  readonly unlisted: readonly string[];
  readonly clock: StoryClock;
}

export interface LifeSize {
  readonly ingresses: number;
  readonly commits: number;
  readonly phases: number;
  readonly handsPerPhase: number;
  /** Also reordered lists, finalizers, and Ingresses without a class in a cluster that has a default one. */
  readonly isWide: boolean;
}

export const FULL_SIZE: LifeSize = {
  ingresses: 40,
  commits: 300,
  phases: 7,
  handsPerPhase: 16,
  isWide: false,
};
export const WIDE: LifeSize = { ...FULL_SIZE, handsPerPhase: 20, isWide: true };

/**
 * Live through a seed's story. Commits and writes happen in real time; times in Git and in managedFields are whole
 * seconds, so that a phase's commits, its deployment and its hands' acts lie in different ones, as they do where a
 * team's are minutes apart.
 */
export async function liveThrough(
  seed: number,
  cluster: TestCluster,
  size: LifeSize = FULL_SIZE,
  habits: Habits = ORDINARY,
): Promise<Story> {
  const random = seededRandom(seed);
  const namespaces = ["shop", "pay", "blog", "ops"].map((name) => `${name}-${seed}`);
  for (const namespace of namespaces) await cluster.createNamespace(namespace);
  let names = 0;
  const fresh = (prefix: string) => `${prefix}-${++names}`;
  const clock = new StoryClock(habits.isTurbulent);
  const team = new GitTeam(random, fresh, namespaces, size.isWide, habits, clock);
  const life = new ClusterLife(cluster);
  const hands = new Hands(random, fresh, life, team, namespaces, size.isWide, habits.isTurbulent);
  const pipelines = pipelinesOf(habits, namespaces);
  const pass = async () => {
    await nextSecond();
    if (habits.isTurbulent) clock.moveOn(random.pick([0, 2, 9, 24, 40]));
  };

  team.begin(size.ingresses);
  const repository = await team.life.builder.write();
  await pass();
  for (const { by, own } of pipelines) {
    const commit = team.life.record.commit(team.life.record.head);
    await deploy(life, { commit, namespaces: own, everything: true, by });
  }

  const appliedWholeIn = seed % 2 === 0 ? size.phases - 2 : null;
  let appliedWhole: number | null = null;
  for (let phase = 1; phase <= size.phases; phase++) {
    await pass();
    const missing = size.commits - team.life.record.commits.length;
    team.work(Math.ceil(missing / (size.phases - phase + 1)));
    await repository.flush();
    await pass();
    const act = async () => {
      for (let hand = 0; hand < size.handsPerPhase; hand++) await hands.act();
      for (let challenge = 0; challenge < 2; challenge++) await workOnChallenges(random, fresh, life);
      if (random.chance(0.4)) await solveChallenge(random, fresh, life);
    };
    const isWhole = phase === appliedWholeIn;
    const isOver = appliedWhole !== null;
    const deployments = pipelines.map(({ by, own }) => async () => {
      if (isOver) return;
      appliedWhole ??= isWhole ? recentOfMain(random, team.life.record) : null;
      const commit = appliedWhole ?? someCommit(random, team);
      const scope = isWhole || random.chance(0.3) ? namespaces : random.shuffled(namespaces).slice(0, 2);
      const everything = random.chance(0.5);
      const inScope = scope.filter((each) => own.includes(each));
      await deploy(life, { commit: team.life.record.commit(commit), namespaces: inScope, everything, by });
    });
    const steps = [act, ...deployments];
    for (const [index, step] of (random.chance(0.5) ? steps : steps.toReversed()).entries()) {
      if (index > 0) await pass();
      await step();
    }
  }
  team.finish();
  const { record: git } = team.life;
  const unlisted = pipelines.map(({ by }) => by.user).filter((user) => user === CI.user);
  return { seed, namespaces, repository, git, cluster: life.record, appliedWhole, unlisted, clock };
}

/** Each with the namespaces that are its own. */
function pipelinesOf({ deployer, second }: Habits, namespaces: readonly string[]) {
  const first = { ...ARGO_CD, way: deployer };
  if (second === null) return [{ by: first, own: namespaces }];
  const { isShared, pipeline } = second;
  return [
    { by: first, own: isShared ? namespaces : namespaces.slice(0, 2) },
    { by: pipeline, own: isShared ? namespaces : namespaces.slice(2) },
  ];
}

/** Main's tip, a commit somewhat behind it, or a branch's. */
function someCommit(random: Random, team: GitTeam): number {
  const { record } = team.life;
  const kind = random.weighted({ tip: 5, behind: 3, branch: 2 });
  if (kind === "tip") return record.pushedHead;
  if (kind === "behind" || team.openBranches.length === 0) return random.pick(record.pushedLine.slice(-60));
  return random.pick(team.openBranches).tip;
}

function recentOfMain(random: Random, { pushedLine }: GitRecord): number {
  return random.pick(pushedLine.slice(-8));
}

/** 20 ms into the next second: clocks are read on both sides of it. */
async function nextSecond(): Promise<void> {
  await sleep(1020 - (Date.now() % 1000));
}
