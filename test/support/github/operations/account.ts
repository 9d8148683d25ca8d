import { type Answer, failure, list, notFound, ok } from "../http/answer.ts";
import { maySee } from "../state/caller.ts";
import { repositoryView } from "../views/repository-view.ts";
import { profileView, userView } from "../views/user-view.ts";
import { createInstallationToken, getRepoInstallation } from "./apps.ts";
import type { Call } from "./operation.ts";
import { searchIssues } from "./search-issues.ts";

/** Operations that belong to no repository. */
export const ACCOUNT: Readonly<Record<string, (call: Call) => Answer>> = {
  "users/get-authenticated": getAuthenticated,
  "users/get-by-username": ({ world, path }) => {
    const user = world.users.find(String(path.username));
    return user === undefined ? notFound() : ok(profileView(world, user));
  },
  "apps/get-authenticated": getApp,
  "apps/get-repo-installation": getRepoInstallation,
  "apps/create-installation-access-token": createInstallationToken,
  "apps/list-repos-accessible-to-installation": listRepositories,
  "rate-limit/get": ({ rate }) => ok({ resources: { core: rate, search: rate, graphql: rate }, rate }),
  "search/issues-and-pull-requests": searchIssues,
};

/** An installation is nobody: `GITHUB_TOKEN` cannot ask who it is. */
function getAuthenticated({ world, token }: Call): Answer {
  if (token === null) return failure(401, "Requires authentication");
  if (token.kind === "installation") return failure(403, "Resource not accessible by integration");
  return ok(profileView(world, token.user));
}

function getApp({ world, token }: Call): Answer {
  if (token?.kind !== "app") return failure(401, "A JSON web token could not be decoded");
  const slug = token.user.login.replace("[bot]", "");
  return ok({
    id: 1,
    slug,
    node_id: "A_1",
    client_id: "Iv1.0000000000000001",
    owner: userView(world, token.user),
    name: slug,
    description: null,
    external_url: "https://example.com",
    html_url: `${world.htmlUrl}/apps/${slug}`,
    created_at: "2024-01-01T00:00:00Z",
    updated_at: "2024-01-01T00:00:00Z",
    permissions: token.permissions,
    events: [],
  });
}

function listRepositories({ world, token }: Call): Answer {
  if (token?.kind !== "installation")
    return failure(403, "You must authenticate with an installation access token");
  const repositories = [...world.repositories.values()].filter((repository) => maySee(token, repository));
  return list(
    repositories.map((repository) => repositoryView(world, repository)),
    (page) => ({ total_count: repositories.length, repositories: page }),
  );
}
