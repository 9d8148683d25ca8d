import { type Answer, invalid, list } from "../http/answer.ts";
import { maySee } from "../state/caller.ts";
import type { Issue, Repository } from "../state/repository.ts";
import { issueView } from "../views/issue-view.ts";
import { fullName } from "../views/repository-view.ts";
import type { Call } from "./operation.ts";

type Matches = (issue: Issue, repository: Repository) => boolean;

/**
 * Search issues as far as a bot does: `repo:`, `is:`, `label:`, `author:`, `in:`, and words that must all occur. It is
 * behind the lists by its own lag.
 */
export function searchIssues(call: Call): Answer {
  const conditions = words(String(call.query.q)).map(condition);
  if (conditions.includes(null)) return invalid({ resource: "Search", field: "q", code: "invalid" });
  const found = [...call.world.repositories.values()]
    .filter((repository) => maySee(call.token, repository))
    .flatMap((repository) =>
      [...repository.issues.values()]
        .filter((issue) => issue.indexedAtMs <= Date.now())
        .filter((issue) => conditions.every((matches) => matches?.(issue, repository)))
        .map((issue) => ({ ...issueView(call.world, repository, issue), score: 1 })),
    );
  return list(found, (items) => ({
    total_count: found.length,
    incomplete_results: false,
    search_type: "lexical",
    items,
  }));
}

/** Split at spaces outside quotation marks, which stay. */
function words(query: string): string[] {
  return query.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
}

/** What stands in quotation marks from its beginning is text, whatever it looks like. */
function condition(quoted: string): Matches | null {
  const word = quoted.replaceAll('"', "");
  const [, qualifier, value = ""] = (quoted.startsWith('"') ? null : /^([a-z-]+):(.*)$/i.exec(word)) ?? [];
  const wanted = value.toLowerCase();
  switch (qualifier) {
    case undefined:
      return (issue) => `${issue.title}\n${issue.body ?? ""}`.toLowerCase().includes(word.toLowerCase());
    case "repo":
      return (_, repository) => fullName(repository).toLowerCase() === wanted;
    case "label":
      return (issue) => issue.labels.some(({ name }) => name.toLowerCase() === wanted);
    case "author":
      return (issue) => issue.user.login.toLowerCase() === wanted;
    case "in":
      return () => true;
    case "is":
    case "state":
    case "type":
      return (issue) => isOf(issue, wanted);
    default:
      return null;
  }
}

function isOf(issue: Issue, kind: string): boolean {
  if (kind === "open" || kind === "closed") return issue.state === kind;
  return kind === "pr" || kind === "pull-request" ? issue.pull !== undefined : issue.pull === undefined;
}
