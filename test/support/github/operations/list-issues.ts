import { list } from "../http/answer.ts";
import type { Issue } from "../state/repository.ts";
import { issueView } from "../views/issue-view.ts";
import { type RepositoryCall, requireIssues } from "./operation.ts";

interface IssueQuery {
  readonly state?: "open" | "closed" | "all";
  /** Names with commas between: all of them. */
  readonly labels?: string;
  readonly creator?: string;
  /** A login, `none` or `*`. */
  readonly assignee?: string;
  readonly since?: string;
  readonly sort?: "created" | "updated" | "comments";
  readonly direction?: "asc" | "desc";
}

/** A repository's issues and pull requests, newest first unless asked otherwise. */
export function listIssues(call: RepositoryCall) {
  requireIssues(call);
  const query: IssueQuery = call.query;
  const found = [...call.repository.issues.values()].filter(
    (issue) => issue.listedAtMs <= Date.now() && matches(issue, query),
  );
  const sorted = found.sort(newestFirst(query.sort ?? "created"));
  if (query.direction === "asc") sorted.reverse();
  return list(sorted.map((issue) => listedView(call, issue)));
}

function listedView(call: RepositoryCall, issue: Issue) {
  const { closed_by, ...rest } = issueView(call.world, call.repository, issue);
  return call.world.lists.closedBy ? { ...rest, closed_by } : rest;
}

function matches(issue: Issue, query: IssueQuery): boolean {
  const state = query.state ?? "open";
  const labels = (query.labels ?? "").split(",").filter((name) => name !== "");
  return (
    (state === "all" || issue.state === state) &&
    labels.every((name) => issue.labels.some((label) => same(label.name, name.trim()))) &&
    (query.creator === undefined || same(issue.user.login, query.creator)) &&
    isAssigned(issue, query.assignee) &&
    (query.since === undefined || Date.parse(issue.updatedAt) >= Date.parse(query.since))
  );
}

function isAssigned(issue: Issue, assignee: string | undefined): boolean {
  if (assignee === undefined) return true;
  if (assignee === "none") return issue.assignees.length === 0;
  if (assignee === "*") return issue.assignees.length > 0;
  return issue.assignees.some(({ login }) => same(login, assignee));
}

function newestFirst(sort: string): (left: Issue, right: Issue) => number {
  const key = (issue: Issue) =>
    sort === "updated" ? Date.parse(issue.updatedAt) : Date.parse(issue.createdAt);
  return (left, right) => key(right) - key(left) || right.number - left.number;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
