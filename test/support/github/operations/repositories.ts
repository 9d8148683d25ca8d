import { ok } from "../http/answer.ts";
import { repositoryView } from "../views/repository-view.ts";
import { ARTIFACTS } from "./artifacts.ts";
import { ASSIGNEES } from "./assignees.ts";
import { CHECKS } from "./checks.ts";
import { CODE_SCANNING } from "./code-scanning.ts";
import { COLLABORATORS } from "./collaborators.ts";
import { COMMITS } from "./commits.ts";
import { CONTENTS } from "./contents.ts";
import { DEPLOYMENTS } from "./deployments.ts";
import { ISSUE_COMMENTS } from "./issue-comments.ts";
import { ISSUES } from "./issues.ts";
import { LABELS } from "./labels.ts";
import type { Operations } from "./operation.ts";
import { PULLS } from "./pulls.ts";

/** Every operation on a repository that the server knows, by GitHub's name of it. */
export const REPOSITORY_OPERATIONS: Operations = {
  "repos/get": {
    needs: [["metadata", "read"]],
    run: (call) => ok(repositoryView(call.world, call.repository)),
  },
  ...ISSUES,
  ...ISSUE_COMMENTS,
  ...LABELS,
  ...ASSIGNEES,
  ...COLLABORATORS,
  ...COMMITS,
  ...PULLS,
  ...CONTENTS,
  ...DEPLOYMENTS,
  ...CHECKS,
  ...CODE_SCANNING,
  ...ARTIFACTS,
};
