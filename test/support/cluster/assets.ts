import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { AuditError } from "../../../src/model/audit-error.ts";
import { buildAssets } from "./build-assets.ts";

export const KUBERNETES_VERSION = "1.36.3";

const BINARIES = ["kube-apiserver", "etcd", "kubectl"] as const;
const MODULE = path.resolve(import.meta.dirname, "../cluster-binaries");
/** What the binaries depend on: with another content they are other binaries. */
const SOURCES = ["go.mod", "go.sum", ...BINARIES.map((name) => `${name}/main.go`)];

export type ClusterAssets = Readonly<Record<"kubeApiserver" | "etcd" | "kubectl", string>>;

/**
 * Find the binaries of a real API server: in `KUBEBUILDER_ASSETS`, else in the user's cache folder, else built once
 * into it from the Go module beside this folder (3 to 5 minutes on 2 cores, then never again).
 *
 * @param report Called with a line of progress before anything slow.
 * @returns Absolute paths.
 * @throws {AuditError} `test-binaries-missing`, `test-binaries-build-failed`.
 */
export async function findAssets(report: (line: string) => void = () => {}): Promise<ClusterAssets> {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given !== undefined && given !== "") return await assetsGivenIn(path.resolve(given));
  const folder = await cacheFolder();
  if ((await missingFrom(folder)).length > 0) {
    report(
      `Building kube-apiserver, etcd and kubectl ${KUBERNETES_VERSION} into ${folder} (once; some minutes) …`,
    );
    await buildAssets({ module: MODULE, names: BINARIES, folder, version: KUBERNETES_VERSION });
  }
  return assetsIn(folder);
}

async function assetsGivenIn(folder: string): Promise<ClusterAssets> {
  const missing = await missingFrom(folder);
  if (missing.length === 0) return assetsIn(folder);
  throw new AuditError({
    code: "test-binaries-missing",
    what: `KUBEBUILDER_ASSETS names ${folder}, which has no executable ${missing.join(", ")}`,
    where: { folder },
    mend: `Put kube-apiserver, etcd and kubectl ${KUBERNETES_VERSION} there (\`setup-envtest use\` does), or unset KUBEBUILDER_ASSETS to have them built with Go.`,
  });
}

function assetsIn(folder: string): ClusterAssets {
  return {
    kubeApiserver: path.join(folder, "kube-apiserver"),
    etcd: path.join(folder, "etcd"),
    kubectl: path.join(folder, "kubectl"),
  };
}

async function missingFrom(folder: string): Promise<readonly string[]> {
  const present = await Promise.all(BINARIES.map((name) => isExecutable(path.join(folder, name))));
  return BINARIES.filter((_, index) => present[index] === false);
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function cacheFolder(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) hash.update(await readFile(path.join(MODULE, source))).update("\0");
  const digest = hash.digest("hex").slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return path.join(cache, "ingress-audit", `cluster-${KUBERNETES_VERSION}-${digest}`);
}
