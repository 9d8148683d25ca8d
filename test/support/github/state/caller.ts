import type { Repository } from "./repository.ts";
import type { User } from "./users.ts";

export type Level = "read" | "write";

/** As an app's permissions are named: `issues`, `pull_requests`, `contents`, `checks`, `deployments`, … */
export type Permissions = Readonly<Record<string, Level>>;

export interface Token {
  readonly value: string;
  /** Who writes: for an installation token its bot. */
  readonly user: User;
  /** An installation's token, as `GITHUB_TOKEN` is one, or a person's. */
  readonly kind: "installation" | "personal" | "app";
  readonly permissions: Permissions;
  /** The full names of the repositories that it reaches; null for all. Public ones can be read by anyone. */
  readonly repositories: readonly string[] | null;
}

/** One of several that suffices, as `issues: write`. */
export type Need = readonly [permission: string, level: Level];

export function maySee(token: Token | null, repository: Repository): boolean {
  return !repository.private || (token !== null && reaches(token, repository));
}

export function may(token: Token | null, repository: Repository, needs: readonly Need[]): boolean {
  if (!repository.private && needs.some(([, level]) => level === "read")) return true;
  if (token === null || !reaches(token, repository)) return false;
  return needs.some(([permission, level]) => holds(token.permissions, permission, level));
}

function holds(permissions: Permissions, permission: string, level: Level): boolean {
  const held = permission === "metadata" ? "read" : permissions[permission];
  return held === "write" || held === level;
}

function reaches(token: Token, repository: Repository): boolean {
  const name = `${repository.owner.login}/${repository.name}`.toLowerCase();
  return token.repositories === null || token.repositories.some((reached) => reached.toLowerCase() === name);
}
