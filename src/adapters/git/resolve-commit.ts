import { AuditError } from "../../model/audit-error.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { listRefs } from "./list-refs.ts";

/**
 * The commit that a revision names, in full.
 *
 * @throws {AuditError} `ref-not-found`, with refs that may be meant.
 */
export async function resolveCommit(repository: GitRepository, revision: string): Promise<string> {
  if (revision === "" || revision.startsWith("-") || /[\0\n]/.test(revision)) {
    throw notFound(revision, "Name a branch, a tag or a commit.");
  }
  const sha = await revParse(repository, `${revision}^{commit}`);
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) return sha;
  throw notFound(revision, await advice(repository, revision));
}

/** @returns "" where git knows no such object. */
async function revParse(repository: GitRepository, revision: string): Promise<string> {
  try {
    const answer = await repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision]);
    return answer.toString("latin1").trim();
  } catch (error) {
    if (error instanceof GitFailure) return "";
    throw error;
  }
}

async function advice(repository: GitRepository, revision: string): Promise<string> {
  const names = (await listRefs(repository)).map((ref) => ref.name);
  if (names.length === 0) return "The repository has no branch yet: commit or fetch something first.";
  const similar = suggestRefs(revision, names);
  if (similar.length > 0) return `Did you mean ${similar.join(" or ")}?`;
  const isSha = /^[0-9a-f]{7,64}$/.test(revision);
  const isShallow = (await repository.text("rev-parse", "--is-shallow-repository")).trim() === "true";
  if (isSha && isShallow)
    return "The clone is shallow and may lack it: fetch the whole history with --deepen.";
  return isSha ? "Fetch it first, with git fetch." : `Fetch it first, with git fetch origin ${revision}.`;
}

/** At most three refs that may be meant: the same branch of a remote, another case, or one or two letters off. */
export function suggestRefs(revision: string, names: readonly string[]): string[] {
  const wanted = revision.replace(/^refs\/(heads|remotes)\//, "").toLowerCase();
  const ranked = names.flatMap((name) => {
    const candidate = name.toLowerCase();
    if (candidate === wanted) return [{ name, rank: 0 }];
    if (candidate.endsWith(`/${wanted}`) || wanted.endsWith(`/${candidate}`)) return [{ name, rank: 1 }];
    const distance = editDistance(wanted.slice(0, 100), candidate.slice(0, 100));
    return distance <= (wanted.length < 4 ? 1 : 2) ? [{ name, rank: 1 + distance }] : [];
  });
  return ranked
    .sort((left, right) => left.rank - right.rank)
    .slice(0, 3)
    .map(({ name }) => name);
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + Number(left[row - 1] !== right[column - 1]);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

function notFound(revision: string, mend: string): AuditError {
  return new AuditError({
    code: "ref-not-found",
    what: `The repository has no commit named ${JSON.stringify(revision.slice(0, 200))}`,
    where: { ref: revision.slice(0, 200) },
    mend,
  });
}
