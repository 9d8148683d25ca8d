import type { GitRepository } from "./git-repository.ts";
import { logFields } from "./log-fields.ts";
import { readObjects } from "./read-objects.ts";
import { decodeText } from "./split-fields.ts";

/** A commit of rendered output, and what it was rendered from. */
export interface DrySource {
  readonly sha: string;
  /** The first one; null at the start of the history. */
  readonly parent: string | null;
  /** The commit that it says it was rendered from; null where it does not say. */
  readonly source: string | null;
}

/** Trailers by which those who commit rendered output say what they rendered. */
const TRAILERS = ["Source-commit", "Argocd-reference-commit-sha"] as const;
/** Argo CD's hydrator writes what it rendered into this file, at the root of the branch. */
const METADATA = "hydrator.metadata";
/** Its entry in a tree object, as a regular file; the object id follows. */
const METADATA_ENTRY = Buffer.from(`100644 ${METADATA}\0`);
const FIELDS = [
  "%H",
  "%P",
  ...TRAILERS.map((key) => `%(trailers:key=${key},valueonly,unfold,separator=%x0A)`),
];

/**
 * What commits say they were rendered from: by Argo CD's metadata file, else by a trailer. However many they are, git
 * runs three times.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/source-hydrator/
 */
export async function readDrySources(
  repository: GitRepository,
  shas: readonly string[],
  ensureBlobs: (blobs: readonly string[]) => Promise<void>,
): Promise<DrySource[]> {
  if (shas.length === 0) return [];
  const [logged, metadata] = await Promise.all([
    readTrailers(repository, shas),
    readMetadata(repository, shas, ensureBlobs),
  ]);
  return logged.map((commit) => ({ ...commit, source: metadata.get(commit.sha) ?? commit.source }));
}

async function readTrailers(repository: GitRepository, shas: readonly string[]): Promise<DrySource[]> {
  const logged = await logFields(repository, shas, FIELDS);
  return logged.map(([sha = "", parents = "", ...trailers]) => {
    const parent = parents.split(" ")[0] ?? "";
    return {
      sha,
      parent: parent === "" ? null : parent,
      source: trailers.map(lastValue).find(isSha) ?? null,
    };
  });
}

/** Of a trailer that stands there several times the last one counts, as in Argo CD. */
function lastValue(trailers: string): string {
  return decodeText(trailers).trim().split("\n").at(-1) ?? "";
}

/** By the commit's sha. */
async function readMetadata(
  repository: GitRepository,
  shas: readonly string[],
  ensureBlobs: (blobs: readonly string[]) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const blobs = await metadataBlobs(repository, shas);
  const wanted = [...new Set(blobs.values())];
  await ensureBlobs(wanted);
  const sources = new Map<string, string | null>();
  for await (const objects of readObjects(repository, wanted)) {
    for (const { sha, content } of objects) sources.set(sha, dryShaIn(content.toString("utf8")));
  }
  return new Map(
    [...blobs].flatMap(([commit, blob]) => {
      const source = sources.get(blob) ?? null;
      return source === null ? [] : [[commit, source] as const];
    }),
  );
}

/** From the root trees, which a partial clone holds too. By the commit's sha. */
async function metadataBlobs(
  repository: GitRepository,
  shas: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const hashLength = repository.hash === "sha256" ? 32 : 20;
  const trees = shas.map((sha) => `${sha}^{tree}`);
  for await (const objects of readObjects(repository, trees)) {
    for (const { sha, content } of objects) {
      const start = content.indexOf(METADATA_ENTRY);
      if (start === -1) continue;
      const hash = start + METADATA_ENTRY.length;
      found.set(sha.slice(0, -"^{tree}".length), content.toString("hex", hash, hash + hashLength));
    }
  }
  return found;
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
