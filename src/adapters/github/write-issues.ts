import * as z from "zod";
import type { IssueChange, NewIssue } from "../../ports/issue-tracker.ts";
import { isSameText } from "./comments.ts";
import type { Connection } from "./connection.ts";
import { type IssueAnswer, issueAnswer } from "./issue-answer.ts";
import type { IssueList } from "./issue-lists.ts";
import { unlessGone } from "./unless-gone.ts";

/** @see https://docs.github.com/en/rest/issues/assignees#add-assignees-to-an-issue */
const MOST_ASSIGNEES = 10;

const writing = (doing: string) => ({ doing, needs: "issues: write" });

/** Open an issue, and no second one where the answer was lost. */
export async function openIssue(
  connection: Connection,
  listOf: (label: string) => IssueList,
  { title, body, labels, assignees }: NewIssue,
  signal: AbortSignal,
): Promise<IssueAnswer> {
  const fields = { title, body, labels: [...labels], assignees: assignees.slice(0, MOST_ASSIGNEES) };
  const create = () =>
    connection.send(writing("open an issue"), issueAnswer, signal, ({ rest }, common) =>
      rest.issues.create({ ...common, ...fields }),
    );
  const isSame = (issue: IssueAnswer) => issue.title === title && isSameText(issue.body, body);
  const issue = await listOf(labels[0] ?? "").create(create, isSame, signal);
  for (const label of labels) listOf(label).remember(issue);
  return issue;
}

export function changeIssue(
  connection: Connection,
  number: number,
  { stateReason, assignees, ...change }: IssueChange,
  signal: AbortSignal,
): Promise<IssueAnswer> {
  const fields = {
    ...change,
    ...(stateReason === undefined ? {} : { state_reason: stateReason }),
    ...(assignees === undefined ? {} : { assignees: assignees.slice(0, MOST_ASSIGNEES) }),
  };
  return connection.send(writing(`update issue #${number}`), issueAnswer, signal, ({ rest }, common) =>
    rest.issues.update({ ...common, issue_number: number, ...fields }),
  );
}

/** Labels that the repository lacks are made. */
export async function addLabels(
  connection: Connection,
  number: number,
  labels: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await connection.send(writing(`label issue #${number}`), z.unknown(), signal, ({ rest }, common) =>
    rest.issues.addLabels({ ...common, issue_number: number, labels: [...labels] }),
  );
}

/** One that the issue does not carry is no error. */
export async function removeLabel(
  connection: Connection,
  number: number,
  label: string,
  signal: AbortSignal,
): Promise<void> {
  const operation = writing(`take the label ${label} off issue #${number}`);
  await unlessGone(
    connection.send(operation, z.unknown(), signal, ({ rest }, common) =>
      rest.issues.removeLabel({ ...common, issue_number: number, name: label }),
    ),
  );
}
