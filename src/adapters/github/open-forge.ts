import { AuditError } from "../../model/audit-error.ts";
import type { CommentThread } from "../../ports/comment-thread.ts";
import type { CommitDirectory } from "../../ports/commit-directory.ts";
import type { Deployments } from "../../ports/deployments.ts";
import type { IssueTracker } from "../../ports/issue-tracker.ts";
import { commentThread } from "./comment-thread.ts";
import { commitDirectory } from "./commit-directory.ts";
import { Connection } from "./connection.ts";
import { deploymentRecord } from "./deployment-record.ts";
import { type FindViewer, findViewer } from "./find-viewer.ts";
import { type ForgeOptions, GITHUB_PACE } from "./forge-options.ts";
import { issueTracker } from "./issue-tracker.ts";
import { remembering } from "./remembering.ts";

/** One repository on GitHub, by the ports that this program has for it. */
export interface Forge {
  readonly commits: CommitDirectory;
  readonly deployments: Deployments;
  readonly issues: IssueTracker;
  /** The comments of a pull request; the same object for the same number, as it remembers what it created. */
  readonly thread: (number: number) => CommentThread;
  /** Whose token it is, by login: `github-actions[bot]`. */
  readonly viewer: FindViewer;
}

/**
 * Connect to a repository on github.com or an Enterprise Server. Octokit is loaded here and not before, the part for Apps
 * only for an App; a token is not tried before the first request.
 *
 * @throws {AuditError} `forge-options`; for an App also `forge-…`, as its installation is looked up.
 */
export async function openForge(options: ForgeOptions): Promise<Forge> {
  checkOptions(options);
  const pace = options.pace ?? GITHUB_PACE;
  const log = options.log ?? (() => {});
  const { connect } = await import("./connect.ts");
  const { clients, place } = await connect(options, pace, log);
  const connection = new Connection(clients, place, pace, log);
  const viewer = findViewer(connection);
  return {
    commits: commitDirectory(connection),
    deployments: deploymentRecord(connection),
    issues: issueTracker(connection, viewer),
    thread: remembering((number: number) => commentThread(connection, viewer, number)),
    viewer,
  };
}

function checkOptions({ repository, apiUrl, auth }: ForgeOptions): void {
  if (auth.kind === "token" && auth.token.trim() === "") {
    throw new AuditError({
      code: "forge-unauthorized",
      what: "There is no token to sign in with",
      mend: "Give one in GITHUB_TOKEN; in a workflow that is secrets.GITHUB_TOKEN.",
    });
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new AuditError({
      code: "forge-options",
      what: `${JSON.stringify(repository)} is no repository's name`,
      mend: "Give it as owner/name, as in GITHUB_REPOSITORY.",
    });
  }
  if (!URL.canParse(apiUrl) || !/^https?:/.test(apiUrl)) {
    throw new AuditError({
      code: "forge-options",
      what: `${JSON.stringify(apiUrl)} is no address of an API`,
      mend: "Give it as https://api.github.com or https://HOST/api/v3, as in GITHUB_API_URL.",
    });
  }
}
