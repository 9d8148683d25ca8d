import type { Connection } from "./connection.ts";
import { type IssueAnswer, issueAnswer } from "./issue-answer.ts";
import { remembering } from "./remembering.ts";
import { unlessGone } from "./unless-gone.ts";
import { WrittenList } from "./written-list.ts";

export type IssueList = WrittenList<IssueAnswer>;

/** The issues that carry a label, open and closed, whoever opened them; one list a label, all of them for "". */
export function issueLists(connection: Connection): (label: string) => IssueList {
  const listOf = remembering((label: string) => new WrittenList(issuesWith(connection, label)));
  return (label) => listOf(label.toLowerCase());
}

function issuesWith(connection: Connection, label: string) {
  const reading = { doing: "list the drift issues", needs: "issues: read" };
  return {
    keyOf: ({ number }: IssueAnswer) => number,
    list: async (signal: AbortSignal) => {
      const issues = await connection.list(reading, issueAnswer, signal, ({ rest, paginate }, common) =>
        paginate.iterator(rest.issues.listForRepo, {
          ...common,
          ...labelFilter(label),
          state: "all",
          direction: "asc",
          per_page: 100,
        }),
      );
      return issues.filter((issue) => belongs(issue, label));
    },
    get: async (number: number, signal: AbortSignal) => {
      const issue = await unlessGone(
        connection.send(reading, issueAnswer, signal, ({ rest }, common) =>
          rest.issues.get({ ...common, issue_number: number }),
        ),
      );
      return issue !== null && belongs(issue, label) ? issue : null;
    },
    pace: connection.pace,
  };
}

/** GitHub parts the labels to filter by at commas, so one that holds a comma is filtered for here alone. */
function labelFilter(label: string): { readonly labels?: string } {
  return label === "" || label.includes(",") ? {} : { labels: label };
}

function belongs(issue: IssueAnswer, label: string): boolean {
  const isLabelled = label === "" || issue.labels.some((name) => name.toLowerCase() === label.toLowerCase());
  return isLabelled && issue.pull_request === undefined;
}
