import type { Issue, IssueEvent, Label, Repository } from "./repository.ts";
import type { User } from "./users.ts";
import type { World } from "./world.ts";

export interface Change {
  readonly world: World;
  readonly repository: Repository;
  readonly issue: Issue;
  readonly actor: User;
}

type Happened = Omit<IssueEvent, "id" | "actor" | "createdAt">;

export function rename(change: Change, title: string): void {
  const { issue } = change;
  if (issue.title === title) return;
  record(change, { event: "renamed", rename: { from: issue.title, to: title } });
  issue.title = title;
}

export function setState(change: Change, state: Issue["state"], reason: string | null): void {
  const { issue, actor, world } = change;
  if (issue.state === state) return;
  issue.state = state;
  issue.stateReason = state === "closed" ? (reason ?? "completed") : "reopened";
  issue.closedAt = state === "closed" ? world.now() : null;
  issue.closedBy = state === "closed" ? actor : null;
  record(change, {
    event: state === "closed" ? "closed" : "reopened",
    stateReason: state === "closed" ? issue.stateReason : null,
  });
}

/** Make these the labels; those that the repository does not have are made, as for whoever may push. */
export function setLabels(change: Change, names: readonly string[]): void {
  const wanted = [...new Set(names.map((name) => labelNamed(change, name)))];
  const had = change.issue.labels;
  change.issue.labels = wanted;
  for (const label of wanted) if (!had.includes(label)) record(change, { event: "labeled", label });
  for (const label of had) if (!wanted.includes(label)) record(change, { event: "unlabeled", label });
}

/** Make these the assignees. */
export function setAssignees(change: Change, users: readonly User[]): void {
  const had = change.issue.assignees;
  change.issue.assignees = [...new Set(users)];
  for (const assignee of change.issue.assignees) {
    if (!had.includes(assignee)) record(change, { event: "assigned", assignee });
  }
  for (const assignee of had) {
    if (!users.includes(assignee)) record(change, { event: "unassigned", assignee });
  }
}

export function assignable(world: World, repository: Repository, login: string): User | null {
  const user = world.users.find(login);
  const belongs = login.toLowerCase() === repository.owner.login.toLowerCase() && user?.type === "User";
  return user !== undefined && (belongs || repository.collaborators.has(login.toLowerCase())) ? user : null;
}

function labelNamed({ world, repository }: Change, name: string): Label {
  const known = repository.labels.get(name.toLowerCase());
  if (known !== undefined) return known;
  const label = { id: world.nextId(), name, color: "ededed", description: null };
  repository.labels.set(name.toLowerCase(), label);
  return label;
}

function record({ world, issue, actor }: Change, happened: Happened): void {
  issue.updatedAt = world.now();
  issue.events.push({ ...happened, id: world.nextId(), actor, createdAt: world.now() });
}
