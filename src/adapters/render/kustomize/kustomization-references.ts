import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";

/** What a kustomization names, as it writes it. */
export interface KustomizationReferences {
  /** A file, or a folder with a kustomization of its own, or a URL. */
  readonly resources: readonly string[];
  /** Files only. */
  readonly files: readonly string[];
  /** Files, or folders, that configure plugins and may name further files. */
  readonly plugins: readonly string[];
  /** Configurations of plugins that stand in the kustomization itself. */
  readonly inlinePlugins: readonly string[];
  readonly charts: readonly ChartReference[];
}

export interface ChartReference {
  readonly name: string;
  /** The folder that holds the chart's folder. */
  readonly chartHome: string;
  /** Whether the chart comes from elsewhere unless it is there already. */
  readonly isRemote: boolean;
  readonly valuesFiles: readonly string[];
}

/**
 * @param kustomization Of kind Kustomization or Component.
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export function kustomizationReferences(kustomization: JsonObject): KustomizationReferences {
  return {
    resources: ["resources", "bases", "components"].flatMap((field) => strings(kustomization[field])),
    files: [
      ...strings(kustomization.crds),
      ...strings(kustomization.configurations),
      ...strings(kustomization.patchesStrategicMerge).filter(isPath),
      ...["patches", "patchesJson6902", "replacements"].flatMap((field) => paths(kustomization[field])),
      ...["configMapGenerator", "secretGenerator"].flatMap((field) => generated(kustomization[field])),
      ...(isJsonObject(kustomization.openapi) ? strings([kustomization.openapi.path ?? null]) : []),
    ],
    plugins: pluginsOf(kustomization).filter(isPath),
    inlinePlugins: pluginsOf(kustomization).filter((each) => !isPath(each)),
    charts: chartsOf(kustomization),
  };
}

/**
 * What the configuration of a built-in plugin names: a PatchTransformer's path, a ConfigMapGenerator's files.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/builtins/
 */
export function pluginReferences(config: JsonObject): readonly string[] {
  return [
    ...strings([config.path ?? null]),
    ...strings(config.paths).filter(isPath),
    ...generated([config]),
    ...paths(config.replacements),
    ...strings([config.valuesFile ?? null]),
    ...strings(config.additionalValuesFiles),
  ];
}

function pluginsOf(kustomization: JsonObject): readonly string[] {
  return ["generators", "transformers", "validators"].flatMap((field) => strings(kustomization[field]));
}

/** An entry may be the content itself, over several lines or as a map. */
function isPath(text: string): boolean {
  return !text.includes("\n") && !/^\s*[{[]/.test(text) && !/^[\w.-]+:\s/.test(text);
}

function paths(entries: Json | undefined): readonly string[] {
  return objects(entries).flatMap(({ path }) => strings([path ?? null]));
}

/** `key=path` or `path`; `env` is the old form of `envs`. */
function generated(entries: Json | undefined): readonly string[] {
  return objects(entries).flatMap(({ files, envs, env }) => [
    ...strings(files).map((file) => file.slice(file.indexOf("=") + 1)),
    ...strings(envs),
    ...strings([env ?? null]),
  ]);
}

function chartsOf({ helmCharts, helmGlobals, helmChartInflationGenerator }: JsonObject): ChartReference[] {
  const globals = isJsonObject(helmGlobals) ? helmGlobals : {};
  const home = typeof globals.chartHome === "string" ? globals.chartHome : "charts";
  const current = objects(helmCharts).map((chart) => chartOf(chart, String(chart.name ?? ""), home));
  const old = objects(helmChartInflationGenerator).map((chart) =>
    chartOf(
      chart,
      String(chart.chartName ?? ""),
      typeof chart.chartHome === "string" ? chart.chartHome : home,
    ),
  );
  return [...current, ...old];
}

function chartOf(chart: JsonObject, name: string, chartHome: string): ChartReference {
  return {
    name,
    chartHome,
    isRemote: typeof (chart.repo ?? chart.chartRepo) === "string",
    valuesFiles: [
      ...strings([chart.valuesFile ?? chart.values ?? null]),
      ...strings(chart.additionalValuesFiles),
    ],
  };
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
