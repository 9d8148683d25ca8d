import type { SourceConfiguration } from "../../model/configuration.ts";
import type { RenderedSource } from "../../model/source.ts";

/** The sources of the configuration that a tool renders. */
export function configuredSources(sources: readonly SourceConfiguration[]): readonly RenderedSource[] {
  return sources.flatMap(({ kustomize, helm, namespace }): RenderedSource[] => {
    if (kustomize !== null) {
      const root = withoutSlash(kustomize);
      return [
        {
          kind: "kustomize",
          id: `kustomize ${root}`,
          root,
          namespace,
          overrides: {},
          loadRestrictor: "root-only",
          isGenerated: false,
          substitute: null,
        },
      ];
    }
    if (helm === null) return [];
    const chart = withoutSlash(helm.chart);
    const set = Object.entries(helm.set).map(([name, value]) => ({ name, value, forceString: true }));
    const { kubeVersion, apiVersions, release, valueFiles, values } = helm;
    const id = `helm ${chart} as ${release}${namespace === null ? "" : ` in ${namespace}`}`;
    return [
      {
        kind: "helm",
        id,
        chart,
        releaseName: release,
        namespace,
        valueFiles,
        values,
        set,
        kubeVersion,
        apiVersions,
      },
    ];
  });
}

function withoutSlash(folder: string): string {
  return folder.replace(/^\.\//, "").replace(/\/+$/, "") || ".";
}
