import { plainOctokit } from "../../github-server/support/octokit.ts";
import type { GitHubServer } from "../github/github-server.ts";

const AT = { owner: "acme", repo: "shop" };

/** What people do on an issue's page. */
export function asPerson(server: GitHubServer, login: string) {
  const octokit = plainOctokit(server, server.token(login, { issues: "write" }));
  return {
    comment: (number: number, body: string) =>
      octokit.issues.createComment({ ...AT, issue_number: number, body }),
    change: (number: number, change: object) =>
      octokit.issues.update({ ...AT, issue_number: number, ...change }),
    label: (number: number, ...labels: string[]) =>
      octokit.issues.addLabels({ ...AT, issue_number: number, labels }),
    unlabel: (number: number, name: string) =>
      octokit.issues.removeLabel({ ...AT, issue_number: number, name }),
    close: (number: number, reason: "completed" | "not_planned") =>
      octokit.issues.update({ ...AT, issue_number: number, state: "closed", state_reason: reason }),
    reopen: (number: number) => octokit.issues.update({ ...AT, issue_number: number, state: "open" }),
  };
}
