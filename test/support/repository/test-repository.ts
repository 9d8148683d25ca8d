import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommitInput, Label, MergeInput, RecordedHistory } from "./recorded-history.ts";
import { runGit } from "./run-git.ts";
import { removeFolder } from "./temporary-folder.ts";

/**
 * A real repository on disk, made of a recorded history, to which commits can be added one after the other: each call
 * is on disk when its promise resolves. The work tree, where there is one, stays as it is until `checkout`.
 *
 * Goes with `await using`, or `remove()` after all tests.
 */
export class TestRepository {
  readonly dir: string;
  readonly #gitDir: string;
  readonly #history: RecordedHistory;
  #written = 0;
  #shas = new Map<string, string>();

  constructor(dir: string, gitDir: string, history: RecordedHistory) {
    this.dir = dir;
    this.#gitDir = gitDir;
    this.#history = history;
  }

  /** The name of a written commit. */
  sha(label: Label): string {
    const sha = this.#shas.get(label);
    if (sha === undefined) throw new Error(`No commit ${label} was written`);
    return sha;
  }

  async commit(input: CommitInput): Promise<string> {
    return this.#flushed(this.#history.commit(input));
  }

  async merge(input: MergeInput): Promise<string> {
    return this.#flushed(this.#history.merge(input));
  }

  async branch(name: string, from: string): Promise<void> {
    this.#history.branch(name, from);
    await this.flush();
  }

  async ref(name: string, at: string): Promise<void> {
    this.#history.ref(name, at);
    await this.flush();
  }

  /** The plain files of a branch or commit, by path. */
  filesAt(at: string): Map<string, string> {
    return this.#history.filesAt(at);
  }

  /** Make the work tree and HEAD those of a branch; local changes are lost. */
  async checkout(branch: string): Promise<void> {
    await this.git("checkout", "--quiet", "--force", branch);
  }

  /** Run any other git command in the repository. */
  git(...args: readonly string[]): Promise<string> {
    return runGit(this.dir, args);
  }

  /** Write what has been recorded since the last time. */
  async flush(): Promise<void> {
    const marks = join(this.#gitDir, "test-marks");
    const options = ["--quiet", "--force", `--export-marks=${marks}`, `--import-marks-if-exists=${marks}`];
    const stream = this.#history.streamAfter(this.#written);
    this.#written = this.#history.length;
    await runGit(this.dir, ["-c", "core.fsync=none", "fast-import", ...options], stream);
    const lines = (await readFile(marks, "utf8")).split("\n").filter((line) => line !== "");
    this.#shas = new Map(
      lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
    );
  }

  remove(): void {
    removeFolder(this.dir);
  }

  [Symbol.dispose](): void {
    this.remove();
  }

  async #flushed(label: Label): Promise<string> {
    await this.flush();
    return this.sha(label);
  }
}
