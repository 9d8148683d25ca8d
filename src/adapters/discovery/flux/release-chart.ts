import { isDeepStrictEqual } from "node:util";
import type { GitRepository, HelmChart, HelmRelease } from "./flux-objects.ts";
import { isNamed, whyElsewhere } from "./why-elsewhere.ts";

/** The objects that say where Flux takes files from. */
export interface FluxArtifacts {
  readonly repositories: readonly GitRepository[];
  readonly charts: readonly DeclaredChart[];
}

export interface DeclaredChart {
  readonly chart: HelmChart;
  /** Where it stands in Git; null where it was read from the cluster. */
  readonly file: string | null;
}

export type ReleaseChart =
  | {
      readonly kind: "here";
      /** As it is written: the chart's folder in the repository. */
      readonly path: string;
      readonly valuesFiles: readonly string[];
      readonly isMissingAllowed: boolean;
      /** Files that say so beside the release itself. */
      readonly files: readonly string[];
    }
  | { readonly kind: "elsewhere"; readonly reason: string; readonly address: string };

type Specification = HelmChart["spec"];

/**
 * Where the chart of a HelmRelease comes from: its own template of a HelmChart, or the object that its chartRef names.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#chart-reference
 */
export function releaseChart(
  { metadata, spec }: HelmRelease,
  { repositories, charts }: FluxArtifacts,
  remotes: readonly string[],
): ReleaseChart {
  const at = (chart: Specification, namespace: string | null, files: readonly string[]) =>
    chartAt(chart, whyElsewhere(chart.sourceRef, namespace, repositories, remotes), files);
  const template = spec.chart;
  if (template != null) {
    const { chart, sourceRef, url } = template.spec;
    if (chart === null || sourceRef == null) return elsewhere(`its chart comes from ${url ?? "elsewhere"}`);
    return at({ ...template.spec, chart, sourceRef }, metadata.namespace, []);
  }
  if (spec.chartRef == null) return elsewhere("it names no chart");
  const { kind, name, namespace } = spec.chartRef;
  if (kind !== "HelmChart") return elsewhere(`its chart comes from ${kind} ${name}`);
  const wanted = namespace ?? metadata.namespace;
  const [found, ...others] = charts.filter(({ chart }) => isNamed(chart.metadata, name, wanted));
  if (found === undefined) return elsewhere(`nothing here tells what HelmChart ${name} is`);
  if (others.some(({ chart }) => !isDeepStrictEqual(chart.spec, found.chart.spec)))
    return elsewhere(`several objects here are called HelmChart ${name}`);
  const files = [found, ...others].flatMap(({ file }) => file ?? []);
  return at(found.chart.spec, found.chart.metadata.namespace ?? wanted, files);
}

function chartAt(
  { chart, valuesFiles, ignoreMissingValuesFiles }: Specification,
  why: ReturnType<typeof whyElsewhere>,
  files: readonly string[],
): ReleaseChart {
  if (why !== null) return { kind: "elsewhere", ...why };
  return { kind: "here", path: chart, valuesFiles, isMissingAllowed: ignoreMissingValuesFiles, files };
}

function elsewhere(reason: string): ReleaseChart {
  return { kind: "elsewhere", reason, address: "" };
}
