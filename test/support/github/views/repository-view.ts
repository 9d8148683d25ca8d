import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { userView } from "./user-view.ts";

const PLAIN_LINKS =
  "contributors deployments downloads events forks hooks languages merges stargazers subscribers subscription tags teams";
const TEMPLATE_LINKS =
  "archive{/archive_format}{/ref} assignees{/user} blobs{/sha} branches{/branch} collaborators{/collaborator} comments{/number} commits{/sha} compare/{base}...{head} contents/{+path} git_commits{/sha} git_refs{/sha} git_tags{/sha} issue_comment{/number} issue_events{/number} issues{/number} keys{/key_id} labels{/name} milestones{/number} notifications{?since,all,participating} pulls{/number} releases{/id} statuses/{sha} trees{/sha}";

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function apiOf(world: World, repository: Repository): string {
  return `${world.apiUrl}/repos/${fullName(repository)}`;
}

export function htmlOf(world: World, repository: Repository): string {
  return `${world.htmlUrl}/${fullName(repository)}`;
}

export function repositoryView(world: World, repository: Repository) {
  const html = htmlOf(world, repository);
  const open = [...repository.issues.values()].filter(({ state }) => state === "open").length;
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: fullName(repository),
    owner: userView(world, repository.owner),
    private: repository.private,
    html_url: html,
    description: null,
    fork: false,
    url: apiOf(world, repository),
    ...links(apiOf(world, repository)),
    git_url: `${html.replace("https:", "git:")}.git`,
    ssh_url: `git@github.com:${fullName(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    ...counts(open),
    default_branch: repository.defaultBranch,
    ...features(repository),
    pushed_at: "2024-01-01T00:00:00Z",
    created_at: "2024-01-01T00:00:00Z",
    updated_at: "2024-01-01T00:00:00Z",
  };
}

function links(api: string): Record<string, string> {
  const plain = PLAIN_LINKS.split(" ").map((name) => [`${name}_url`, `${api}/${name}`]);
  const templates = TEMPLATE_LINKS.split(" ").map((link) => {
    const [name = "", rest = ""] = link.split(/(?=[{/].*)/s, 2);
    return [`${name}_url`, `${api}/${name.replace("_", "/")}${rest}`];
  });
  return Object.fromEntries([...plain, ...templates]);
}

function counts(open: number) {
  return {
    forks: 0,
    forks_count: 0,
    network_count: 0,
    open_issues: open,
    open_issues_count: open,
    size: 1,
    stargazers_count: 0,
    subscribers_count: 0,
    watchers: 0,
    watchers_count: 0,
  };
}

function features(repository: Repository) {
  return {
    archived: false,
    disabled: false,
    has_discussions: false,
    has_downloads: true,
    has_issues: repository.hasIssues,
    has_pages: false,
    has_projects: true,
    has_wiki: true,
  };
}
