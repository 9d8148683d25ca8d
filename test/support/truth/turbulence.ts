import type { GitEditor, PastEdit } from "./git-editor.ts";
import type { Branch } from "./git-life.ts";
import { changedPlaces } from "./hands.ts";
import { type IngressModel, sameModel, valueAt, withValue } from "./ingress-model.ts";
import { isWhole, staysMergeable } from "./mergeable.ts";
import { type FreshName, randomEdit } from "./model-edits.ts";
import { AUTHORS } from "./people.ts";
import type { Random } from "./random.ts";

/** What one commit did to one Ingress. */
interface Patch {
  readonly commit: number;
  readonly key: string;
  readonly before: IngressModel;
  readonly after: IngressModel;
}

/** Less orderly ways of a team: force pushes, cherry-picks, reverts of reverts, pushes long after their commits. */
export class Turbulence {
  /** Reverts that can be reverted. */
  readonly reverts: PastEdit[] = [];
  readonly #editor: GitEditor;
  readonly #branches: readonly Branch[];
  readonly #random: Random;
  readonly #fresh: FreshName;

  constructor(editor: GitEditor, branches: readonly Branch[], random: Random, fresh: FreshName) {
    this.#editor = editor;
    this.#branches = branches;
    this.#random = random;
    this.#fresh = fresh;
  }

  /** Whether main's last commits stay with their maker for a while longer. */
  isHolding(): boolean {
    return this.#editor.life.record.unpushed > 0 && this.#random.chance(0.5);
  }

  begin(): void {
    this.#editor.life.record.push();
    if (this.#random.chance(0.5)) this.#forcePush();
  }

  /** Somebody goes on, and does not push it yet. */
  end(): void {
    const { life } = this.#editor;
    if (!this.#random.chance(0.6)) return;
    const author = this.#random.pick(AUTHORS);
    const from = life.record.mainline.length;
    for (let commit = 0; commit < 4; commit++) {
      this.#editor.edit(life.main, 1 + this.#random.int(2), (state) => state, author);
    }
    life.record.unpushed = life.record.mainline.length - from;
  }

  /** A change of a branch on main, or one of main's on a branch: its author stays, who picked it has committed it. */
  pick(): void {
    const { main, record } = this.#editor.life;
    if (this.#branches.length === 0) return;
    const branch = this.#random.pick(this.#branches);
    const isToMain = this.#random.chance(0.7);
    const merged = record.ancestors(main.tip);
    const commits = isToMain
      ? [...record.ancestors(branch.tip).difference(merged)].sort((left, right) => left - right)
      : record.mainline.slice(-15).filter((each) => !record.ancestors(branch.tip).has(each));
    const patches = commits.flatMap((each) => this.#patchOf(each) ?? []);
    if (patches.length > 0) this.#repeat(isToMain ? main : branch, this.#random.pick(patches));
  }

  reapply(): void {
    const { main } = this.#editor.life;
    if (this.reverts.length === 0) return;
    const last = this.#random.pick(this.reverts.slice(-6));
    const model = main.state.models.get(last.key);
    if (model === undefined || !sameModel(model, last.after)) return;
    const models = new Map(main.state.models).set(last.key, last.before);
    if (!this.#editor.fits(main, models, last.key)) return;
    const subject = `Revert "${last.subject}"`;
    this.#editor.commit(main, { ...main.state, models }, subject);
    this.reverts.push({ ...last, before: last.after, after: last.before, subject });
  }

  /** Main goes back a little, and on with something else: at times with the same change, amended. */
  #forcePush(): void {
    const { life, toMerge } = this.#editor;
    const { main, record } = life;
    const depth = 1 + this.#random.int(4);
    const target = record.mainline.at(-1 - depth);
    const [last] = record.mainline.slice(-depth);
    if (target === undefined || last === undefined || record.mainline.length < 30) return;
    const dropped = record.ancestors(main.tip).difference(record.ancestors(target));
    const isBuiltOn = this.#branches.some(({ tip }) => !record.ancestors(tip).isDisjointFrom(dropped));
    if (isBuiltOn || !staysMergeable({ ...main, state: life.stateAt(target) }, toMerge)) return;
    life.dropFromMain(depth);
    const patch = this.#random.chance(0.6) ? this.#patchOf(last) : null;
    if (patch !== null) this.#repeat(main, patch, true);
  }

  /** null where a commit did other than to change one Ingress. */
  #patchOf(commit: number): Patch | null {
    const { record } = this.#editor.life;
    const { models, parents } = record.commit(commit);
    const [parent, ...others] = parents;
    if (parent === undefined || others.length > 0) return null;
    const old = record.commit(parent).models;
    const keys = [...new Set([...old.keys(), ...models.keys()])].filter(
      (key) => old.get(key) !== models.get(key),
    );
    const [key = ""] = keys;
    const [before, after] = [old.get(key), models.get(key)];
    return keys.length !== 1 || before === undefined || after === undefined
      ? null
      : { commit, key, before, after };
  }

  /** Only where all that it changes is as it was before, as Git picks without a conflict. */
  #repeat(branch: Branch, { after, before, commit, key }: Patch, isAmended = false): void {
    const { life } = this.#editor;
    const { author, coAuthors, pickedFrom, subject } = life.record.commit(commit);
    const model = branch.state.models.get(key);
    const places = changedPlaces(before, after);
    if (model === undefined || places.length === 0) return;
    if (!places.every((place) => sameModel(valueAt(model, place), valueAt(before, place)))) return;
    const picked = places.reduce((next, place) => withValue(next, place, valueAt(after, place)), model);
    const more = isAmended ? randomEdit(this.#random, picked, this.#fresh)?.next : undefined;
    const next = more !== undefined && isWhole(more) ? more : picked;
    const models = new Map(branch.state.models).set(key, next);
    if (!isWhole(next) || !this.#editor.fits(branch, models, key)) return;
    life.commit(branch, {
      state: { ...branch.state, models },
      subject,
      author,
      coAuthors,
      committer: this.#random.pick(this.#random.pick(AUTHORS).identities),
      pickedFrom: pickedFrom ?? commit,
    });
  }
}
