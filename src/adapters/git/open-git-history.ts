import { AuditError } from "../../model/audit-error.ts";
import { type CommitDetails, UNCOMMITTED } from "../../model/commit.ts";
import type { CommitGraph } from "../../model/commit-graph.ts";
import type {
  BlobContent,
  FileListing,
  GitHistory,
  PathChange,
  PathSelector,
  Snapshot,
} from "../../ports/git-history.ts";
import { BlobMemory } from "./blob-memory.ts";
import { deepenClone } from "./deepen-clone.ts";
import { describeCommits } from "./describe-commits.ts";
import { findRepository } from "./find-repository.ts";
import { GitFailure, translateFailure } from "./git-failure.ts";
import { type GitRepository, gitRepository } from "./git-repository.ts";
import { listWorktreeFiles } from "./list-worktree-files.ts";
import { mergeBase } from "./merge-base.ts";
import { newestCommitsBy } from "./newest-commits-by.ts";
import { fetchMissingBlobs } from "./partial-clone.ts";
import { readAhead, type StreamAhead } from "./read-ahead.ts";
import { readBlobs } from "./read-blobs.ts";
import { type CommitTree, readCommitTree } from "./read-commit-tree.ts";
import { type GraphRange, logOf, readChanges, readGraph } from "./read-graph.ts";
import { readParents } from "./read-parents.ts";
import { type Remotes, readRemotes } from "./read-remotes.ts";
import { parseRemoteUrl } from "./remote-url.ts";
import { resolveCommit } from "./resolve-commit.ts";
import { selectFiles } from "./select-files.ts";
import { shallowBoundary } from "./shallow-boundary.ts";
import { sourceCommits } from "./source-commits.ts";

export interface OpenOptions {
  /** A folder of the repository: the work tree's root or below, or a bare repository. */
  readonly dir: string;
  /** Further addresses by which the repository is called, beside those of its remotes. */
  readonly addresses?: readonly string[];
  /** Ends every git process. */
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

/**
 * Open the Git repository that a folder belongs to. Nothing that the repository holds is run, and nothing but
 * `deepen`, and the blobs of a partial clone, touches the network.
 *
 * @throws {AuditError} `not-a-repository`, `git-missing`, `git-too-old`, `dubious-ownership`.
 */
export async function openGitHistory(options: OpenOptions): Promise<GitHistory> {
  const place = await findRepository(options.dir, options.signal);
  const repository = gitRepository(place, options.signal);
  const remotes = readRemotes(repository);
  remotes.catch(() => {}); // whoever needs it first hears of it
  return new RepositoryHistory(repository, remotes, options);
}

class RepositoryHistory implements GitHistory {
  readonly workTree: string | null;
  readonly #repository: GitRepository;
  readonly #remotes: Promise<Remotes>;
  readonly #options: OpenOptions;
  readonly #trees = new Map<string, Promise<CommitTree>>();
  /** Logs that have been started and not been read. */
  readonly #ahead = new Map<string, StreamAhead>();
  /** The one read last: it tells what leads to a commit. */
  #graph: CommitGraph | null = null;
  readonly #contents = new BlobMemory();

  constructor(repository: GitRepository, remotes: Promise<Remotes>, options: OpenOptions) {
    this.workTree = repository.workTree;
    this.#repository = repository;
    this.#remotes = remotes;
    this.#options = options;
  }

  resolveCommit(revision: string): Promise<string> {
    return resolveCommit(this.#repository, revision);
  }

  async currentBranch(): Promise<string | null> {
    const name = await this.#repository.text("symbolic-ref", "--short", "--quiet", "HEAD").catch(() => "");
    return name.trim() === "" ? null : name.trim();
  }

  async repositoryName(): Promise<string | null> {
    return parseRemoteUrl((await this.#remotes).origin)?.repository ?? null;
  }

  async remoteUrls(): Promise<readonly string[]> {
    const { urls } = await this.#remotes;
    return [...new Set([...urls, ...(this.#options.addresses ?? [])])];
  }

  async isShallow(): Promise<boolean> {
    return (await this.#translated(shallowBoundary(this.#repository))).size > 0;
  }

  deepen(): Promise<void> {
    return deepenClone(this.#repository, () => this.isShallow());
  }

  async listFiles(at: Snapshot, selector: PathSelector): Promise<FileListing> {
    if (at.kind === "commit") requireObjectIds([at.sha]);
    const listing =
      at.kind === "worktree"
        ? listWorktreeFiles(this.#repository, selector, this.#contents)
        : this.#commitTree(at.sha).then((tree) => selectFiles(tree.entries, selector, tree.unreadable));
    return this.#translated(listing);
  }

  /** A commit's tree never changes: the configuration and the manifests are found in one listing. */
  #commitTree(sha: string): Promise<CommitTree> {
    const known = this.#trees.get(sha);
    if (known !== undefined) return known;
    const tree = readCommitTree(this.#repository, sha, (blobs) => this.readBlobs(blobs));
    this.#trees.set(sha, tree);
    return tree;
  }

  async *readBlobs(blobs: readonly string[]): AsyncGenerator<BlobContent> {
    requireObjectIds(blobs);
    try {
      await this.#ensureBlobs(blobs);
      for await (const batch of readBlobs(this.#repository, blobs, this.#contents)) {
        for (const read of batch) {
          this.#contents.keep(read.blob, read.content);
          yield read;
        }
      }
    } catch (error) {
      throw await this.#translate(error);
    }
  }

  anticipateGraph(commit: string, selector: PathSelector, further: readonly string[] = []): Disposable {
    requireObjectIds([commit, ...further]);
    const range = { commit, pathspecs: selector.pathspecs, further };
    const ahead = readAhead((signal) => logOf(this.#repository, range, signal));
    this.#ahead.set(keyOf(range), ahead);
    return {
      [Symbol.dispose]: () => {
        this.#ahead.delete(keyOf(range));
        ahead.drop();
      },
    };
  }

  async readGraph(
    commit: string,
    selector: PathSelector,
    further: readonly string[] = [],
  ): Promise<CommitGraph> {
    requireObjectIds([commit, ...further]);
    const range = { commit, pathspecs: selector.pathspecs, further };
    const log = this.#ahead.get(keyOf(range))?.chunks ?? logOf(this.#repository, range);
    this.#ahead.delete(keyOf(range));
    this.#graph = await this.#translated(readGraph(this.#repository, commit, log, selector.matches));
    return this.#graph;
  }

  async parentsOf(sha: string): Promise<readonly string[]> {
    requireObjectIds([sha]);
    return this.#translated(readParents(this.#repository, sha));
  }

  async mergeBase(left: string, right: string): Promise<string | null> {
    requireObjectIds([left, right]);
    return this.#translated(mergeBase(this.#repository, left, right));
  }

  async sourceCommits(shas: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const committed = shas.filter((sha) => sha !== UNCOMMITTED);
    requireObjectIds(committed);
    return this.#translated(sourceCommits(this.#repository, committed, (blobs) => this.#ensureBlobs(blobs)));
  }

  async newestCommitsBy(emails: readonly string[], head: string): Promise<ReadonlyMap<string, string>> {
    requireObjectIds([head]);
    return this.#translated(newestCommitsBy(this.#repository, emails, head));
  }

  async readChanges(
    shas: readonly string[],
    matches: (path: string) => boolean,
  ): Promise<ReadonlyMap<string, readonly PathChange[]>> {
    requireObjectIds(shas);
    return this.#translated(readChanges(this.#repository, shas, matches));
  }

  async describeCommits(shas: readonly string[], head: string): Promise<readonly CommitDetails[]> {
    requireObjectIds([head, ...shas]);
    return this.#translated(
      describeCommits(this.#repository, shas, {
        head,
        now: this.#options.now?.() ?? new Date(),
        graph: this.#graph?.commits.some(({ sha }) => sha === head) === true ? this.#graph : null,
        ensureBlobs: (blobs) => this.#ensureBlobs(blobs),
        originUrl: async () => (await this.#remotes).origin,
      }),
    );
  }

  async #ensureBlobs(blobs: readonly string[]): Promise<void> {
    const { promisor } = await this.#remotes;
    if (promisor === null) return;
    const wanted = blobs.filter((blob) => !this.#contents.has(blob));
    if (wanted.length > 0) await fetchMissingBlobs(this.#repository, promisor, wanted);
  }

  #translated<Result>(work: Promise<Result>): Promise<Result> {
    return work.catch(async (error: unknown) => {
      throw await this.#translate(error);
    });
  }

  async #translate(error: unknown): Promise<unknown> {
    if (error instanceof AuditError || !(error instanceof GitFailure)) return error;
    return translateFailure(error, this.#options.dir, (await this.#remotes).promisor !== null);
  }
}

function keyOf(range: GraphRange): string {
  return JSON.stringify([range.commit, range.pathspecs, range.further]);
}

/** Anything else could be an option to git, or a second line of its input. */
function requireObjectIds(ids: readonly string[]): void {
  const wrong = ids.find((id) => !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id));
  if (wrong !== undefined) throw new TypeError(`${JSON.stringify(wrong)} is no full object id`);
}
