import { type InvalidField, invalid, Refusal } from "../http/answer.ts";

const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 256;
const LONGEST_LABEL = 50;
const MOST_ASSIGNEES = 10;
const MOST_LABELS = 100;

export function checkBodyText(
  resource: "Issue" | "IssueComment" | "PullRequest",
  body: string | null | undefined,
): void {
  if (resource === "IssueComment" && (body ?? "").trim() === "") {
    refuse({ resource, field: "body", code: "custom", message: "body cannot be blank" });
  }
  // Characters, not UTF-16 units: an emoji counts as one.
  if (body !== null && body !== undefined && [...body].length > LONGEST_BODY) {
    refuse({
      resource,
      field: "body",
      code: "custom",
      message: "body is too long (maximum is 65536 characters)",
    });
  }
}

export function checkTitle(title: string): void {
  if (title.trim() === "") refuse({ resource: "Issue", field: "title", code: "missing_field" });
  if ([...title].length > LONGEST_TITLE) {
    refuse({
      resource: "Issue",
      field: "title",
      code: "custom",
      message: "title is too long (maximum is 256 characters)",
    });
  }
}

export function checkLabelNames(names: readonly string[]): void {
  if (names.length > MOST_LABELS) refuse({ resource: "Issue", field: "labels", code: "invalid" });
  for (const name of names) {
    if (name.trim() === "") refuse({ resource: "Label", field: "name", code: "missing_field" });
    if ([...name].length > LONGEST_LABEL) {
      refuse({
        resource: "Label",
        field: "name",
        code: "custom",
        message: "name is too long (maximum is 50 characters)",
        value: name,
      });
    }
  }
}

export function checkAssigneeCount(count: number): void {
  if (count > MOST_ASSIGNEES) refuse({ resource: "Issue", field: "assignees", code: "invalid" });
}

function refuse(error: InvalidField): never {
  throw new Refusal(invalid(error));
}
