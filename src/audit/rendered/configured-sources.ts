import type { SourceConfiguration } from "../../model/configuration.ts";
import type { DiscoveredSource } from "../../model/discovery.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { AuditRequest } from "../audit-request.ts";

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
        isDefaultReplaced: false,
        values,
        set,
        setFiles: [],
        kubeVersion,
        apiVersions,
      },
    ];
  });
}

/** The same, and the paths of plain manifests, as sources that the configuration declares. */
export function configuredAsDiscovered({ sources, asked }: AuditRequest): readonly DiscoveredSource[] {
  const plain = asked.map(({ path }) => ({
    kind: "plain" as const,
    id: path,
    namespace: null,
    folder: path,
    recurse: true,
    include: [],
    exclude: [],
  }));
  return [...sources, ...plain].map((source) => ({
    source,
    declaredBy: { kind: "configuration", name: ".ingress-audit.yaml", place: null },
    definedBy: [],
    reason: "The configuration says so.",
    destination: { server: null, name: null },
    appliedBy: null,
    appliedRevision: null,
  }));
}

function withoutSlash(folder: string): string {
  return folder.replace(/^\.\//, "").replace(/\/+$/, "") || ".";
}
