import type { Command } from "commander";
import { type FleetSources, fleetSources, readIfThere } from "../../audit/fleet/fleet-sources.ts";
import { type FoundSources, runSources } from "../../audit/run-sources.ts";
import { reportHeading } from "../../report/fleet/fleet-text.ts";
import { EVERY_REPOSITORY } from "../../report/fleet/summary-words.ts";
import { sourcesText } from "../../report/sources-text.ts";
import { assemble } from "../assembly/assemble.ts";
import { assembleFleet } from "../assembly/fleet/assemble-fleet.ts";
import { isFleet } from "../assembly/fleet/choose-clusters.ts";
import { openOwn } from "../assembly/open-own.ts";
import type { Surroundings } from "../assembly/surroundings.ts";
import { addSourceOptions } from "./audit-options.ts";
import { explainError } from "./explain-error.ts";
import { type SeveralOptions, severalOptions } from "./several-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Sources are found by Argo CD's Applications and ApplicationSets and by Flux's Kustomizations and HelmReleases, in the
cluster and in Git; without any, each kustomization that no other one uses counts. .ingress-audit.yaml may name them.

  $ ingress-audit sources --git-only
  $ ingress-audit sources --all-clusters
`;

interface SourcesOptions extends SeveralOptions {
  readonly gitOnly?: boolean;
  readonly json?: boolean;
}

export function addSourcesCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("sources")
    .summary("print what renders what into which cluster and namespace, and how that is known")
    .description(
      "Find kustomizations, charts and plain folders, and what Argo CD and Flux apply of them, and print them as a tree. Nothing is rendered.",
    );
  addSourceOptions(command, "several")
    .option("--git-only", "do not ask the cluster for its GitOps objects")
    .option("--json", "print as JSON")
    .option("--no-color", "no colours (also: NO_COLOR=1)")
    .addHelpText("after", HELP)
    .action(async (options: SourcesOptions) => {
      const { text, status } = await untilInterrupted(process, (signal) =>
        withSurroundings(process, signal, (surroundings) =>
          sources(options, surroundings, useColor(options.color, process)),
        ),
      );
      process.stdout.write(text);
      process.exitCode = status;
    });
}

async function sources(
  options: SourcesOptions,
  surroundings: Surroundings,
  color: boolean,
): Promise<{ readonly text: string; readonly status: 0 | 2 }> {
  const { common, several, one } = severalOptions(options);
  const own = await openOwn(common, surroundings);
  if (isFleet(own.configuration, several)) {
    const fleet = assembleFleet([], several, surroundings, own);
    const found = await fleetSources(fleet, {
      isLive: options.gitOnly !== true,
      signal: surroundings.signal,
    });
    const status = found.some(({ kind }) => kind === "failed") ? 2 : 0;
    return { text: options.json === true ? fleetSourcesJson(found) : fleetSourcesText(found, color), status };
  }
  const { request, ports } = await assemble([], one, surroundings, own);
  const live = options.gitOnly === true ? null : await readIfThere(ports.cluster, surroundings.signal);
  const found = await runSources(request, ports, live);
  const text =
    options.json === true ? printed(sourcesJson(found)) : sourcesText(found.discovery, { color, ...found });
  return { text, status: 0 };
}

function sourcesJson({ discovery: { sources, unrendered, problems }, isClusterRead }: FoundSources) {
  return { sources, unrendered, problems, isClusterRead };
}

function fleetSourcesJson(found: readonly FleetSources[]): string {
  return printed(
    found.map((each) => {
      const { cluster, repository } = each;
      if (each.kind === "found") return { cluster, repository, ...sourcesJson(each.found) };
      const { code, what, where, mend } = each.error;
      return { cluster, repository, error: { code, what, where, mend } };
    }),
  );
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fleetSourcesText(found: readonly FleetSources[], color: boolean): string {
  return found
    .map((each) => {
      const heading = reportHeading(each.cluster, each.repository ?? EVERY_REPOSITORY, { color, width: 80 });
      const text =
        each.kind === "found"
          ? sourcesText(each.found.discovery, { color, ...each.found })
          : explainError(each.error, false);
      return `${heading}${text}`;
    })
    .join("\n");
}
