import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { onceForEach } from "../../../model/once-for-each.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { yamlValues } from "../yaml-values.ts";
import type { KnownCluster } from "./cluster-generator.ts";

const LABEL = "argocd.argoproj.io/secret-type";

/** Argo CD's own cluster, which it knows without a Secret. */
const OWN: KnownCluster = { name: "in-cluster", server: "https://kubernetes.default.svc", labels: {} };

/**
 * The clusters that Argo CD knows, where Git declares them: Secrets with a cluster's name and server. Nothing else of a
 * Secret is looked at.
 *
 * @returns null where Git declares none: then they are made some other way.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
export async function declaredClusters(tree: SourceTree): Promise<readonly KnownCluster[] | null> {
  const files = tree.filesBelow(".").filter((file) => /\.(?:ya?ml|json)$/i.test(file));
  const contents = await Promise.all(files.map((file) => tree.read(file)));
  const clusters = contents.flatMap((content) => (content === null ? [] : clustersIn(content)));
  if (clusters.length === 0) return null;
  return clusters.some(({ server }) => server === OWN.server) ? clusters : [OWN, ...clusters];
}

const clustersIn = onceForEach((content: Buffer): readonly KnownCluster[] => {
  if (!content.includes(LABEL)) return [];
  return yamlValues(content.toString("utf8")).filter(isJsonObject).flatMap(clusterOf);
});

function clusterOf({ kind, metadata, stringData, data }: JsonObject): KnownCluster[] {
  const labels = isJsonObject(metadata) && isJsonObject(metadata.labels) ? metadata.labels : {};
  if (kind !== "Secret" || labels[LABEL] !== "cluster") return [];
  const text = (key: string) => textOf(stringData, key) ?? decoded(textOf(data, key));
  const [name, server] = [text("name"), text("server")];
  if (name === null || server === null) return [];
  const texts = Object.entries(labels).map(([label, value]) => [label, String(value)] as const);
  return [{ name, server, labels: Object.fromEntries(texts) }];
}

function textOf(map: Json | undefined, key: string): string | null {
  const value = isJsonObject(map) ? map[key] : undefined;
  return typeof value === "string" ? value : null;
}

function decoded(base64: string | null): string | null {
  return base64 === null ? null : Buffer.from(base64, "base64").toString("utf8");
}
