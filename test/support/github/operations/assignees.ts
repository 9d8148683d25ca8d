import { created, list, notFound, ok } from "../http/answer.ts";
import { assignable, setAssignees } from "../state/change-issue.ts";
import { issueView } from "../views/issue-view.ts";
import { userView } from "../views/user-view.ts";
import { changeOf } from "./issues.ts";
import { issueNeeds, issueOf, type Operations, type RepositoryCall } from "./operation.ts";

const MOST_ASSIGNEES = 10;

export const ASSIGNEES: Operations = {
  "issues/list-assignees": {
    needs: [["issues", "read"]],
    run: (call) => {
      const users = [...call.repository.collaborators].map((login) => call.world.users.get(login));
      return list(users.map((user) => userView(call.world, user)));
    },
  },
  "issues/check-user-can-be-assigned": {
    needs: [["issues", "read"]],
    run: (call) =>
      assignable(call.world, call.repository, String(call.path.assignee)) === null
        ? notFound()
        : { status: 204 },
  },
  "issues/add-assignees": { needs: issueNeeds("write"), run: addAssignees },
  "issues/remove-assignees": { needs: issueNeeds("write"), run: removeAssignees },
};

/** Those who cannot be assigned, and those beyond the tenth, are dropped in silence. */
function addAssignees(call: RepositoryCall) {
  const issue = issueOf(call);
  const { assignees = [] } = (call.body ?? {}) as {
    readonly assignees?: readonly (string | { login: string })[];
  };
  const users = assignees.flatMap((entry) => {
    const user = assignable(call.world, call.repository, typeof entry === "string" ? entry : entry.login);
    return user === null ? [] : [user];
  });
  setAssignees(changeOf(call, issue), [...new Set([...issue.assignees, ...users])].slice(0, MOST_ASSIGNEES));
  return created(issueView(call.world, call.repository, issue));
}

function removeAssignees(call: RepositoryCall) {
  const issue = issueOf(call);
  const { assignees } = call.body as { readonly assignees: readonly string[] };
  const gone = assignees.map((login) => login.toLowerCase());
  setAssignees(
    changeOf(call, issue),
    issue.assignees.filter(({ login }) => !gone.includes(login.toLowerCase())),
  );
  return ok(issueView(call.world, call.repository, issue));
}
