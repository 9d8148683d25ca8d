import type { PullRequest } from "../../model/commit.ts";
import { parseRemoteUrl } from "./remote-url.ts";

/** A pull request as a commit message names it. */
export interface NamedPullRequest {
  readonly number: number;
  /** GitLab's merge requests have pages of their own kind. */
  readonly kind: "pull-request" | "merge-request";
}

const MERGE_SUBJECTS = [
  /^Merge pull request #(\d{1,9}) (?:from|in) /, // GitHub, Bitbucket Server
  /^Merge pull request '.*' \(#(\d{1,9})\) from /, // Gitea, Forgejo
  /^Merged in .* \(pull request #(\d{1,9})\)$/, // Bitbucket Cloud
  /^Merged PR (\d{1,9}): /, // Azure DevOps
];

const SQUASH_SUBJECTS = [/ \(#(\d{1,9})\)$/, / \(pull request #(\d{1,9})\)$/, /^Merged PR (\d{1,9}): /];

/**
 * The pull request that a merge commit's message names.
 *
 * @see https://docs.gitlab.com/user/project/merge_requests/commit_templates/
 */
export function pullRequestOfMerge(subject: string, body: string): NamedPullRequest | null {
  const number = firstNumber(MERGE_SUBJECTS, subject);
  if (number !== null) return { number, kind: "pull-request" };
  const mergeRequest = firstNumber([/^See merge request [\w./~-]*!(\d{1,9})$/m], body);
  return mergeRequest === null ? null : { number: mergeRequest, kind: "merge-request" };
}

/** The pull request that the subject of a squash merge ends with. */
export function pullRequestOfSquash(subject: string): NamedPullRequest | null {
  const number = firstNumber(SQUASH_SUBJECTS, subject);
  return number === null ? null : { number, kind: "pull-request" };
}

/** With its page, where the remote is on a forge whose addresses are known by its host's name. */
export function locatePullRequest(named: NamedPullRequest, remoteUrl: string): PullRequest {
  return { number: named.number, url: pageOf(named, remoteUrl), mergedBy: null, approvedBy: [] };
}

function pageOf({ number, kind }: NamedPullRequest, remoteUrl: string): string | null {
  const remote = parseRemoteUrl(remoteUrl);
  if (remote === null) return null;
  const labels = remote.host.split(".");
  const isGitHub = labels.includes("github") || remote.host.endsWith(".ghe.com");
  const base = `https://${remote.host}/${remote.repository}`;
  if (kind === "merge-request")
    return labels.includes("gitlab") ? `${base}/-/merge_requests/${number}` : null;
  return isGitHub && remote.repository.split("/").length === 2 ? `${base}/pull/${number}` : null;
}

function firstNumber(patterns: readonly RegExp[], text: string): number | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return Number(match[1]);
  }
  return null;
}
