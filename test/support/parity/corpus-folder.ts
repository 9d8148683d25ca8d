import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";
import type { CorpusEntry } from "./corpus-entry.ts";

/** The corpus as files for one namespace, ready to be applied. */
export interface CorpusFolder {
  readonly namespace: string;
  readonly folder: string;
  /** The Ingresses in it as kubectl itself reads them. */
  readonly ingresses: readonly JsonObject[];
  /** Everything else in it. */
  readonly others: readonly JsonObject[];
}

export async function writeCorpusFolder(
  cluster: TestCluster,
  corpus: readonly CorpusEntry[],
  namespace: string,
): Promise<CorpusFolder> {
  const folder = path.join(cluster.scratchFolder, "corpus", namespace);
  await mkdir(folder, { recursive: true });
  await Promise.all(
    corpus.map(({ file, applied }) => writeFile(path.join(folder, file), inNamespace(applied, namespace))),
  );
  const objects = await readByKubectl(cluster, folder, namespace);
  const isIngress = ({ kind }: JsonObject) => kind === "Ingress";
  return {
    namespace,
    folder,
    ingresses: objects.filter(isIngress),
    others: objects.filter((object) => !isIngress(object)),
  };
}

export function inNamespace(text: string, namespace: string): string {
  return text.replaceAll("NAMESPACE", namespace);
}

async function readByKubectl(cluster: TestCluster, folder: string, namespace: string): Promise<JsonObject[]> {
  const args = ["create", "--dry-run=client", "-f", folder, "-n", namespace];
  const { stdout } = await cluster.kubectl("admin", [...args, "-o", "json"]);
  const objects: readonly Json[] = JSON.parse(`[${stdout.trim().replaceAll(/^\}\n\{/gm, "},\n{")}]`);
  return objects.filter(isJsonObject);
}
