import { type BranchState, withoutAbsent } from "./branch-state.ts";
import { freshModel } from "./fresh-model.ts";
import type { Branch, GitLife } from "./git-life.ts";
import type { Models } from "./git-record.ts";
import { type IngressModel, type Place, sameModel, valueAt, withValue } from "./ingress-model.ts";
import { isWhole, staysMergeable } from "./mergeable.ts";
import { type FreshName, randomEdit } from "./model-edits.ts";
import { AUTHORS, type Author } from "./people.ts";
import type { Random } from "./random.ts";
import { firstStyle } from "./render-file.ts";

/** A change that main once made: it can be reverted. */
export interface PastEdit {
  readonly key: string;
  readonly place: Place;
  readonly before: IngressModel;
  readonly after: IngressModel;
  readonly subject: string;
}

/** Commits single changes to main or a branch, none of which a later merge would stumble over. */
export class GitEditor {
  readonly life: GitLife;
  /** Branches that main is to take in. */
  readonly toMerge: Branch[] = [];
  readonly past: PastEdit[] = [];
  readonly #random: Random;
  readonly #fresh: FreshName;
  readonly #namespaces: readonly string[];
  readonly #withOrder: boolean;

  constructor(
    life: GitLife,
    random: Random,
    fresh: FreshName,
    namespaces: readonly string[],
    withOrder: boolean,
  ) {
    this.life = life;
    this.#withOrder = withOrder;
    this.#random = random;
    this.#fresh = fresh;
    this.#namespaces = namespaces;
  }

  /** A few edits to one Ingress. */
  edit(
    branch: Branch,
    count: number,
    also: (state: BranchState) => BranchState = (state) => state,
    by?: Author,
  ): void {
    const key = this.#random.pick([...branch.state.models.keys()]);
    let models: Models = branch.state.models;
    for (let edit = 0; edit < count; edit++) models = this.#edited(branch, models, key);
    if (models === branch.state.models) return;
    const subject = `change ${key} (${this.#fresh("c")})`;
    this.#rememberPast(branch, key, models, subject);
    this.commit(branch, also({ ...branch.state, models }), subject, by);
  }

  #edited(branch: Branch, models: Models, key: string): Models {
    const model = models.get(key);
    if (model === undefined) return models;
    const edit = randomEdit(this.#random, model, this.#fresh, { withOrder: this.#withOrder });
    if (edit === null) return models;
    const next = new Map(models).set(key, edit.next);
    return this.fits(branch, next, key) ? next : models;
  }

  addObject(branch: Branch): void {
    const key = `${this.#random.pick(this.#namespaces)}/${this.#fresh("new")}`;
    const { models, layout } = branch.state;
    const file = { style: firstStyle(this.#random), keys: [key] };
    const state: BranchState = {
      models: new Map(models).set(key, freshModel(this.#random, this.#fresh)),
      layout: new Map(layout).set(`deploy/new/${key.replace("/", "-")}.yaml`, file),
    };
    this.commit(branch, state, `add ${key}`);
  }

  removeObject(branch: Branch): void {
    const { models, layout } = branch.state;
    if (models.size < 30) return;
    const key = this.#random.pick([...models.keys()]);
    const next = new Map(models);
    next.delete(key);
    if (this.fits(branch, next, key))
      this.commit(branch, withoutAbsent({ models: next, layout }), `remove ${key}`);
  }

  /** What `from` says at a place. */
  set(branch: Branch, key: string, place: Place, from: IngressModel, subject: string): void {
    const model = branch.state.models.get(key);
    const parent = model === undefined ? undefined : valueAt(model, place.slice(0, -1));
    if (model === undefined || parent === undefined) return;
    const next = withValue(model, place, valueAt(from, place));
    const models = new Map(branch.state.models).set(key, next);
    if (sameModel(next, model) || !isWhole(next) || !this.fits(branch, models, key)) return;
    this.#rememberPast(branch, key, models, subject);
    this.commit(branch, { ...branch.state, models }, `${subject}: ${key}`);
  }

  /** Whether main could still take in every branch with these models on one of them. */
  fits(branch: Branch, models: Models, key: string): boolean {
    if (branch !== this.life.main && !this.toMerge.some((each) => each === branch)) {
      return staysMergeable(this.life.main, [{ ...branch, state: { ...branch.state, models } }], key);
    }
    const main =
      branch === this.life.main ? { ...branch, state: { ...branch.state, models } } : this.life.main;
    const others = this.toMerge.map((each) =>
      each === branch ? { ...each, state: { ...each.state, models } } : each,
    );
    return staysMergeable(main, others, key);
  }

  /** @param by Who wrote and committed it; anybody unless given. */
  commit(branch: Branch, state: BranchState, subject: string, by?: Author): void {
    if (state === branch.state) return;
    if (by !== undefined) {
      this.life.commit(branch, { state, subject, author: by });
      return;
    }
    const author = this.#random.pick(AUTHORS);
    const others = AUTHORS.filter((each) => each !== author);
    this.life.commit(branch, {
      state,
      subject,
      author,
      coAuthors: this.#random.chance(0.12) ? [this.#random.pick(others)] : [],
      ...(this.#random.chance(0.2)
        ? { committer: this.#random.pick(this.#random.pick(others).identities) }
        : {}),
    });
  }

  #rememberPast(branch: Branch, key: string, models: Models, subject: string): void {
    const before = branch.state.models.get(key);
    const after = models.get(key);
    if (branch !== this.life.main || before === undefined || after === undefined) return;
    const place = changedPlace(before, after);
    if (place !== null) this.past.push({ key, place, before, after, subject });
  }
}

/** Where two models first differ, two steps deep: a whole annotation, rule, tls entry. */
function changedPlace(before: IngressModel, after: IngressModel): Place | null {
  for (const root of Object.keys(before)) {
    const left = valueAt(before, [root]);
    const right = valueAt(after, [root]);
    if (typeof left !== "object" || typeof right !== "object") continue;
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (!sameModel(left[key], right[key])) return [root, key];
    }
  }
  return null;
}
