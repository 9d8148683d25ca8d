import type { Declarer, DiscoveredSource, Discovery, UnrenderedSource } from "../model/discovery.ts";
import type { Source } from "../model/source.ts";
import { escapeTerminal } from "./escape-terminal.ts";
import { createPaint, type Paint } from "./paint.ts";

export interface SourcesTextOptions {
  readonly color: boolean;
  /** Whether the cluster's GitOps objects were read too. */
  readonly isClusterRead: boolean;
}

/** What was found and why, as a tree: under each declaration the sources that it applies. */
export function sourcesText(discovery: Discovery, { color, isClusterRead }: SourcesTextOptions): string {
  const paint = createPaint(color);
  const groups = Map.groupBy([...discovery.sources, ...discovery.unrendered], ({ declaredBy }) =>
    heading(declaredBy, paint),
  );
  const blocks = [...groups].map(([title, entries]) => {
    const lines = entries.flatMap((entry, index) => branch(entry, index === entries.length - 1, paint));
    return `${[title, ...lines].join("\n")}\n`;
  });
  const problems = discovery.problems.map(
    ({ path, line, message }) =>
      `${paint("yellow", "!")} ${escapeTerminal(`${path}${line === null ? "" : `:${line}`}: ${message}`)}\n`,
  );
  return [
    ...(blocks.length === 0 ? [NOTHING] : blocks),
    ...problems,
    `\n${count(discovery, isClusterRead)}\n`,
  ].join("");
}

const NOTHING =
  "No Application, Kustomization, HelmRelease or kustomization: every manifest of the repository counts.\n";

function heading({ kind, name, place }: Declarer, paint: Paint): string {
  const where = place === null ? "" : paint("dim", `  ${escapeTerminal(place.path)}:${place.line}`);
  return `${paint("bold", escapeTerminal(kind === "configuration" ? name : `${kind} ${name}`))}${where}`;
}

function branch(entry: DiscoveredSource | UnrenderedSource, isLast: boolean, paint: Paint): string[] {
  const [fork, trunk] = isLast ? ["└─ ", "   "] : ["├─ ", "│  "];
  const lines = "source" in entry ? found(entry, paint) : notRendered(entry, paint);
  return lines.map((line, index) => `${paint("dim", index === 0 ? fork : trunk)}${line}`);
}

function found({ source, reason, destination, appliedRevision }: DiscoveredSource, paint: Paint): string[] {
  const cluster = destination.name ?? destination.server;
  const into = [
    source.namespace === null ? "the namespaces that the manifests name" : `namespace ${source.namespace}`,
    cluster === null ? "" : ` of ${cluster}`,
  ].join("");
  const applied = appliedRevision === null ? "" : `, applied ${appliedRevision.slice(0, 8)}`;
  return [
    `${paint("cyan", source.kind)} ${escapeTerminal(`${describe(source)} → ${into}${applied}`)}`,
    paint("dim", escapeTerminal(reason)),
  ];
}

function notRendered({ reason, remedy }: UnrenderedSource, paint: Paint): string[] {
  return [
    `${paint("yellow", "not rendered")}: ${escapeTerminal(reason)}`,
    paint("dim", escapeTerminal(remedy)),
  ];
}

function describe(source: Source): string {
  switch (source.kind) {
    case "plain":
      return `${source.folder}${source.recurse ? "/**" : ""}`;
    case "kustomize":
      return source.root;
    case "helm":
      return [
        `${source.chart} as ${source.releaseName}`,
        ...source.valueFiles.map((file) => `-f ${file}`),
        ...source.setFiles.map(({ name, file }) => `--set-file ${name}=${file}`),
      ].join(" ");
    default:
      return source satisfies never;
  }
}

function count({ sources, unrendered }: Discovery, isClusterRead: boolean): string {
  const rendered = `${sources.length} ${sources.length === 1 ? "source" : "sources"}`;
  const missing = unrendered.length === 0 ? "" : `, ${unrendered.length} not rendered`;
  return `${rendered}${missing}; found in ${isClusterRead ? "Git and the cluster" : "Git alone"}.`;
}
