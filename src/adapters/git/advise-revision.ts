import { slipsBetween } from "../../model/nearest-name.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { listRefs } from "./list-refs.ts";

/** What to do about a revision that names no commit here, as a sentence. */
export async function adviseRevision(repository: GitRepository, revision: string): Promise<string> {
  if (!mayName(revision)) return NAME_ONE;
  const names = (await listRefs(repository)).map((ref) => ref.name);
  if (names.length === 0) return "The repository has no branch yet: commit or fetch something first.";
  if (revision.includes("..")) return "Name one commit: a range names several.";
  if (await isKnown(repository, revision))
    return "It names a file or a folder: name the commit alone, and what to audit of it as a PATH.";
  const base = /^(.+?)(?:[~^:]|@\{)/.exec(revision)?.[1];
  if (base !== undefined && (await isKnown(repository, base))) return await adviseFurther(repository, base);
  const similar = suggestRefs(base ?? revision, names);
  if (similar.length > 0) return `Did you mean ${similar.join(" or ")}?`;
  return await adviseFetch(repository, base ?? revision);
}

/** Not what git would take for an option, nor what it cannot be asked for. */
export function mayName(revision: string): boolean {
  return revision !== "" && !revision.startsWith("-") && !/[\0\n]/.test(revision);
}

const NAME_ONE = "Name a branch, a tag or a commit.";
const SHALLOW = "The clone is shallow and may lack it: fetch the whole history with --deepen.";

/** @param base What the revision starts from, which is there. */
async function adviseFurther(repository: GitRepository, base: string): Promise<string> {
  return (await isShallow(repository)) ? SHALLOW : `${base} is there, and what follows it leads to nothing.`;
}

async function adviseFetch(repository: GitRepository, wanted: string): Promise<string> {
  if (/^[0-9a-f]{7,64}$/.test(wanted))
    return (await isShallow(repository)) ? SHALLOW : "Fetch it first, with git fetch.";
  const branch = wanted.replace(/^(?:refs\/heads\/|(?:refs\/remotes\/)?origin\/)/, "");
  return /^\w[\w./-]*$/.test(branch) ? `Fetch it first, with git fetch origin ${branch}.` : NAME_ONE;
}

async function isShallow(repository: GitRepository): Promise<boolean> {
  return (await repository.text("rev-parse", "--is-shallow-repository")).trim() === "true";
}

/** rev-parse takes any full object id for known. */
async function isKnown(repository: GitRepository, revision: string): Promise<boolean> {
  try {
    await repository.run(["cat-file", "-e", revision]);
    return true;
  } catch (error) {
    if (error instanceof GitFailure) return false;
    throw error;
  }
}

/** At most three refs that may be meant: the same branch of a remote, another case, or one or two letters off. */
function suggestRefs(revision: string, names: readonly string[]): string[] {
  const wanted = revision.replace(/^refs\/(heads|remotes)\//, "").toLowerCase();
  const ranked = names.flatMap((name) => {
    const candidate = name.toLowerCase();
    if (candidate === wanted) return [{ name, rank: 0 }];
    if (candidate.endsWith(`/${wanted}`) || wanted.endsWith(`/${candidate}`)) return [{ name, rank: 1 }];
    const slips = slipsBetween(wanted.slice(0, 100), candidate.slice(0, 100));
    return slips <= (wanted.length < 4 ? 1 : 2) ? [{ name, rank: 1 + slips }] : [];
  });
  return ranked
    .sort((left, right) => left.rank - right.rank)
    .slice(0, 3)
    .map(({ name }) => name);
}
