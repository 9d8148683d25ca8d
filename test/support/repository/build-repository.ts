import { join } from "node:path";
import { RecordedHistory } from "./recorded-history.ts";
import { runGit } from "./run-git.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { TestRepository } from "./test-repository.ts";

export type { Identity } from "./fast-import.ts";
export type { CommitInput, FileContent, Label, MergeInput } from "./recorded-history.ts";
export { TestRepository } from "./test-repository.ts";

export interface WriteOptions {
  /** Where; a new temporary folder unless given. */
  readonly dir?: string;
  /** No work tree. */
  readonly bare?: boolean;
  /** Fill the work tree with HEAD's branch. */
  readonly checkout?: boolean;
  /** The branch of HEAD; `main` unless given. */
  readonly head?: string;
  readonly objectFormat?: "sha1" | "sha256";
  /** Remotes to configure: name to URL. Nothing is fetched. */
  readonly remotes?: Readonly<Record<string, string>>;
}

/**
 * Records commits, branches, merges and refs, and writes them as a real Git repository through one `git fast-import`.
 *
 * ```ts
 * const builder = new RepositoryBuilder();
 * const first = builder.commit({ message: "add web", author: alice, files: { "web.yaml": "…" } });
 * builder.branch("feature", first);
 * builder.commit({ branch: "feature", message: "change web", author: bob, files: { "web.yaml": "…" } });
 * builder.merge({ into: "main", from: "feature", message: "Merge pull request #1 from bob/feature", author: carol });
 * using repository = await builder.write();
 * repository.sha(first);
 * const later = await repository.commit({ message: "one more, at once on disk", author: alice, files: {} });
 * ```
 */
export class RepositoryBuilder extends RecordedHistory {
  async write(options: WriteOptions = {}): Promise<TestRepository> {
    const dir = options.dir ?? (await temporaryFolder());
    const head = options.head ?? "main";
    const kind = options.bare === true ? ["--bare"] : [];
    const format = `--object-format=${options.objectFormat ?? "sha1"}`;
    await runGit(dir, ["init", "--quiet", `--initial-branch=${head}`, format, ...kind, "."]);
    for (const [name, url] of Object.entries(options.remotes ?? {})) {
      await runGit(dir, ["config", `remote.${name}.url`, url]);
      await runGit(dir, ["config", `remote.${name}.fetch`, `+refs/heads/*:refs/remotes/${name}/*`]);
    }
    const repository = new TestRepository(dir, options.bare === true ? dir : join(dir, ".git"), this);
    await repository.flush();
    if (options.checkout === true) await repository.git("reset", "--quiet", "--hard");
    return repository;
  }
}
