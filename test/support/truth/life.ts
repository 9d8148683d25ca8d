import { setTimeout as sleep } from "node:timers/promises";
import type { TestCluster } from "../cluster/test-cluster.ts";
import type { TestRepository } from "../repository/build-repository.ts";
import { solveChallenge, workOnChallenges } from "./certificate-controller.ts";
import { ClusterLife } from "./cluster-life.ts";
import type { ClusterRecord } from "./cluster-record.ts";
import { deploy } from "./deployer.ts";
import type { GitRecord } from "./git-record.ts";
import { GitTeam } from "./git-team.ts";
import { Hands } from "./hands.ts";
import { type Random, seededRandom } from "./random.ts";

/** A finished story: what is on disk and in the cluster, and what is known of how it came there. */
export interface Story {
  readonly seed: number;
  readonly namespaces: readonly string[];
  readonly repository: TestRepository;
  readonly git: GitRecord;
  readonly cluster: ClusterRecord;
  /** The commit of main that the last deployment applied whole; null where the last ones were of parts or of branches. */
  readonly appliedWhole: number | null;
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
): Promise<Story> {
  const random = seededRandom(seed);
  const namespaces = ["shop", "pay", "blog", "ops"].map((name) => `${name}-${seed}`);
  for (const namespace of namespaces) await cluster.createNamespace(namespace);
  let names = 0;
  const fresh = (prefix: string) => `${prefix}-${++names}`;
  const team = new GitTeam(random, fresh, namespaces, size.isWide);
  const life = new ClusterLife(cluster);
  const hands = new Hands(random, fresh, life, team, namespaces, size.isWide);

  team.begin(size.ingresses);
  const repository = await team.life.builder.write();
  await nextSecond();
  await deploy(life, {
    commit: team.life.record.commit(team.life.record.head),
    namespaces,
    everything: true,
  });

  const appliedWholeIn = seed % 2 === 0 ? size.phases - 2 : null;
  let appliedWhole: number | null = null;
  for (let phase = 1; phase <= size.phases; phase++) {
    await nextSecond();
    const missing = size.commits - team.life.record.commits.length;
    team.work(Math.ceil(missing / (size.phases - phase + 1)));
    await repository.flush();
    await nextSecond();
    const act = async () => {
      for (let hand = 0; hand < size.handsPerPhase; hand++) await hands.act();
      for (let challenge = 0; challenge < 2; challenge++) await workOnChallenges(random, fresh, life);
      if (random.chance(0.4)) await solveChallenge(random, fresh, life);
    };
    const steps = [
      act,
      async () => {
        if (appliedWhole !== null) return;
        const isWhole = phase === appliedWholeIn;
        const commit = isWhole ? recentOfMain(random, team.life.record) : someCommit(random, team);
        if (isWhole) appliedWhole = commit;
        const scope = isWhole || random.chance(0.3) ? namespaces : random.shuffled(namespaces).slice(0, 2);
        const everything = random.chance(0.5);
        await deploy(life, { commit: team.life.record.commit(commit), namespaces: scope, everything });
      },
    ];
    for (const [index, step] of (random.chance(0.5) ? steps : steps.toReversed()).entries()) {
      if (index > 0) await nextSecond();
      await step();
    }
  }
  return { seed, namespaces, repository, git: team.life.record, cluster: life.record, appliedWhole };
}

/** Main's tip, a commit somewhat behind it, or a branch's. */
function someCommit(random: Random, team: GitTeam): number {
  const { record } = team.life;
  const kind = random.weighted({ tip: 5, behind: 3, branch: 2 });
  if (kind === "tip") return record.head;
  if (kind === "behind" || team.openBranches.length === 0) return random.pick(record.mainline.slice(-60));
  return random.pick(team.openBranches).tip;
}

function recentOfMain(random: Random, { mainline }: GitRecord): number {
  return random.pick(mainline.slice(-8));
}

/** 20 ms into the next second: clocks are read on both sides of it. */
async function nextSecond(): Promise<void> {
  await sleep(1020 - (Date.now() % 1000));
}
