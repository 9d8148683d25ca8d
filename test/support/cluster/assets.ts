import path from "node:path";
import type { BinarySet } from "../binaries/binary-set.ts";
import { findBinaries } from "../binaries/find-binaries.ts";

export const KUBERNETES_VERSION = "1.36.3";

/** 3 to 5 minutes on 2 cores, then never again. */
const CLUSTER_BINARIES: BinarySet = {
  title: `kube-apiserver, etcd and kubectl ${KUBERNETES_VERSION}`,
  folderName: `cluster-${KUBERNETES_VERSION}`,
  module: path.resolve(import.meta.dirname, "../cluster-binaries"),
  names: ["kube-apiserver", "etcd", "kubectl"],
  linkerFlags: versionFlags(KUBERNETES_VERSION),
  variable: "KUBEBUILDER_ASSETS",
  elsewhere: ` (\`setup-envtest use ${KUBERNETES_VERSION} -p path\` downloads one and prints its name)`,
};

export type ClusterAssets = Readonly<Record<"kubeApiserver" | "etcd" | "kubectl", string>>;

/**
 * Find the binaries of a real API server.
 *
 * @param report Called with a line of progress before anything slow.
 * @returns Absolute paths.
 * @throws {AuditError} `test-binaries-missing`, `test-binaries-build-failed`.
 */
export async function findAssets(report: (line: string) => void = () => {}): Promise<ClusterAssets> {
  const folder = await findBinaries(CLUSTER_BINARIES, report);
  return {
    kubeApiserver: path.join(folder, "kube-apiserver"),
    etcd: path.join(folder, "etcd"),
    kubectl: path.join(folder, "kubectl"),
  };
}

/** Without these a server calls itself v0.0.0-master, and clients put that into their user agent. */
function versionFlags(version: string): readonly string[] {
  const [major = "", minor = ""] = version.split(".");
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
  return packages.flatMap((name) =>
    Object.entries(values).map(([variable, value]) => `-X ${name}.${variable}=${value}`),
  );
}
