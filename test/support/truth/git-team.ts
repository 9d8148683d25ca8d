import { type BranchState, withoutAbsent } from "./branch-state.ts";
import { freshModel } from "./fresh-model.ts";
import { type Branch, GitLife } from "./git-life.ts";
import type { Models } from "./git-record.ts";
import { type IngressModel, type Place, sameModel, valueAt, withValue } from "./ingress-model.ts";
import { relaid } from "./layout-changes.ts";
import { isWhole, staysMergeable } from "./mergeable.ts";
import { type FreshName, randomEdit } from "./model-edits.ts";
import { AUTHORS, MAILMAP } from "./people.ts";
import type { Random } from "./random.ts";
import { type FileStyle, PLAIN_STYLE } from "./render-file.ts";

/** A change that main once made: it can be reverted. */
interface PastEdit {
  readonly key: string;
  readonly place: Place;
  readonly before: IngressModel;
  readonly after: IngressModel;
  readonly subject: string;
}

/** A value that somebody set by hand and that Git takes over later. */
export interface Adoption {
  readonly key: string;
  readonly place: Place;
  readonly value: IngressModel;
}

type Fate = "merge" | "squash" | "never";

interface OpenBranch extends Branch {
  readonly fate: Fate;
  readonly pullRequest: number;
  commits: number;
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

const FORGE = { name: "GitHub", email: "noreply@github.com" };

/** Eight authors at work on one repository: what they commit is drawn from the seed. */
export class GitTeam {
  readonly life: GitLife;
  readonly adoptions: Adoption[] = [];
  readonly #random: Random;
  readonly #fresh: FreshName;
  readonly #namespaces: readonly string[];
  readonly #past: PastEdit[] = [];
  readonly #branches: OpenBranch[] = [];
  #pullRequests = 0;

  constructor(random: Random, fresh: FreshName, namespaces: readonly string[]) {
    this.life = new GitLife(random);
    this.#random = random;
    this.#fresh = fresh;
    this.#namespaces = namespaces;
  }

  /** Branches that main has not taken in, with their tips. */
  get openBranches(): readonly Branch[] {
    return this.#branches;
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
          layout: new Map([...layout, [path, { style: this.#firstStyle(), keys: here }]]),
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
    for (const end = record.commits.length + commits; record.commits.length < end; ) this.#act();
  }

  #act(): void {
    const acts: Readonly<Record<keyof typeof ACTS, () => void>> = {
      edit: () => this.#edit(this.life.main, 1 + this.#random.int(2)),
      sweep: () => this.#sweep(),
      relay: () =>
        this.#commitMain(relaid(this.#random, this.life.main.state, this.#fresh), "tidy up manifests"),
      editAndRelay: () => this.#edit(this.life.main, 1, (state) => relaid(this.#random, state, this.#fresh)),
      object: () =>
        this.#random.chance(0.5) ? this.#addObject(this.life.main) : this.#removeObject(this.life.main),
      revert: () => this.#revert(),
      flap: () => this.#flap(),
      adopt: () => this.#adopt(),
      unrelated: () => this.#unrelated(),
      startBranch: () => this.#startBranch(),
      branchCommit: () => this.#branchCommit(),
      merge: () => this.#merge(),
      updateBranch: () => this.#updateBranch(),
    };
    acts[this.#random.weighted(ACTS)]();
  }

  #edit(branch: Branch, count: number, also: (state: BranchState) => BranchState = (state) => state): void {
    const key = this.#random.pick([...branch.state.models.keys()]);
    let models: Models = branch.state.models;
    for (let edit = 0; edit < count; edit++) models = this.#edited(branch, models, key);
    if (models === branch.state.models) return;
    const subject = `change ${key} (${this.#fresh("c")})`;
    this.#rememberPast(branch, key, models, subject);
    this.#commitTo(branch, also({ ...branch.state, models }), subject);
  }

  #edited(branch: Branch, models: Models, key: string): Models {
    const model = models.get(key);
    if (model === undefined) return models;
    const edit = randomEdit(this.#random, model, this.#fresh);
    if (edit === null) return models;
    const next = new Map(models).set(key, edit.next);
    return this.#fits(branch, next, key) ? next : models;
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
      if (this.#fits(main, next, key)) models = next;
    }
    this.#commitMain({ ...main.state, models }, `set tier to ${value}`);
  }

  #addObject(branch: Branch): void {
    const key = `${this.#random.pick(this.#namespaces)}/${this.#fresh("new")}`;
    const { models, layout } = branch.state;
    const file = { style: this.#firstStyle(), keys: [key] };
    const state: BranchState = {
      models: new Map(models).set(key, freshModel(this.#random, this.#fresh)),
      layout: new Map(layout).set(`deploy/new/${key.replace("/", "-")}.yaml`, file),
    };
    this.#commitTo(branch, state, `add ${key}`);
  }

  #removeObject(branch: Branch): void {
    const { models, layout } = branch.state;
    if (models.size < 30) return;
    const key = this.#random.pick([...models.keys()]);
    const next = new Map(models);
    next.delete(key);
    if (this.#fits(branch, next, key))
      this.#commitTo(branch, withoutAbsent({ models: next, layout }), `remove ${key}`);
  }

  #revert(): void {
    if (this.#past.length === 0) return;
    const { main } = this.life;
    const past = this.#random.pick(this.#past.slice(-20));
    const model = main.state.models.get(past.key);
    if (model === undefined || !sameModel(model, past.after)) return;
    const next = new Map(main.state.models).set(past.key, past.before);
    if (this.#fits(main, next, past.key))
      this.#commitMain({ ...main.state, models: next }, `Revert "${past.subject}"`);
  }

  /** Back to a value that the place once had. */
  #flap(): void {
    if (this.#past.length === 0) return;
    const { main } = this.life;
    const { key, place, before } = this.#random.pick(this.#past);
    this.#set(main, key, place, before, "back to what it was");
  }

  #adopt(): void {
    const adoption = this.adoptions.shift();
    if (adoption === undefined) return;
    const branch = this.#random.chance(0.25)
      ? this.#random.pick([this.life.main, ...this.#branches])
      : this.life.main;
    this.#set(branch, adoption.key, adoption.place, adoption.value, "take over what runs");
  }

  #set(branch: Branch, key: string, place: Place, from: IngressModel, subject: string): void {
    const model = branch.state.models.get(key);
    const parent = model === undefined ? undefined : valueAt(model, place.slice(0, -1));
    if (model === undefined || parent === undefined) return;
    const next = withValue(model, place, valueAt(from, place));
    const models = new Map(branch.state.models).set(key, next);
    if (sameModel(next, model) || !isWhole(next) || !this.#fits(branch, models, key)) return;
    this.#rememberPast(branch, key, models, subject);
    this.#commitTo(branch, { ...branch.state, models }, `${subject}: ${key}`);
  }

  #unrelated(): void {
    this.life.commit(this.life.main, {
      state: this.life.main.state,
      subject: "update the docs",
      author: this.#random.pick(AUTHORS),
      files: { "README.md": `${this.#fresh("text")}\n` },
    });
  }

  #startBranch(): void {
    if (this.#branches.length > 8) return;
    this.#pullRequests += 1;
    const fate = this.#random.weighted<Fate>({ merge: 4, squash: 4, never: 3 });
    const number = this.#pullRequests;
    const name = this.#random.pick([
      `feature-${number}`,
      `refs/pull/${number}/head`,
      `refs/remotes/origin/topic-${number}`,
    ]);
    const started = this.life.startBranch(name, this.life.main.tip, this.life.main.state);
    const branch: OpenBranch = { ...started, fate, pullRequest: number, commits: 0 };
    this.#branches.push(branch);
    this.#branchWork(branch);
  }

  #branchCommit(): void {
    if (this.#branches.length > 0) this.#branchWork(this.#random.pick(this.#branches));
  }

  #branchWork(branch: OpenBranch): void {
    const before = branch.tip;
    const act = this.#random.weighted({ edit: 10, add: 1, remove: 1, relay: 1 });
    if (act === "edit") this.#edit(branch, 1 + this.#random.int(2));
    else if (act === "add") this.#addObject(branch);
    else if (act === "remove") this.#removeObject(branch);
    else this.#commitTo(branch, relaid(this.#random, branch.state, this.#fresh, "style"), "tidy up");
    if (branch.tip !== before) branch.commits += 1;
  }

  #merge(): void {
    const branch = this.#branches.find(({ fate, commits }) => fate !== "never" && commits > 0);
    if (branch === undefined || !staysMergeable(this.life.main, [branch])) return;
    this.#branches.splice(this.#branches.indexOf(branch), 1);
    const { record } = this.life;
    const old = record.ancestors(this.life.main.tip);
    const authors = [
      ...new Set([...record.ancestors(branch.tip).difference(old)].map((each) => record.commit(each).author)),
    ];
    const [first, ...others] = authors;
    if (first === undefined) return;
    const number = branch.pullRequest;
    if (branch.fate === "squash") {
      this.life.merge(branch, {
        squash: true,
        subject: `improve routing (#${number})`,
        author: first,
        coAuthors: others,
        committer: FORGE,
      });
    } else {
      const merger = this.#random.pick(AUTHORS);
      const subject = `Merge pull request #${number} from ${merger.name.split(" ")[0]}/topic-${number}`;
      this.life.merge(branch, { squash: false, subject, author: merger, committer: FORGE });
    }
  }

  #updateBranch(): void {
    const branch = this.#branches.find(({ fate, commits }) => fate !== "squash" && commits > 0);
    if (branch === undefined || !staysMergeable(this.life.main, [branch])) return;
    this.life.update(branch, { subject: "Merge branch 'main'", author: this.#random.pick(AUTHORS) });
  }

  #fits(branch: Branch, models: Models, key: string): boolean {
    const mergeable = this.#branches.filter(({ fate }) => fate !== "never");
    if (branch !== this.life.main && !mergeable.some((each) => each === branch)) {
      return staysMergeable(this.life.main, [{ ...branch, state: { ...branch.state, models } }], key);
    }
    const main =
      branch === this.life.main ? { ...branch, state: { ...branch.state, models } } : this.life.main;
    const others = mergeable.map((each) =>
      each === branch ? { ...each, state: { ...each.state, models } } : each,
    );
    return staysMergeable(main, others, key);
  }

  #rememberPast(branch: Branch, key: string, models: Models, subject: string): void {
    const before = branch.state.models.get(key);
    const after = models.get(key);
    if (branch !== this.life.main || before === undefined || after === undefined) return;
    const place = changedPlace(before, after);
    if (place !== null) this.#past.push({ key, place, before, after, subject });
  }

  #commitMain(state: BranchState, subject: string): void {
    this.#commitTo(this.life.main, state, subject);
  }

  #commitTo(branch: Branch, state: BranchState, subject: string): void {
    if (state === branch.state) return;
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

  #firstStyle(): FileStyle {
    const version = this.#random.weighted({
      "networking.k8s.io/v1": 3,
      "networking.k8s.io/v1beta1": 1,
      "extensions/v1beta1": 1,
    });
    return {
      ...PLAIN_STYLE,
      version,
      form: this.#random.weighted({ yaml: 6, list: 1, json: 0 }),
      quotes: this.#random.weighted({ PLAIN: 3, QUOTE_DOUBLE: 1, QUOTE_SINGLE: 1 }),
      crlf: this.#random.chance(0.15),
    };
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
