import { type CommitInput, type Identity, RepositoryBuilder } from "../repository/build-repository.ts";
import {
  type BranchState,
  filesOf,
  type ManifestFile,
  mergedState,
  type RenderedOnce,
} from "./branch-state.ts";
import { GitRecord } from "./git-record.ts";
import type { Author } from "./people.ts";
import type { Random } from "./random.ts";
import { StoryClock } from "./story-clock.ts";

export interface Branch {
  /** As `RepositoryBuilder` takes it: a short name, or a full one outside refs/heads. */
  readonly name: string;
  state: BranchState;
  tip: number;
  /** Main's state when the branch began or was last brought up to date: what a merge compares with. */
  base: BranchState;
}

export interface CommitPlan {
  readonly state: BranchState;
  readonly subject: string;
  readonly author: Author;
  readonly coAuthors?: readonly Author[];
  readonly committer?: Identity;
  /** Numbers of the parents; the branch's tip unless given. */
  readonly parents?: readonly number[];
  /** The commit whose change this repeats. */
  readonly pickedFrom?: number;
  /** Files beside the manifests. */
  readonly files?: Readonly<Record<string, string>>;
}

const HOUR_MS = 3_600_000;

/** By how many hours an author's clock is ahead. */
const CLOCKS: ReadonlyMap<string, number> = new Map([
  ["Ada Byron", 3],
  ["Ken Thompson", 24 * 400],
  ["Mary Jackson", -48],
  ["Linus T", -1],
]);

/** Commits with real times, and beside each what it truly means. Nothing is on disk before the repository is flushed. */
export class GitLife {
  readonly builder = new RepositoryBuilder();
  readonly record = new GitRecord();
  readonly #random: Random;
  readonly #hasWrongClocks: boolean;
  readonly #clock: StoryClock;
  readonly #states: BranchState[] = [];
  readonly #rendered = new WeakMap<ManifestFile, RenderedOnce>();
  readonly #texts: Map<string, string>[] = [];
  readonly main: Branch;

  constructor(random: Random, hasWrongClocks = false, clock = new StoryClock()) {
    this.#random = random;
    this.#clock = clock;
    this.#hasWrongClocks = hasWrongClocks;
    const empty: BranchState = { models: new Map(), layout: new Map() };
    this.main = { name: "main", state: empty, tip: -1, base: empty };
  }

  /** A branch off a commit, with no commit of its own yet. */
  startBranch(name: string, from: number, state: BranchState): Branch {
    return { name, state, tip: from, base: state };
  }

  commit(branch: Branch, plan: CommitPlan): number {
    const parents = plan.parents ?? (branch.tip < 0 ? [] : [branch.tip]);
    const texts = filesOf(plan.state, this.#rendered);
    const before = this.#texts[parents[0] ?? -1] ?? new Map<string, string>();
    const now = Date.now();
    const label = this.builder.commit({
      branch: branch.name,
      ...this.#signatures(plan, now),
      message: messageOf(plan),
      parents: parents.map((parent) => this.record.commit(parent).label),
      files: { ...changedFiles(before, texts), ...plan.files },
    });
    const number = this.record.commits.length;
    this.record.commits.push({
      number,
      label,
      parents,
      models: plan.state.models,
      author: plan.author,
      coAuthors: plan.coAuthors ?? [],
      committedAt: Math.floor(now / 1000),
      subject: plan.subject,
      pickedFrom: plan.pickedFrom ?? null,
    });
    this.#texts.push(texts);
    this.#states.push(plan.state);
    branch.state = plan.state;
    branch.tip = number;
    if (branch === this.main) this.record.mainline.push(number);
    else this.record.refs.set(branch.name, number);
    return number;
  }

  /** Merge a branch into main, with both parents or squashed into one commit. */
  merge(branch: Branch, plan: Omit<CommitPlan, "state" | "parents"> & { readonly squash: boolean }): number {
    const state = mergedState(branch.base, this.main.state, branch.state);
    const parents = plan.squash ? [this.main.tip] : [this.main.tip, branch.tip];
    return this.commit(this.main, { ...plan, state, parents });
  }

  /** Main's last commits are as if they had never been pushed; the next one stands on what is left. */
  dropFromMain(count: number): void {
    this.record.mainline.length -= count;
    const { head } = this.record;
    this.main.tip = head;
    this.main.state = this.stateAt(head);
    this.builder.branch(this.main.name, this.record.commit(head).label);
  }

  stateAt(commit: number): BranchState {
    const state = this.#states[commit];
    if (state === undefined) throw new RangeError(`No commit ${commit} was recorded`);
    return state;
  }

  /** Merge main into what somebody has committed locally, and push that as main. */
  pull(local: Branch, plan: Omit<CommitPlan, "state" | "parents">): number {
    const state = mergedState(local.base, this.main.state, local.state);
    return this.commit(this.main, { ...plan, state, parents: [local.tip, this.main.tip] });
  }

  /** Bring main's newer commits into a branch. */
  update(branch: Branch, plan: Omit<CommitPlan, "state" | "parents">): number {
    const base = this.main.state;
    const state = mergedState(branch.base, branch.state, base);
    const number = this.commit(branch, { ...plan, state, parents: [branch.tip, this.main.tip] });
    branch.base = base;
    return number;
  }

  #signatures(
    plan: CommitPlan,
    truly: number,
  ): Pick<CommitInput, "author" | "committer" | "authoredAt" | "committedAt"> {
    const skew =
      plan.committer === undefined && this.#hasWrongClocks ? (CLOCKS.get(plan.author.name) ?? 0) : 0;
    const now = this.#clock.told(truly) + skew * HOUR_MS;
    const author = this.#random.pick(plan.author.identities);
    const isLate = this.#random.chance(0.3);
    return {
      author,
      committer: plan.committer ?? author,
      authoredAt: new Date(isLate ? now - this.#random.int(72) * HOUR_MS : now).toISOString(),
      committedAt: new Date(now).toISOString(),
    };
  }
}

function messageOf({ subject, coAuthors = [] }: CommitPlan): string {
  const trailers = coAuthors.map(({ name, email }) => `Co-authored-by: ${name} <${email}>`);
  return [subject, ...(trailers.length === 0 ? [] : ["", ...trailers])].join("\n");
}

function changedFiles(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Record<string, string | null> {
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  const removed = [...before.keys()].filter((path) => !after.has(path));
  return Object.fromEntries([...removed.map((path) => [path, null] as const), ...changed]);
}
