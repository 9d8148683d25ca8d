import type { Label } from "../repository/build-repository.ts";
import type { Probe } from "./field-tree.ts";
import type { IngressModel } from "./ingress-model.ts";
import type { Author } from "./people.ts";

/** Every Ingress that a tree declares, by `namespace/name`. */
export type Models = ReadonlyMap<string, IngressModel>;

/** What the simulation knows of a commit that it made. */
export interface TrueCommit {
  /** Position in the record; parents come first. */
  readonly number: number;
  readonly label: Label;
  readonly parents: readonly number[];
  readonly models: Models;
  readonly author: Author;
  readonly coAuthors: readonly Author[];
  /** Seconds since the epoch. */
  readonly committedAt: number;
  readonly subject: string;
  /** The commit of which this one is a cherry-pick; null for any other. */
  readonly pickedFrom: number | null;
}

/** The simulation's full knowledge of Git, and the questions that a judge asks of it. */
export class GitRecord {
  readonly commits: TrueCommit[] = [];
  /** Every ref but main, and its commit. */
  readonly refs = new Map<string, number>();
  /** Main's own line, oldest first. */
  readonly mainline: number[] = [];
  /** How many of main's last commits only their maker has. */
  unpushed = 0;
  /** Commits that were pushed long after they were made, and when: milliseconds since the epoch. */
  readonly pushedLate = new Map<number, number>();
  readonly #ancestors = new Map<number, ReadonlySet<number>>();

  commit(number: number): TrueCommit {
    const found = this.commits[number];
    if (found === undefined) throw new RangeError(`No commit ${number} was recorded`);
    return found;
  }

  get head(): number {
    const head = this.mainline.at(-1);
    if (head === undefined) throw new RangeError("Nothing was committed");
    return head;
  }

  /** The line that everybody has. */
  get pushedLine(): readonly number[] {
    return this.mainline.slice(0, this.mainline.length - this.unpushed);
  }

  get pushedHead(): number {
    const head = this.pushedLine.at(-1);
    if (head === undefined) throw new RangeError("Nothing was pushed");
    return head;
  }

  push(): void {
    for (const number of this.mainline.slice(this.pushedLine.length)) this.pushedLate.set(number, Date.now());
    this.unpushed = 0;
  }

  /** Whether any ref still leads to a commit: a force push may have dropped it. */
  isKept(number: number): boolean {
    return [this.head, ...this.refs.values()].some((tip) => this.ancestors(tip).has(number));
  }

  /** The same change by the same author, on whatever line: the commit's own, what it was picked from, and what was picked. */
  twins(number: number): number[] {
    const { pickedFrom } = this.commit(number);
    const origin = pickedFrom ?? number;
    return this.commits
      .filter((each) => each.number === origin || each.pickedFrom === origin)
      .map((each) => each.number);
  }

  /** A commit and all that it stands on. */
  ancestors(number: number): ReadonlySet<number> {
    const known = this.#ancestors.get(number);
    if (known !== undefined) return known;
    const parents = this.commit(number).parents.map((parent) => this.ancestors(parent));
    const found = parents.reduce<ReadonlySet<number>>((all, each) => all.union(each), new Set([number]));
    this.#ancestors.set(number, found);
    return found;
  }

  text(number: number, key: string, probe: Probe): string {
    return probe.text(this.commit(number).models.get(key));
  }

  /**
   * Whether a commit itself gave the field its value: a merge never does, for it only joins, and an object that came
   * or went without the field did nothing to it.
   */
  isMover(number: number, key: string, probe: Probe): boolean {
    const { parents } = this.commit(number);
    const [parent] = parents;
    if (parents.length > 1) return false;
    const before = parent === undefined ? "no object" : this.text(parent, key, probe);
    const after = this.text(number, key, probe);
    return before !== after && !(isNothing(before, probe) && isNothing(after, probe));
  }

  /** The commits of `from` that `without` does not stand on and that moved the field. */
  movers(from: number, without: number | null, key: string, probe: Probe): Set<number> {
    const old = without === null ? new Set<number>() : this.ancestors(without);
    return new Set(
      [...this.ancestors(from).difference(old)].filter((each) => this.isMover(each, key, probe)),
    );
  }

  /** Whether what a commit did to the field was still so when it reached main: else main never saw it. */
  reachedMain(number: number, key: string, probe: Probe): boolean {
    const landed = this.mainline.find((each) => this.ancestors(each).has(number));
    const [parent] = landed === undefined ? [] : this.commit(landed).parents;
    if (landed === undefined) return false;
    return (
      landed === number ||
      parent === undefined ||
      this.text(parent, key, probe) !== this.text(landed, key, probe)
    );
  }
}

/** Whether a version says nothing of a field. */
export function isNothing(text: string, { path }: Probe): boolean {
  return path.length > 0 && (text === "absent" || text === "no object");
}
