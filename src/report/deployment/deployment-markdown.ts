import { shortSha, type Telling } from "../describe-commit.ts";
import { grouped } from "../elide.ts";
import type { Links } from "../links.ts";
import { markdownPhrase } from "../markdown-phrase.ts";
import { type Phrase, say, value } from "../phrase.ts";
import type { ConcernedDivergence, DeploymentReport } from "./deployment-report.ts";
import { describeCulprit, describeEnding } from "./describe-deployment.ts";

const MAX_CULPRITS = 50;

/** How a deployment ended and who keeps it from ending well; the report of the audit follows it in a summary. */
export function deploymentMarkdown(deployment: DeploymentReport, telling: Telling): string {
  const { ending, concerning, beside } = deployment;
  const sign = { agreed: "✅", disagreed: "❌", unread: "⚠️" }[ending];
  return [
    `## ${sign} ${markdownPhrase(describeEnding(deployment))}`,
    markdownPhrase(describeRange(deployment, telling.links)),
    ...(deployment.ending === "unread" ? [markdownPhrase(say`${deployment.error.message}`)] : []),
    ...culprits(
      ending === "unread" ? "What was seen last" : "What keeps it from agreeing",
      concerning,
      telling,
    ),
    ...culprits("What has nothing to do with this deployment", beside, telling),
  ]
    .join("\n\n")
    .concat("\n");
}

/** What was deployed onto what. */
function describeRange({ commit, previous, readings }: DeploymentReport, { commit: link }: Links): Phrase {
  const deployed = say`Deployed: ${value(shortSha(commit), link(commit))}`;
  const before =
    previous === null
      ? say`; nothing tells what was deployed before, so that every difference counts`
      : say`, after ${value(shortSha(previous), link(previous))}`;
  return say`${deployed}${before}. The cluster was read ${String(readings)} ${readings === 1 ? "time" : "times"}.`;
}

function culprits(title: string, found: readonly ConcernedDivergence[], telling: Telling): string[] {
  if (found.length === 0) return [];
  const shown = found.slice(0, MAX_CULPRITS).flatMap((each) => {
    const { place, causes } = describeCulprit(each, telling);
    return [`- ${markdownPhrase(place)}`, ...causes.map((cause) => `  - ${markdownPhrase(cause)}`)];
  });
  const left = found.length - MAX_CULPRITS;
  const note = left <= 0 ? [] : [`- _${grouped(left)} more; the report below holds them._`];
  return [`### ${title}`, [...shown, ...note].join("\n")];
}
