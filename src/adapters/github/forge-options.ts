/** Which forge, which repository, and as whom. */
export interface ForgeOptions {
  /** `https://api.github.com`, or an Enterprise Server's `https://host/api/v3` (GITHUB_API_URL). */
  readonly apiUrl: string;
  /** GITHUB_GRAPHQL_URL; found from `apiUrl` unless given. */
  readonly graphqlUrl?: string;
  /** Where people look at it: `https://github.com` (GITHUB_SERVER_URL). */
  readonly serverUrl: string;
  /** `owner/name` (GITHUB_REPOSITORY). */
  readonly repository: string;
  readonly auth: ForgeAuth;
  /** Told what takes time or is left out; nothing in it is secret. */
  readonly log?: (message: string) => void;
  readonly signal?: AbortSignal;
  readonly pace?: ForgePace;
}

export type ForgeAuth =
  | { readonly kind: "token"; readonly token: string }
  /** A GitHub App; its installation is found by the repository. The key is PEM, PKCS#1 or PKCS#8. */
  | { readonly kind: "app"; readonly appId: string; readonly privateKey: string };

/** How patient the client is. */
export interface ForgePace {
  /** Between two writes. */
  readonly writeGapMs: number;
  /** One second of whatever is to be waited for: retries, `retry-after`, and lists that lag. */
  readonly secondMs: number;
  /** A rate limit that asks for more than this is an error. */
  readonly longestWaitMs: number;
  /** How long one answer may take. */
  readonly timeoutMs: number;
}

/** @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests */
export const GITHUB_PACE: ForgePace = {
  writeGapMs: 1000,
  secondMs: 1000,
  longestWaitMs: 120_000,
  timeoutMs: 20_000,
};
