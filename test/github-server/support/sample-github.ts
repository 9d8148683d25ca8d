import { type GitHubOptions, startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";

const alice = { name: "Alice", email: "alice@example.com" };
const bob = { name: "Bob", email: "7+bob@users.noreply.github.com" };
const stranger = { name: "Stranger", email: "stranger@example.com" };

export const USERS: GitHubOptions["users"] = [
  { login: "alice", emails: ["alice@example.com"] },
  { login: "bob" },
  { login: "carol" },
  { login: "dave" },
];

/** A server with `acme/shop` and no Git behind it. */
export function sampleGitHub(
  repository: Partial<GitHubOptions["repositories"][number]> = {},
  product: NonNullable<GitHubOptions["product"]> = "api.github.com",
) {
  return startGitHub({
    product,
    users: USERS ?? [],
    repositories: [{ fullName: "acme/shop", collaborators: ["alice", "bob"], ...repository }],
  });
}

/** Alice's first commit, and a branch with Bob's and a stranger's one that was merged as #1 by Carol. */
export async function sampleHistory() {
  const builder = new RepositoryBuilder();
  const first = builder.commit({
    message: "add web\n\nCo-authored-by: Bob <bob@users.noreply.github.com>",
    author: alice,
    files: { "web.yaml": "a\n", CODEOWNERS: "* @alice\n" },
  });
  builder.branch("feature", first);
  const second = builder.commit({
    branch: "feature",
    message: "change web",
    author: bob,
    files: { "web.yaml": "b\n" },
  });
  const third = builder.commit({
    branch: "feature",
    message: "add shop",
    author: stranger,
    files: { "deploy/shop.yaml": "s\n" },
  });
  const merge = builder.merge({
    into: "main",
    from: "feature",
    message: "Merge pull request #1",
    author: alice,
  });
  const repository = await builder.write();
  const shas = { first, second, third, merge };
  const sha = Object.fromEntries(Object.entries(shas).map(([name, label]) => [name, repository.sha(label)]));
  return { repository, sha: sha as Readonly<Record<keyof typeof shas, string>> };
}
