import type { Label, Repository, Role } from "./repository.ts";
import type { World } from "./world.ts";

export interface RepositoryInput {
  /** As `acme/shop`; the owner is an organisation unless a user of that name was added. */
  readonly fullName: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly hasIssues?: boolean;
  /** The folder of a real repository, from which commits, comparisons and contents are answered. */
  readonly gitDir?: string;
  /** Logins of those who may be assigned. */
  readonly collaborators?: readonly string[];
  /** By login, for a role other than a collaborator's `write`; also for who belongs to it in private. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Files whose content is the same at every ref, such as CODEOWNERS; before those of `gitDir`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly labels?: readonly string[];
}

export function addRepository(world: World, input: RepositoryInput): Repository {
  const [ownerName = "", name = ""] = input.fullName.split("/");
  const owner =
    world.users.find(ownerName) ??
    world.users.add(world.nextId(), { login: ownerName, type: "Organization" });
  const repository: Repository = {
    id: world.nextId(),
    owner,
    name,
    private: input.private ?? false,
    defaultBranch: input.defaultBranch ?? "main",
    hasIssues: input.hasIssues ?? true,
    gitDir: input.gitDir ?? null,
    commits: new Map(),
    collaborators: new Set(
      (input.collaborators ?? []).map((login) => world.users.get(login).login.toLowerCase()),
    ),
    roles: new Map(Object.entries(input.roles ?? {})),
    files: new Map(Object.entries(input.files ?? {})),
    labels: new Map((input.labels ?? []).map((label) => [label.toLowerCase(), newLabel(world, label)])),
    issues: new Map(),
    comments: new Map(),
    deployments: new Map(),
    checkRuns: new Map(),
    sarifs: new Map(),
    artifacts: new Map(),
  };
  world.repositories.set(input.fullName.toLowerCase(), repository);
  return repository;
}

function newLabel(world: World, name: string): Label {
  return { id: world.nextId(), name, color: "ededed", description: null };
}
