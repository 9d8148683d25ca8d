import type { GithubEvent } from "./github-event.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where this run stands, as a workflow's environment tells; outside Actions most of it is null. */
export interface GithubContext {
  readonly apiUrl: string;
  /** Found from `apiUrl` where it is null. */
  readonly graphqlUrl: string | null;
  readonly serverUrl: string;
  /** `owner/name`. */
  readonly repository: string | null;
  /** `pull_request`, `push`, `schedule` … */
  readonly eventName: string | null;
  /** The commit that started the workflow: in a pull request, the one that merges it for trial. */
  readonly sha: string | null;
  readonly readEvent: () => Promise<GithubEvent>;
  /** Web page of this run. */
  readonly runUrl: string | null;
  /** The run's number at GitHub, and which attempt at it. */
  readonly run: number | null;
  readonly attempt: number | null;
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function githubContext(env: Environment): GithubContext {
  const serverUrl = given(env.GITHUB_SERVER_URL) ?? "https://github.com";
  const repository = given(env.GITHUB_REPOSITORY);
  return {
    apiUrl: given(env.GITHUB_API_URL) ?? "https://api.github.com",
    graphqlUrl: given(env.GITHUB_GRAPHQL_URL),
    serverUrl,
    repository,
    eventName: given(env.GITHUB_EVENT_NAME),
    sha: given(env.GITHUB_SHA),
    readEvent: async () => (await import("./github-event.ts")).readGithubEvent(env.GITHUB_EVENT_PATH),
    runUrl: runUrl(env, serverUrl, repository),
    run: counted(env.GITHUB_RUN_ID),
    attempt: counted(env.GITHUB_RUN_ATTEMPT),
  };
}

function runUrl(env: Environment, serverUrl: string, repository: string | null): string | null {
  const run = given(env.GITHUB_RUN_ID);
  if (run === null || repository === null) return null;
  const attempt = given(env.GITHUB_RUN_ATTEMPT);
  return `${serverUrl}/${repository}/actions/runs/${run}${attempt === null ? "" : `/attempts/${attempt}`}`;
}

function counted(value: string | undefined): number | null {
  const count = Number(given(value) ?? Number.NaN);
  return Number.isSafeInteger(count) ? count : null;
}

function given(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}
