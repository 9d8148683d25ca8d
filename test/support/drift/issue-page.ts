import type { GitHubServer } from "../github/github-server.ts";

/** An issue with all that was said and done there, as a reader finds it on GitHub's page: title, events, body, comments. */
export function issuePage(server: GitHubServer, number: number): string {
  const issue = server.issues().find((each) => each.number === number);
  if (issue === undefined) throw new Error(`There is no issue #${number}`);
  const names = (list: readonly { readonly name?: string | null; readonly login?: string }[]) =>
    list.map(({ name, login }) => login ?? name).join(", ");
  const events = issue.events.map(
    ({ event, createdAt, actor, label, assignee, stateReason }) =>
      `- ${createdAt} ${actor.login} ${[event, label?.name, assignee?.login, stateReason].filter((word) => word != null).join(" ")}`,
  );
  const comments = server
    .comments(number)
    .map(({ user, createdAt, body }) => `=== ${createdAt} ${user.login}\n${body}`);
  return [
    `# ${issue.title} #${number}`,
    `${issue.state}; labels: ${names(issue.labels)}; assigned: ${names(issue.assignees)}`,
    events.join("\n"),
    `=== body\n${issue.body}`,
    ...comments,
    "",
  ].join("\n\n");
}
