import type { GitRepository } from "./git-repository.ts";
import { decodeText, splitFields } from "./split-fields.ts";

/** Trailers by which those who commit rendered output say what they rendered. */
const TRAILERS = ["Source-commit", "Argocd-reference-commit-sha"] as const;
/** Argo CD's hydrator writes what it rendered into this file, at the root of the branch. */
const METADATA = "hydrator.metadata";

/**
 * The commits that rendered output was made from. One is answered where it is clear: the output before names its own, and
 * between the two there is a single commit, merges aside. Whoever rendered several at once does not say which of them
 * changed what.
 *
 * @returns By the sha of the output's commit. Nothing for those that say nothing, or whose source this clone does not hold.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/source-hydrator/
 */
export async function sourceCommits(
  repository: GitRepository,
  shas: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const sha of new Set(shas)) {
    const rendered = await renderedFrom(repository, sha);
    const before = rendered === null ? null : await renderedFrom(repository, `${sha}^1`);
    if (rendered === null || before === null || rendered === before) continue;
    const [only, ...others] = await between(repository, before, rendered);
    if (only !== undefined && others.length === 0) found.set(sha, only);
  }
  return found;
}

/** @returns null where the commit does not say, or does not exist. */
async function renderedFrom(repository: GitRepository, revision: string): Promise<string | null> {
  const metadata = await readOrNull(repository, ["cat-file", "blob", `${revision}:${METADATA}`]);
  const drySha = metadata === null ? null : dryShaIn(metadata.toString("utf8"));
  if (drySha !== null) return drySha;
  const fields = TRAILERS.map((key) => `%(trailers:key=${key},valueonly,unfold,separator=%x0A)`);
  const printed = await readOrNull(repository, [
    "log",
    "-1",
    "-z",
    "--no-patch",
    `--format=${fields.join("%x00")}`,
    revision,
    "--",
  ]);
  // Of a trailer that stands there several times the last one counts, as in Argo CD.
  const named = splitFields(printed ?? Buffer.of()).map(
    (field) => decodeText(field).trim().split("\n").at(-1) ?? "",
  );
  return named.find(isSha) ?? null;
}

function dryShaIn(text: string): string | null {
  try {
    const { drySha }: { drySha?: unknown } = JSON.parse(text) ?? {};
    return typeof drySha === "string" && isSha(drySha) ? drySha : null;
  } catch {
    return null;
  }
}

function isSha(text: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}

async function between(repository: GitRepository, before: string, after: string): Promise<readonly string[]> {
  const listed = await readOrNull(repository, [
    "rev-list",
    "--no-merges",
    "--max-count=2",
    after,
    `^${before}`,
    "--",
  ]);
  return (listed?.toString("latin1") ?? "").split("\n").filter(isSha);
}

/** A file, a parent or a commit that is not there makes git fail: then nothing is known. */
async function readOrNull(repository: GitRepository, args: readonly string[]): Promise<Buffer | null> {
  try {
    return await repository.run(args);
  } catch {
    return null;
  }
}
