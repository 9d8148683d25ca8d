import type { Permissions, Token } from "./state/caller.ts";
import type { World } from "./state/world.ts";

const ALL: Permissions = {
  actions: "write",
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  pull_requests: "write",
  security_events: "write",
};

const READ_ALL: Permissions = Object.fromEntries(Object.keys(ALL).map((permission) => [permission, "read"]));

/** The tokens that every server has, by role; `server.token()` makes others. */
export const STANDARD_TOKENS = {
  /** A workflow's `GITHUB_TOKEN` with every permission. */
  actions: "ghs_actions",
  /** A workflow's `GITHUB_TOKEN` for a pull request from a fork. */
  fork: "ghs_fork",
  /** An installed GitHub App's. */
  installation: "ghs_installation",
  /** The App's own JSON web token. */
  app: "jwt.of.app",
} as const;

export function addStandardTokens(world: World): void {
  const actions = world.users.add(world.nextId(), { login: "github-actions[bot]" });
  const app = world.users.add(world.nextId(), { login: "ingress-audit[bot]" });
  const tokens: readonly Token[] = [
    token(STANDARD_TOKENS.actions, actions, "installation", ALL),
    token(STANDARD_TOKENS.fork, actions, "installation", READ_ALL),
    token(STANDARD_TOKENS.installation, app, "installation", ALL),
    token(STANDARD_TOKENS.app, app, "app", ALL, []),
  ];
  for (const entry of tokens) world.tokens.set(entry.value, entry);
}

function token(
  value: string,
  user: Token["user"],
  kind: Token["kind"],
  permissions: Permissions,
  repositories: Token["repositories"] = null,
): Token {
  return { value, user, kind, permissions, repositories };
}
