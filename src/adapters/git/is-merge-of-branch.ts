/**
 * Whether a merge's message says that it took a branch or a pull request into the line that it was made on, which is
 * then its first parent. `git pull` merges the other way round: the first parent is what was only local, and what
 * everybody had is merged into it. A message of somebody's own may stand for either.
 *
 * @see https://git-scm.com/docs/git-fmt-merge-msg
 */
export function isMergeOfBranch(subject: string): boolean {
  if (PULL_REQUEST.some((pattern) => pattern.test(subject))) return true;
  const [, name = "", rest = ""] = /^Merge (?:remote-tracking )?branch '([^']+)'(.*)$/.exec(subject) ?? [];
  const isPull = rest.startsWith(" of ");
  const into = /^ into '?([^']+?)'?$/.exec(rest)?.[1];
  return name !== "" && !isPull && !TRUNKS.test(name) && withoutRemote(name) !== into;
}

const PULL_REQUEST = [
  /^Merge pull request /, // GitHub, Gitea, Forgejo
  /^Merged in .* \(pull request #\d+\)$/, // Bitbucket Cloud
  /^(?:Merged PR|Pull request #)\s?\d+: /, // Azure DevOps, Bitbucket Server
];

/** Names by which repositories call the line that everybody shares; merging it brings that line into another. */
const TRUNKS = /(?:^|\/)(?:main|master|trunk|develop|development|HEAD)$/i;

function withoutRemote(name: string): string {
  return name.replace(/^origin\//, "");
}
