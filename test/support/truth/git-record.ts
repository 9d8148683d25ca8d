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
}

/** The simulation's full knowledge of Git, and the questions that a judge asks of it. */
export class GitRecord {
  readonly commits: TrueCommit[] = [];
  /** Every ref but main, and its commit. */
  readonly refs = new Map<string, number>();
  /** Main's own line, oldest first. */
  readonly mainline: number[] = [];
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
