import { created, invalid, list, ok, Refusal } from "../http/answer.ts";
import { assignable, type Change, rename, setAssignees, setLabels, setState } from "../state/change-issue.ts";
import type { Issue } from "../state/repository.ts";
import type { User } from "../state/users.ts";
import { nextNumber } from "../state/world.ts";
import { eventView, issueView } from "../views/issue-view.ts";
import { listIssues } from "./list-issues.ts";
import {
  callerOf,
  issueNeeds,
  issueOf,
  type Operations,
  type RepositoryCall,
  requireIssues,
} from "./operation.ts";
import { checkAssigneeCount, checkBodyText, checkLabelNames, checkTitle } from "./text-limits.ts";

interface IssueBody {
  readonly title?: string | number;
  readonly body?: string | null;
  readonly state?: "open" | "closed";
  readonly state_reason?: string | null;
  readonly labels?: readonly (string | { readonly name?: string })[];
  readonly assignees?: readonly (string | { readonly login?: string })[];
}

export const ISSUES: Operations = {
  "issues/list-for-repo": { needs: [["issues", "read"]], run: listIssues },
  "issues/get": {
    needs: issueNeeds("read"),
    run: (call) => ok(issueView(call.world, call.repository, issueOf(call))),
  },
  "issues/create": { needs: [["issues", "write"]], run: createIssue },
  "issues/update": { needs: issueNeeds("write"), run: updateIssue },
  "issues/list-events": {
    needs: issueNeeds("read"),
    run: (call) => list(issueOf(call).events.map((event) => eventView(call.world, call.repository, event))),
  },
};

function createIssue(call: RepositoryCall) {
  requireIssues(call);
  const body = call.body as IssueBody;
  checkTitle(String(body.title));
  checkBodyText("Issue", body.body);
  const assignees = assigneesNamed(call, body);
  checkLabelNames(labelNames(body));
  const issue = newIssue(call, String(body.title), body.body ?? null);
  call.repository.issues.set(issue.number, issue);
  setLabels(changeOf(call, issue), labelNames(body));
  setAssignees(changeOf(call, issue), assignees);
  return created(issueView(call.world, call.repository, issue));
}

function updateIssue(call: RepositoryCall) {
  const issue = issueOf(call);
  const body = call.body as IssueBody;
  if (body.title !== undefined) checkTitle(String(body.title));
  checkBodyText("Issue", body.body);
  const assignees = assigneesNamed(call, body);
  checkLabelNames(labelNames(body));
  const change = changeOf(call, issue);
  if (body.title !== undefined) rename(change, String(body.title));
  if (body.body !== undefined) issue.body = body.body;
  if (body.labels !== undefined) setLabels(change, labelNames(body));
  if (body.assignees !== undefined) setAssignees(change, assignees);
  if (body.state !== undefined) setState(change, body.state, body.state_reason ?? null);
  issue.updatedAt = call.world.now();
  return ok(issueView(call.world, call.repository, issue));
}

export function changeOf(call: RepositoryCall, issue: Issue): Change {
  return { world: call.world, repository: call.repository, issue, actor: callerOf(call) };
}

/** Who cannot be assigned is refused here; only `POST …/assignees` drops them in silence. */
function assigneesNamed(call: RepositoryCall, body: IssueBody): User[] {
  const logins = (body.assignees ?? []).map((entry) =>
    typeof entry === "string" ? entry : (entry.login ?? ""),
  );
  checkAssigneeCount(logins.length);
  return logins.map((login) => {
    const user = assignable(call.world, call.repository, login);
    if (user === null) {
      throw new Refusal(invalid({ resource: "Issue", field: "assignees", code: "invalid", value: login }));
    }
    return user;
  });
}

function labelNames(body: IssueBody): string[] {
  return (body.labels ?? []).map((label) => (typeof label === "string" ? label : (label.name ?? "")));
}

function newIssue(call: RepositoryCall, title: string, body: string | null): Issue {
  const now = call.world.now();
  return {
    id: call.world.nextId(),
    number: nextNumber(call.repository),
    user: callerOf(call),
    createdAt: now,
    updatedAt: now,
    listedAtMs: Date.now() + call.world.lag.lists,
    indexedAtMs: Date.now() + call.world.lag.search,
    title,
    body,
    state: "open",
    stateReason: null,
    labels: [],
    assignees: [],
    closedAt: null,
    closedBy: null,
    events: [],
  };
}
