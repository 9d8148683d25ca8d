import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readGit } from "./git-process.ts";
import type { RepositoryPlace } from "./git-repository.ts";
import { inObjectStore } from "./object-store.ts";
import type { RunGit } from "./write-tree.ts";

/** A folder for an index, or objects, that nobody else sees; gone afterwards. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-git-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs git on the object store, without network, with further variables. */
export function gitWith(
  { gitDir }: RepositoryPlace,
  signal: AbortSignal,
  variables: Readonly<Record<string, string>>,
): RunGit {
  const inStore = inObjectStore(gitDir, signal, variables);
  return (args, input) => readGit(inStore(args, input));
}
