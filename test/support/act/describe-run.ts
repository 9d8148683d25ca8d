import type { WorkflowResult } from "./run-workflow.ts";
import { stableText } from "./stable-text.ts";
import type { WorkflowWorld } from "./workflow-world.ts";

/** Everything that a run showed and left behind, the same for every run of the same story. */
export async function describeRun(run: WorkflowResult, world: WorkflowWorld): Promise<string> {
  const subjects = await world.origin.git("log", "--all", "--format=%H %s");
  const commits = new Map(subjects.split("\n").map((line) => [line.slice(0, 40), line.slice(41)] as const));
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
  return stableText(text, commits);
}

function annotation({ level, properties, message }: WorkflowResult["annotations"][number]): string {
  const place = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  return [`${level} ${place.sort().join(" ")}`, ...message.split("\n").map((line) => `  ${line}`)].join("\n");
}
