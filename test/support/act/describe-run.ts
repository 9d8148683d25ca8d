import type { WorkflowResult } from "./run-workflow.ts";
import { stableText } from "./stable-text.ts";
import type { WorkflowWorld } from "./workflow-world.ts";

/** The comments of a pull request or an issue, the same for every run of the same story. */
export async function describeComments(number: number, world: WorkflowWorld): Promise<string> {
  const comments = world.github.comments(number);
  const text = comments
    .map(({ user, body }) => `━━ Comment by ${user.login}\n${body.trimEnd()}\n`)
    .join("\n");
  return stableText(text, await subjectsOf(world));
}

/** An issue with its comments, likewise. */
export async function describeIssue(number: number, world: WorkflowWorld): Promise<string> {
  const issue = world.github.issues().find((each) => each.number === number);
  if (issue === undefined) throw new Error(`There is no issue #${number}`);
  const { title, state, stateReason, labels, assignees, body } = issue;
  const text = [
    `━━ Issue #${number}: ${title}`,
    `${state}${stateReason === null ? "" : ` as ${stateReason}`}; labels: ${labels.map(({ name }) => name).join(", ")}; assigned: ${assignees.map(({ login }) => login).join(", ")}`,
    (body ?? "").trimEnd(),
    "",
  ].join("\n");
  return `${stableText(text, await subjectsOf(world))}\n${await describeComments(number, world)}`;
}

/** Everything that a run showed and left behind, the same for every run of the same story. */
export async function describeRun(run: WorkflowResult, world: WorkflowWorld): Promise<string> {
  const parts = [
    ["Steps", [...run.steps].map(([step, result]) => `${step}: ${result}`).join("\n")],
    [
      "Outputs",
      [...run.outputs]
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join("\n"),
    ],
    ["Annotations", run.annotations.map(annotation).join("\n")],
    ...run.summaries.map((summary) => ["Summary", summary]),
  ];
  const text = parts.map(([title, content]) => `━━ ${title}\n${content?.trimEnd()}\n`).join("\n");
  return stableText(text, await subjectsOf(world));
}

function annotation({ level, properties, message }: WorkflowResult["annotations"][number]): string {
  const place = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  return [`${level} ${place.sort().join(" ")}`, ...message.split("\n").map((line) => `  ${line}`)].join("\n");
}

async function subjectsOf({ origin }: WorkflowWorld): Promise<ReadonlyMap<string, string>> {
  const log = await origin.git("log", "--all", "--format=%H %s");
  return new Map(log.split("\n").map((line) => [line.slice(0, 40), line.slice(41)]));
}
