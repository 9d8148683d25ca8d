import type { CommitDirectory } from "../../ports/commit-directory.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { CodeOwner, OwnersOf } from "./code-owners.ts";

/** Each address costs a walk through history where it authored nothing. */
const MOST = 20;

/**
 * The code owners of some paths, where those that CODEOWNERS names by an e-mail address are logins as far as the forge ties
 * a commit of that address to one. Anybody may write an address into a commit, but the forge proves whose it is.
 */
export async function provenOwners(
  ownersOf: OwnersOf,
  paths: readonly string[],
  head: string,
  { git, directory }: { git: Pick<GitHistory, "newestCommitsBy">; directory: CommitDirectory | null },
  signal: AbortSignal,
): Promise<OwnersOf> {
  const owners = [...new Set(paths)].flatMap(ownersOf);
  const emails = new Set(owners.filter(isEmail).map(({ name }) => name.toLowerCase()));
  if (directory === null || emails.size === 0) return ownersOf;
  const commits = await git.newestCommitsBy([...emails].slice(0, MOST), head);
  const known = await directory.lookUp([...new Set(commits.values())], signal);
  const loginOf = ({ name }: CodeOwner) => {
    const email = name.toLowerCase();
    return known.get(commits.get(email) ?? "")?.logins.get(email) ?? null;
  };
  return (path) =>
    ownersOf(path).map((owner) => {
      const login = isEmail(owner) ? loginOf(owner) : null;
      return login === null ? owner : { kind: "login", name: login };
    });
}

function isEmail({ kind }: CodeOwner): boolean {
  return kind === "email";
}
