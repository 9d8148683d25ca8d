import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { labelSelector } from "./label-selector.ts";
import { sanitizeName } from "./sanitize-name.ts";

/** A cluster that Argo CD knows. */
export interface KnownCluster {
  readonly name: string;
  readonly server: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * @returns One set of parameters for each cluster that is selected; in words, why that is not known.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Cluster/
 */
export function clusterParameters(
  { selector }: JsonObject,
  clusters: readonly KnownCluster[] | null,
): JsonObject[] | string {
  if (clusters === null) return "its cluster generator lists clusters that are not known here";
  const isSelected = labelSelector(isJsonObject(selector) ? selector : {});
  if (isSelected === null) return "its cluster generator selects in a way that is not known here";
  return clusters
    .filter(({ labels }) => isSelected(labels))
    .map(({ name, server, labels }) => ({
      name,
      nameNormalized: sanitizeName(name),
      server,
      metadata: { labels },
    }));
}
