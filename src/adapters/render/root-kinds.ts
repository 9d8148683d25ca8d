import { isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Json } from "../../model/json.ts";
import { nearestName } from "../../model/nearest-name.ts";
import type { YamlRoot } from "./parse-yaml.ts";
import type { PlacedComplaint } from "./problem-code.ts";
import { isMergeKey, offsetOf } from "./yaml-to-json.ts";

/** False where the document's own kind says that it neither is an Ingress nor lists any: nothing else is read then. */
export function mayHoldManifests(root: YamlRoot): boolean {
  if (isSeq(root)) return true;
  if (!isMap(root)) return false;
  return root.items.some((pair) => {
    if (!isScalar(pair.key) || isMergeKey(pair.key)) return true;
    return pair.key.value === "kind" && (!isScalar(pair.value) || mayBeIngressOrList(pair.value.value));
  });
}

/** The same of a document whose JSON is known. */
export function kindMayHoldManifests(kind: Json | undefined): boolean {
  return typeof kind !== "string" || mayBeIngressOrList(kind);
}

/** Two objects in one document, where a `---` has been forgotten: the later would silently replace the earlier. */
export function runTogether(root: YamlRoot): PlacedComplaint | null {
  if (!isMap(root)) return null;
  const kinds = root.items.filter((pair) => isScalar(pair.key) && pair.key.value === "kind");
  const second = kinds[1];
  if (second === undefined || !kinds.some(isOfIngress)) return null;
  return {
    code: "duplicate-key",
    level: "error",
    message: "A second kind stands in the same document, so that one object would replace the other",
    remedy: "Separate the objects with a line `---`.",
    offset: offsetOf(second.key as Node | null),
  };
}

function isOfIngress(pair: Pair): boolean {
  return isScalar(pair.value) && isIngressOrList(pair.value.value);
}

function isIngressOrList(kind: unknown): boolean {
  return kind === "Ingress" || kind === "IngressList" || kind === "List";
}

function mayBeIngressOrList(kind: unknown): boolean {
  return isIngressOrList(kind) || (typeof kind === "string" && nearestName(kind, ["Ingress"]) !== null);
}
