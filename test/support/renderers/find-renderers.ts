import path from "node:path";
import type { BinarySet } from "../binaries/binary-set.ts";
import { findBinaries } from "../binaries/find-binaries.ts";

/** Less than a minute on 2 cores where the module cache is filled. */
const RENDERERS: BinarySet = {
  title: "kustomize 5.7.1, helm 3.19.0 and helm 4.0.0",
  folderName: "renderers",
  module: path.resolve(import.meta.dirname, "../renderer-binaries"),
  names: ["kustomize", "helm3", "helm4"],
  packages: {
    kustomize: "sigs.k8s.io/kustomize/kustomize/v5",
    helm3: "helm.sh/helm/v3/cmd/helm",
    helm4: "helm.sh/helm/v4/cmd/helm",
  },
  linkerFlags: [],
  variable: "INGRESS_AUDIT_RENDERERS",
  elsewhere: " (named kustomize, helm3 and helm4)",
};

export type Renderers = Readonly<Record<"kustomize" | "helm3" | "helm4", string>>;

/**
 * @param report Called with a line of progress before anything slow.
 * @returns Absolute paths.
 * @throws {AuditError} `test-binaries-missing`, `test-binaries-build-failed`.
 */
export async function findRenderers(report: (line: string) => void = () => {}): Promise<Renderers> {
  const folder = await findBinaries(RENDERERS, report);
  return {
    kustomize: path.join(folder, "kustomize"),
    helm3: path.join(folder, "helm3"),
    helm4: path.join(folder, "helm4"),
  };
}
