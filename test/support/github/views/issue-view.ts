import type { Comment, Issue, IssueEvent, Label, Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { associationOf } from "./association.ts";
import { apiOf, htmlOf } from "./repository-view.ts";
import { userOrNull, userView } from "./user-view.ts";

export function labelView(world: World, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: `LA_${label.id}`,
    url: `${apiOf(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: false,
  };
}

/** What an issue and a pull request have in common. */
export function commonView(world: World, repository: Repository, issue: Issue) {
  return {
    node_id: `I_${issue.id}`,
    id: issue.id,
    number: issue.number,
    state: issue.state,
    title: issue.title,
    body: issue.body,
    user: userView(world, issue.user),
    labels: issue.labels.map((label) => labelView(world, repository, label)),
    assignee: userOrNull(world, issue.assignees[0]),
    assignees: issue.assignees.map((user) => userView(world, user)),
    milestone: null,
    locked: false,
    active_lock_reason: null,
    closed_at: issue.closedAt,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: associationOf(repository, issue.user),
  };
}

export function issueView(world: World, repository: Repository, issue: Issue) {
  const url = `${apiOf(world, repository)}/issues/${issue.number}`;
  return {
    ...commonView(world, repository, issue),
    url,
    repository_url: apiOf(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: issueHtml(world, repository, issue),
    comments: [...repository.comments.values()].filter((comment) => comment.issue === issue.number).length,
    state_reason: issue.stateReason,
    closed_by: userOrNull(world, issue.closedBy),
    ...(issue.pull === undefined
      ? {}
      : { draft: issue.pull.draft, pull_request: pullLinks(world, repository, issue) }),
  };
}

export function commentView(world: World, repository: Repository, comment: Comment) {
  const api = `${apiOf(world, repository)}/issues`;
  const issue = repository.issues.get(comment.issue);
  const html = issue === undefined ? htmlOf(world, repository) : issueHtml(world, repository, issue);
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${api}/comments/${comment.id}`,
    html_url: `${html}#issuecomment-${comment.id}`,
    issue_url: `${api}/${comment.issue}`,
    user: userView(world, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.user),
  };
}

export function eventView(world: World, repository: Repository, event: IssueEvent) {
  const { label, assignee, rename } = event;
  return {
    id: event.id,
    node_id: `E_${event.id}`,
    url: `${apiOf(world, repository)}/issues/events/${event.id}`,
    actor: userView(world, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    performed_via_github_app: null,
    ...(label === undefined ? {} : { label: { name: label.name, color: label.color } }),
    ...(assignee === undefined
      ? {}
      : { assignee: userView(world, assignee), assigner: userView(world, event.actor) }),
    ...(rename === undefined ? {} : { rename }),
    ...(event.stateReason === undefined ? {} : { state_reason: event.stateReason }),
  };
}

function issueHtml(world: World, repository: Repository, issue: Issue): string {
  return `${htmlOf(world, repository)}/${issue.pull === undefined ? "issues" : "pull"}/${issue.number}`;
}

function pullLinks(world: World, repository: Repository, issue: Issue) {
  const html = issueHtml(world, repository, issue);
  return {
    url: `${apiOf(world, repository)}/pulls/${issue.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: issue.pull?.mergedAt ?? null,
  };
}
