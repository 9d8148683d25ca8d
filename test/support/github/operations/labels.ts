import { created, invalid, list, notFound, ok, Refusal } from "../http/answer.ts";
import { setLabels } from "../state/change-issue.ts";
import type { Label } from "../state/repository.ts";
import { labelView } from "../views/issue-view.ts";
import { changeOf } from "./issues.ts";
import { issueNeeds, issueOf, type Operations, type RepositoryCall } from "./operation.ts";
import { checkLabelNames } from "./text-limits.ts";

/** Labels of the repository and of one issue; names are the same in any case. */
export const LABELS: Operations = {
  "issues/list-labels-for-repo": {
    needs: [["issues", "read"]],
    run: (call) => listOf(call, [...call.repository.labels.values()]),
  },
  "issues/get-label": { needs: [["issues", "read"]], run: getLabel },
  "issues/create-label": { needs: [["issues", "write"]], run: createLabel },
  "issues/list-labels-on-issue": {
    needs: issueNeeds("read"),
    run: (call) => listOf(call, issueOf(call).labels),
  },
  "issues/add-labels": { needs: issueNeeds("write"), run: addLabels },
  "issues/remove-label": { needs: issueNeeds("write"), run: removeLabel },
};

function getLabel(call: RepositoryCall) {
  const label = call.repository.labels.get(String(call.path.name).toLowerCase());
  return label === undefined ? notFound() : ok(labelView(call.world, call.repository, label));
}

function createLabel(call: RepositoryCall) {
  const { name, color, description } = call.body as { name: string; color?: string; description?: string };
  checkLabelNames([name]);
  if (call.repository.labels.has(name.toLowerCase())) {
    return invalid({ resource: "Label", field: "name", code: "already_exists" });
  }
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) {
    return invalid({ resource: "Label", field: "color", code: "invalid" });
  }
  const label: Label = {
    id: call.world.nextId(),
    name,
    color: color ?? "ededed",
    description: description ?? null,
  };
  call.repository.labels.set(name.toLowerCase(), label);
  return created(labelView(call.world, call.repository, label));
}

function addLabels(call: RepositoryCall) {
  const issue = issueOf(call);
  const { labels = [] } = (call.body ?? {}) as {
    readonly labels?: readonly (string | { readonly name: string })[];
  };
  const names = labels.map((label) => (typeof label === "string" ? label : label.name));
  checkLabelNames(names);
  setLabels(changeOf(call, issue), [...issue.labels.map(({ name }) => name), ...names]);
  return ok(issue.labels.map((label) => labelView(call.world, call.repository, label)));
}

function removeLabel(call: RepositoryCall) {
  const issue = issueOf(call);
  const gone = String(call.path.name).toLowerCase();
  const left = issue.labels.map(({ name }) => name).filter((name) => name.toLowerCase() !== gone);
  if (left.length === issue.labels.length) throw new Refusal(notFound());
  setLabels(changeOf(call, issue), left);
  return ok(issue.labels.map((label) => labelView(call.world, call.repository, label)));
}

function listOf(call: RepositoryCall, labels: readonly Label[]) {
  return list(labels.map((label) => labelView(call.world, call.repository, label)));
}
