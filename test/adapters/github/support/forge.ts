import type { ForgeAuth, ForgeOptions, ForgePace } from "../../../../src/adapters/github/forge-options.ts";
import { type Forge, openForge } from "../../../../src/adapters/github/open-forge.ts";
import type { GitHubServer } from "../../../support/github/github-server.ts";

/** A hundred times as hasty as with the real one. */
export const HASTY: ForgePace = { writeGapMs: 0, secondMs: 10, longestWaitMs: 120_000, timeoutMs: 5_000 };

export const signal = new AbortController().signal;

/** `acme/shop` on the server, as a workflow's GITHUB_TOKEN unless told otherwise. */
export function forgeAt(
  server: GitHubServer,
  options: { readonly token?: string; readonly auth?: ForgeAuth } & Partial<
    Pick<ForgeOptions, "pace" | "log" | "repository" | "signal" | "graphqlUrl">
  > = {},
): Promise<Forge> {
  const { token = server.tokens.actions, auth, ...rest } = options;
  return openForge({
    apiUrl: server.url,
    serverUrl: "https://github.com",
    repository: "acme/shop",
    auth: auth ?? { kind: "token", token },
    pace: HASTY,
    ...rest,
  });
}
