import type { GitEditor } from "./git-editor.ts";
import type { Branch, GitLife } from "./git-life.ts";
import { relaid } from "./layout-changes.ts";
import { staysMergeable } from "./mergeable.ts";
import type { FreshName } from "./model-edits.ts";
import { AUTHORS, type Author } from "./people.ts";
import type { Random } from "./random.ts";

type Fate = "merge" | "squash" | "never";

interface OpenBranch extends Branch {
  readonly fate: Fate;
  readonly pullRequest: number;
  commits: number;
}

const FORGE = { name: "GitHub", email: "noreply@github.com" };
const AT_MOST = 8;

/** Branches, from the first commit to the merge, the squash merge, or for good. */
export class PullRequests {
  /** Branches that main has not taken in. */
  readonly open: OpenBranch[] = [];
  readonly #editor: GitEditor;
  readonly #life: GitLife;
  readonly #random: Random;
  readonly #fresh: FreshName;
  #count = 0;

  readonly #pulls: boolean;

  constructor(editor: GitEditor, random: Random, fresh: FreshName, pulls = false) {
    this.#editor = editor;
    this.#life = editor.life;
    this.#random = random;
    this.#fresh = fresh;
    this.#pulls = pulls;
  }

  start(): void {
    if (this.open.length > AT_MOST) return;
    this.#count += 1;
    const fate = this.#random.weighted<Fate>({ merge: 4, squash: 4, never: 3 });
    const number = this.#count;
    const name = this.#random.pick([
      `feature-${number}`,
      `refs/pull/${number}/head`,
      `refs/remotes/origin/topic-${number}`,
    ]);
    const started = this.#life.startBranch(name, this.#life.main.tip, this.#life.main.state);
    const branch: OpenBranch = { ...started, fate, pullRequest: number, commits: 0 };
    this.open.push(branch);
    if (fate !== "never") this.#editor.toMerge.push(branch);
    this.#work(branch);
  }

  commit(): void {
    if (this.open.length > 0) this.#work(this.#random.pick(this.open));
  }

  #work(branch: OpenBranch): void {
    const before = branch.tip;
    const act = this.#random.weighted({ edit: 10, add: 1, remove: 1, relay: 1 });
    if (act === "edit") this.#editor.edit(branch, 1 + this.#random.int(2));
    else if (act === "add") this.#editor.addObject(branch);
    else if (act === "remove") this.#editor.removeObject(branch);
    else this.#editor.commit(branch, relaid(this.#random, branch.state, this.#fresh, "style"), "tidy up");
    if (branch.tip !== before) branch.commits += 1;
  }

  merge(): void {
    const branch = this.open.find(({ fate, commits }) => fate !== "never" && commits > 0);
    if (branch === undefined || !staysMergeable(this.#life.main, [branch])) return;
    this.open.splice(this.open.indexOf(branch), 1);
    this.#editor.toMerge.splice(this.#editor.toMerge.indexOf(branch), 1);
    const number = branch.pullRequest;
    if (branch.fate === "squash") {
      const [author = AUTHORS[0], ...coAuthors] = this.#authorsOf(branch);
      if (author === undefined) return;
      const subject = `improve routing (#${number})`;
      this.#life.merge(branch, { squash: true, subject, author, coAuthors, committer: FORGE });
    } else if (this.#pulls && this.#random.chance(0.5)) {
      const subject = "Merge branch 'main' of github.com:acme/shop";
      this.#life.pull(branch, { subject, author: this.#random.pick(AUTHORS) });
    } else {
      const merger = this.#random.pick(AUTHORS);
      const subject = `Merge pull request #${number} from ${merger.name.split(" ")[0]}/topic-${number}`;
      this.#life.merge(branch, { squash: false, subject, author: merger, committer: FORGE });
    }
  }

  #authorsOf(branch: OpenBranch): Author[] {
    const { record, main } = this.#life;
    const own = record.ancestors(branch.tip).difference(record.ancestors(main.tip));
    return [...new Set([...own].map((each) => record.commit(each).author))];
  }

  update(): void {
    const branch = this.open.find(({ fate, commits }) => fate !== "squash" && commits > 0);
    if (branch === undefined || !staysMergeable(this.#life.main, [branch])) return;
    this.#life.update(branch, { subject: "Merge branch 'main'", author: this.#random.pick(AUTHORS) });
  }
}
