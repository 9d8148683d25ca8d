import { type Identity, importCommit, importRef, type TreeEntry } from "./fast-import.ts";

/** A commit that is not on disk yet; `TestRepository.sha` knows its name. Goes wherever a parent or a ref's target does. */
export type Label = `:${number}`;

/** Text, bytes, an executable file, a submodule at a commit; null deletes the path. */
export type FileContent =
  | string
  | Buffer
  | { readonly executable: string }
  | { readonly submodule: string }
  | null;

export interface CommitInput {
  /** `main` unless given; a full name (`refs/pull/1/head`) is taken as it is. Its tip is the parent unless `parents` says else. */
  readonly branch?: string;
  readonly message: string | Buffer;
  readonly author: Identity;
  /** The author unless given. */
  readonly committer?: Identity;
  /** ISO 8601; one minute after the commit recorded before, from 2024-01-01, unless given. */
  readonly authoredAt?: string;
  /** `authoredAt` unless given. */
  readonly committedAt?: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  /** Symbolic links: path to target. */
  readonly links?: Readonly<Record<string, string>>;
  /** Labels, branches or shas; an empty list makes a root commit. The tree starts as the first one's. */
  readonly parents?: readonly string[];
}

export interface MergeInput extends Omit<CommitInput, "branch" | "parents"> {
  /** The branch that moves; the first parent. */
  readonly into: string;
  /** The branch or label that is merged; the second parent. */
  readonly from: string;
  /** Leave the second parent out, as a forge's squash merge does. */
  readonly squash?: boolean;
}

interface RecordedCommit {
  readonly parents: readonly Label[];
  readonly changes: ReadonlyMap<string, TreeEntry | null>;
}

const START = Date.parse("2024-01-01T00:00:00Z");
const MINUTE_MS = 60_000;

/** Commits and refs as they are made, with their trees, and the fast-import stream that writes them. */
export class RecordedHistory {
  readonly #commits: RecordedCommit[] = [];
  readonly #tips = new Map<string, string>();
  readonly #stream: Buffer[] = [];

  commit(input: CommitInput): Label {
    const ref = fullName(input.branch ?? "main");
    const tip = this.#tips.get(ref);
    const parents = input.parents?.map((parent) => this.#resolve(parent)) ?? (tip === undefined ? [] : [tip]);
    const changes = treeChanges(input);
    this.#commits.push({ parents: parents.filter(isLabel), changes });
    const mark: Label = `:${this.#commits.length}`;
    const authoredAt = input.authoredAt ?? new Date(START + this.#commits.length * MINUTE_MS).toISOString();
    this.#stream.push(
      importCommit({
        ref,
        mark,
        author: input.author,
        authoredAt,
        committer: input.committer ?? input.author,
        committedAt: input.committedAt ?? authoredAt,
        message: Buffer.from(input.message),
        parents,
        changes,
      }),
    );
    this.#tips.set(ref, mark);
    return mark;
  }

  /** Create a branch, or move it. */
  branch(name: string, from: string): void {
    this.ref(fullName(name), from);
  }

  /** Create a ref of any kind, by its full name: `refs/pull/7/head`, `refs/remotes/origin/main`. */
  ref(name: string, at: string): void {
    const target = this.#resolve(at);
    this.#tips.set(name, target);
    this.#stream.push(importRef(name, target));
  }

  /**
   * Merge one branch into another. The merge's tree is `into`'s, overlaid with every path that `from` changed since
   * their merge base (so `from` wins where both changed one), overlaid with `files` and `links`.
   */
  merge(input: MergeInput): Label {
    const into = this.#label(input.into);
    const from = this.#label(input.from);
    const merged = this.#changedSince(this.#mergeBase(into, from), from);
    return this.commit({
      ...input,
      branch: input.into,
      parents: input.squash === true ? [into] : [into, from],
      files: { ...merged.files, ...input.files },
      links: { ...merged.links, ...input.links },
    });
  }

  /** The plain files of a branch or commit, by path. */
  filesAt(at: string): Map<string, string> {
    const files = [...this.#treeAt(this.#label(at))];
    return new Map(
      files.flatMap(([path, entry]) =>
        entry.mode === "100644" || entry.mode === "100755" ? [[path, entry.content.toString("utf8")]] : [],
      ),
    );
  }

  /** How many fast-import commands have been recorded. */
  get length(): number {
    return this.#stream.length;
  }

  /** The fast-import commands after the first `count`. */
  streamAfter(count: number): Buffer {
    return Buffer.concat(this.#stream.slice(count));
  }

  #resolve(at: string): string {
    if (isLabel(at) || /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(at)) return at;
    const tip = this.#tips.get(fullName(at));
    if (tip === undefined) throw new Error(`No branch or ref ${at} was recorded`);
    return tip;
  }

  #label(at: string): Label {
    const resolved = this.#resolve(at);
    if (!isLabel(resolved)) throw new Error(`${at} was not recorded here, so its tree is not known`);
    return resolved;
  }

  #recorded(label: Label): RecordedCommit {
    const commit = this.#commits[Number(label.slice(1)) - 1];
    if (commit === undefined) throw new Error(`No commit ${label} was recorded`);
    return commit;
  }

  #treeAt(label: Label | null): Map<string, TreeEntry> {
    const chain: RecordedCommit[] = [];
    for (let at = label; at !== null; at = this.#recorded(at).parents[0] ?? null) {
      chain.push(this.#recorded(at));
    }
    const tree = new Map<string, TreeEntry>();
    for (const commit of chain.reverse()) {
      for (const [path, entry] of commit.changes) {
        if (entry === null) tree.delete(path);
        else tree.set(path, entry);
      }
    }
    return tree;
  }

  /** Commits are recorded after their parents, so the common ancestor recorded last is a best one. */
  #mergeBase(left: Label, right: Label): Label | null {
    const ofRight = this.#ancestors(right);
    const common = [...this.#ancestors(left)].filter((number) => ofRight.has(number));
    return common.length === 0 ? null : `:${Math.max(...common)}`;
  }

  #ancestors(label: Label): Set<number> {
    const found = new Set<number>();
    const open = [label];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const number = Number(at.slice(1));
      if (found.has(number)) continue;
      found.add(number);
      open.push(...this.#recorded(at).parents);
    }
    return found;
  }

  #changedSince(base: Label | null, tip: Label) {
    const before = this.#treeAt(base);
    const after = this.#treeAt(tip);
    const files: Record<string, FileContent> = {};
    const links: Record<string, string> = {};
    for (const path of before.keys()) if (!after.has(path)) files[path] = null;
    for (const [path, entry] of after) {
      if (sameEntry(before.get(path), entry)) continue;
      if (entry.mode === "160000") files[path] = { submodule: entry.commit };
      else if (entry.mode === "120000") links[path] = entry.content.toString("utf8");
      else if (entry.mode === "100755") files[path] = { executable: entry.content.toString("utf8") };
      else files[path] = entry.content;
    }
    return { files, links };
  }
}

export function fullName(branch: string): string {
  return branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
}

function isLabel(at: string): at is Label {
  return /^:\d+$/.test(at);
}

function treeChanges(input: CommitInput): Map<string, TreeEntry | null> {
  return new Map([
    ...Object.entries(input.files ?? {}).map(([path, content]) => [path, treeEntry(content)] as const),
    ...Object.entries(input.links ?? {}).map(
      ([path, target]) => [path, { mode: "120000", content: Buffer.from(target) }] as const,
    ),
  ]);
}

function treeEntry(content: FileContent): TreeEntry | null {
  if (content === null) return null;
  if (typeof content === "string" || Buffer.isBuffer(content)) {
    return { mode: "100644", content: Buffer.from(content) };
  }
  if ("submodule" in content) return { mode: "160000", commit: content.submodule };
  return { mode: "100755", content: Buffer.from(content.executable) };
}

function sameEntry(left: TreeEntry | undefined, right: TreeEntry): boolean {
  if (left === undefined || left.mode !== right.mode) return false;
  if (left.mode === "160000" || right.mode === "160000") {
    return left.mode === "160000" && right.mode === "160000" && left.commit === right.commit;
  }
  return left.content.equals(right.content);
}
