import { onTestFinished } from "vitest";
import { type OpenOptions, openGitHistory } from "../../../src/adapters/git/open-git-history.ts";
import type { GitHistory, PathSelector } from "../../../src/ports/git-history.ts";
import type {
  RepositoryBuilder,
  TestRepository,
  WriteOptions,
} from "../../support/repository/build-repository.ts";

export const alice = { name: "Alice", email: "alice@example.com" };
export const bob = { name: "Bob", email: "bob@example.com" };
export const carol = { name: "Carol", email: "carol@example.com" };

export const everything: PathSelector = { pathspecs: [], matches: () => true };

export function under(...pathspecs: readonly string[]): PathSelector {
  return {
    pathspecs,
    matches: (path) => pathspecs.some((folder) => path === folder || path.startsWith(`${folder}/`)),
  };
}

/** The user's own git configuration must not decide a test. */
export function openIsolated(dir: string, options: Omit<OpenOptions, "dir"> = {}): Promise<GitHistory> {
  process.env.GIT_CONFIG_GLOBAL = "/dev/null";
  process.env.GIT_CONFIG_SYSTEM = "/dev/null";
  return openGitHistory({ dir, ...options });
}

/** Write the repository, gone when the test ends, and open it. */
export async function writeAndOpen(
  builder: RepositoryBuilder,
  options: WriteOptions = {},
): Promise<{ repository: TestRepository; history: GitHistory }> {
  const repository = await builder.write(options);
  onTestFinished(() => repository.remove());
  return { repository, history: await openIsolated(repository.dir) };
}

export async function readTexts(history: GitHistory, blobs: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const { content } of history.readBlobs(blobs)) texts.push(content.toString("utf8"));
  return texts;
}
