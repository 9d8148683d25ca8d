import type { PullRequest } from "../../model/commit.ts";

const HEADS = [
  /^(?:refs\/)?pull\/(\d{1,9})\/(?:head|merge)$/, // GitHub, Gitea, Forgejo, Azure DevOps
  /^(?:refs\/)?merge-requests\/(\d{1,9})\/(?:head|merge)$/, // GitLab
  /^(?:refs\/)?pull-requests\/(\d{1,9})\/(?:from|merge)$/, // Bitbucket Server
];

/** The pull request whose head a ref is, by the names that forges give to such refs; null for any other ref. */
export function pullRequestOfRef(ref: string | null): PullRequest | null {
  for (const head of HEADS) {
    const number = head.exec(ref ?? "")?.[1];
    if (number !== undefined) return { number: Number(number), url: null, mergedBy: null, approvedBy: [] };
  }
  return null;
}
