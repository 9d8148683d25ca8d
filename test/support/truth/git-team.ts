import { freshModel } from "./fresh-model.ts";
import { GitEditor } from "./git-editor.ts";
import { type Branch, GitLife } from "./git-life.ts";
import type { Models } from "./git-record.ts";
import { type Habits, ORDINARY } from "./habits.ts";
import { type IngressModel, type Place, sameModel, withValue } from "./ingress-model.ts";
import { relaid } from "./layout-changes.ts";
import type { FreshName } from "./model-edits.ts";
import { AUTHORS, MAILMAP } from "./people.ts";
import { PullRequests } from "./pull-requests.ts";
import type { Random } from "./random.ts";
import { firstStyle } from "./render-file.ts";
import { StoryClock } from "./story-clock.ts";
import { Turbulence } from "./turbulence.ts";

/** A value that somebody set by hand and that Git takes over later. */
export interface Adoption {
  readonly key: string;
  readonly place: Place;
  readonly value: IngressModel;
}

const ACTS = {
  edit: 40,
  sweep: 4,
  relay: 12,
  editAndRelay: 3,
  object: 5,
  revert: 5,
  flap: 4,
  adopt: 6,
  unrelated: 3,
  startBranch: 5,
  branchCommit: 14,
  merge: 7,
  updateBranch: 2,
};

const CALM_ACTS = { ...ACTS, pick: 0, reapply: 0 };

/** Also cherry-picks and reverts of reverts. */
const TURBULENT_ACTS = { ...ACTS, pick: 12, reapply: 10 };

/** Eight authors at work on one repository: what they commit is drawn from the seed. */
export class GitTeam {
  readonly life: GitLife;
  readonly adoptions: Adoption[] = [];
  readonly #editor: GitEditor;
  readonly #pullRequests: PullRequests;
  readonly #random: Random;
  readonly #fresh: FreshName;
  readonly #namespaces: readonly string[];
  readonly #turbulence: Turbulence | null;

  /** @param withOrder Whether they reorder lists too. */
  constructor(
    random: Random,
    fresh: FreshName,
    namespaces: readonly string[],
    withOrder: boolean,
    habits: Habits = ORDINARY,
    clock = new StoryClock(),
  ) {
    this.life = new GitLife(random, habits.wrongClocks, clock);
    this.#editor = new GitEditor(this.life, random, fresh, namespaces, withOrder);
    this.#pullRequests = new PullRequests(this.#editor, random, fresh, habits.pulls);
    this.#random = random;
    this.#fresh = fresh;
    this.#namespaces = namespaces;
    this.#turbulence = habits.isTurbulent
      ? new Turbulence(this.#editor, this.#pullRequests.open, random, fresh)
      : null;
  }

  /** Branches that main has not taken in, with their tips. */
  get openBranches(): readonly Branch[] {
    return this.#pullRequests.open;
  }

  /** The first commits: every Ingress, in files of every form. */
  begin(count: number): void {
    const keys = Array.from(
      { length: count },
      (_, index) => `${this.#namespaces[index % this.#namespaces.length]}/web-${index}`,
    );
    let rest = this.#random.shuffled(keys);
    for (let file = 0; rest.length > 0; file++) {
      const size = this.#random.pick([1, 1, 2, 3, 5]);
      const here = rest.slice(0, size);
      rest = rest.slice(size);
      const { models, layout } = this.life.main.state;
      const fresh = here.map((key) => [key, freshModel(this.#random, this.#fresh)] as const);
      const path = `deploy/team-${file % 4}/part-${file}${this.#random.pick([".yaml", ".yml"])}`;
      this.life.commit(this.life.main, {
        state: {
          models: new Map([...models, ...fresh]),
          layout: new Map([...layout, [path, { style: firstStyle(this.#random), keys: here }]]),
        },
        subject: `add ${here.length} ingresses`,
        author: this.#random.pick(AUTHORS),
        ...(file === 0 ? { files: { ".mailmap": MAILMAP } } : {}),
      });
    }
  }

  /** Some commits, on main and on branches. */
  work(commits: number): void {
    const { record } = this.life;
    if (this.#turbulence?.isHolding() === true) {
      // Whoever pushes next has to take in what others have pushed: here nobody else does.
      for (let commit = 0; commit < commits; commit++) this.#pullRequests.commit();
      return;
    }
    this.#turbulence?.begin();
    for (const end = record.commits.length + commits; record.commits.length < end; ) this.#act();
    this.#turbulence?.end();
  }

  /** Everything that anybody has is pushed. */
  finish(): void {
    this.life.record.push();
  }

  #act(): void {
    const { main } = this.life;
    const acts: Readonly<Record<keyof typeof CALM_ACTS, () => void>> = {
      edit: () => this.#editor.edit(main, 1 + this.#random.int(2)),
      sweep: () => this.#sweep(),
      relay: () =>
        this.#editor.commit(main, relaid(this.#random, main.state, this.#fresh), "tidy up manifests"),
      editAndRelay: () => this.#editor.edit(main, 1, (state) => relaid(this.#random, state, this.#fresh)),
      object: () =>
        this.#random.chance(0.5) ? this.#editor.addObject(main) : this.#editor.removeObject(main),
      revert: () => this.#revert(),
      flap: () => this.#flap(),
      adopt: () => this.#adopt(),
      unrelated: () => this.#unrelated(),
      startBranch: () => this.#pullRequests.start(),
      branchCommit: () => this.#pullRequests.commit(),
      merge: () => this.#pullRequests.merge(),
      updateBranch: () => this.#pullRequests.update(),
      pick: () => this.#turbulence?.pick(),
      reapply: () => this.#turbulence?.reapply(),
    };
    acts[this.#random.weighted(this.#turbulence === null ? CALM_ACTS : TURBULENT_ACTS)]();
  }

  /** One value in many objects at once, as a platform team does. */
  #sweep(): void {
    const { main } = this.life;
    const keys = this.#random.shuffled([...main.state.models.keys()]).slice(0, 4 + this.#random.int(6));
    const value = this.#fresh("value");
    let models: Models = main.state.models;
    for (const key of keys) {
      const model = models.get(key);
      if (model === undefined) continue;
      const next = new Map(models).set(key, withValue(model, ["labels", "tier"], value));
      if (this.#editor.fits(main, next, key)) models = next;
    }
    this.#editor.commit(main, { ...main.state, models }, `set tier to ${value}`);
  }

  #revert(): void {
    if (this.#editor.past.length === 0) return;
    const { main } = this.life;
    const past = this.#random.pick(this.#editor.past.slice(-20));
    const model = main.state.models.get(past.key);
    if (model === undefined || !sameModel(model, past.after)) return;
    const next = new Map(main.state.models).set(past.key, past.before);
    if (!this.#editor.fits(main, next, past.key)) return;
    const subject = `Revert "${past.subject}"`;
    this.#editor.commit(main, { ...main.state, models: next }, subject);
    this.#turbulence?.reverts.push({ ...past, before: past.after, after: past.before, subject });
  }

  /** Back to a value that the place once had. */
  #flap(): void {
    if (this.#editor.past.length === 0) return;
    const { main } = this.life;
    const { key, place, before } = this.#random.pick(this.#editor.past);
    this.#editor.set(main, key, place, before, "back to what it was");
  }

  #adopt(): void {
    const adoption = this.adoptions.shift();
    if (adoption === undefined) return;
    const branch = this.#random.chance(0.25)
      ? this.#random.pick([this.life.main, ...this.openBranches])
      : this.life.main;
    this.#editor.set(branch, adoption.key, adoption.place, adoption.value, "take over what runs");
  }

  #unrelated(): void {
    this.life.commit(this.life.main, {
      state: this.life.main.state,
      subject: "update the docs",
      author: this.#random.pick(AUTHORS),
      files: { "README.md": `${this.#fresh("text")}\n` },
    });
  }
}
