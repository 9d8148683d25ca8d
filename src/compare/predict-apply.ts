import type { FieldPath } from "../model/field-path.ts";
import { isJsonObject } from "../model/json.ts";
import type { KeyedIngress, KeyedNode, KeyedValue } from "../model/keyed-ingress.ts";
import {
  INGRESS_SHAPE,
  type ListShape,
  type ObjectShape,
  type Shape,
  shapeOfChild,
} from "./ingress-shape.ts";
import { listedOrders } from "./listed-orders.ts";

/** How manifests reach the cluster, as far as it decides what becomes of a live field that the manifest does not name. */
export interface Applier {
  readonly way: ApplyWay;
  /** Whether applying a manifest that no longer names a live field takes the field away. */
  readonly releases: (field: FieldPath) => boolean;
}

/** `client-side`: kubectl's three-way merge. `server-side`: by who owns which field. */
export type ApplyWay = "client-side" | "server-side";

/**
 * What a live Ingress becomes when a manifest is applied to it: what the manifest names is set, lists of rules, paths
 * and TLS entries are replaced whole, and what it does not name stays unless the applier had set it.
 *
 * @param live null where the cluster has no such object.
 * @see docs/pull-requests.md and test/cluster/predict-apply.test.ts, which asks a real API server
 */
export function predictApply(
  manifest: KeyedIngress,
  live: KeyedIngress | null,
  applier: Applier,
): KeyedIngress {
  const fields = mergeFields(manifest.fields, live?.fields ?? {}, INGRESS_SHAPE, [], applier);
  return { fields, order: listedOrders(fields) };
}

function mergeFields(
  manifest: KeyedNode,
  live: KeyedNode,
  shape: ObjectShape,
  path: FieldPath,
  applier: Applier,
): KeyedNode {
  // In the order in which both are keyed, so that a diff of them shows nothing but what changes.
  const names = [...Object.keys(shape.fields), ...Object.keys(manifest), ...Object.keys(live)];
  const segments = new Set(names);
  const merged = [...segments].map((segment): [string, KeyedValue | undefined] => {
    const below = [...path, segment];
    const child = shapeOfChild(shape, segment);
    return [segment, mergeValue(own(manifest, segment), own(live, segment), child, below, applier)];
  });
  return Object.fromEntries(merged.filter((field): field is [string, KeyedValue] => field[1] !== undefined));
}

function mergeValue(
  manifest: KeyedValue | undefined,
  live: KeyedValue | undefined,
  shape: Shape,
  path: FieldPath,
  applier: Applier,
): KeyedValue | undefined {
  switch (shape.kind) {
    case "scalar":
      return manifest ?? unlessReleased(live, path, applier);
    case "unknown":
      // The API server drops what it does not define; what it holds, a newer one does define.
      return live === undefined ? undefined : (manifest ?? live);
    case "map":
    case "set":
      return mergeEntries(manifest, live, path, applier);
    case "list":
      return isAtomic(shape)
        ? replaceList(manifest, live, path, applier)
        : mergeEntries(manifest, live, path, applier);
    case "object":
      return mergeObject(manifest, live, shape, path, applier);
    default:
      return shape satisfies never;
  }
}

function unlessReleased(
  live: KeyedValue | undefined,
  path: FieldPath,
  { releases }: Applier,
): KeyedValue | undefined {
  return live !== undefined && releases(path) ? undefined : live;
}

/** Annotations, labels, finalizers and owners are merged entry by entry. */
function mergeEntries(
  manifest: KeyedValue | undefined,
  live: KeyedValue | undefined,
  path: FieldPath,
  applier: Applier,
): KeyedValue | undefined {
  const named = nodeOf(manifest);
  const held = nodeOf(live);
  if (named === null || held === null) return manifest ?? unlessReleased(live, path, applier);
  const kept = Object.entries(held).filter(
    ([segment]) => Object.hasOwn(named, segment) || !applier.releases([...path, segment]),
  );
  return { ...Object.fromEntries(kept), ...named };
}

/** @see `+listType=atomic` in k8s.io/api/networking/v1/types.go; owners are a map by their uid. */
function isAtomic(shape: ListShape): boolean {
  return shape.ordered;
}

function replaceList(
  manifest: KeyedValue | undefined,
  live: KeyedValue | undefined,
  path: FieldPath,
  applier: Applier,
): KeyedValue | undefined {
  if (!isEmpty(manifest)) return manifest;
  return isEmpty(live) ? (live ?? manifest) : (unlessReleased(live, path, applier) ?? {});
}

function mergeObject(
  manifest: KeyedValue | undefined,
  live: KeyedValue | undefined,
  shape: ObjectShape,
  path: FieldPath,
  applier: Applier,
): KeyedValue | undefined {
  const named = nodeOf(manifest);
  const held = nodeOf(live);
  const isOptional = shape.presence !== "always";
  const isOne = isOptional && isMergedAsOne(manifest, path, applier);
  if (named === null || held === null || isOne) return manifest ?? unlessReleased(live, path, applier);
  const merged = mergeFields(named, held, shape, path, applier);
  const isGone = isOptional && manifest === undefined && Object.keys(merged).length === 0;
  return isGone ? undefined : merged;
}

/** Server-side apply replaces an atomic struct; client-side apply deletes one by one name. */
function isMergedAsOne(manifest: KeyedValue | undefined, path: FieldPath, { way }: Applier): boolean {
  return way === "server-side" ? ATOMIC_STRUCTS.has(path.at(-1) ?? "") : manifest === undefined;
}

/** @see `+structType=atomic` in k8s.io/api/networking/v1/types.go, which only server-side apply heeds */
const ATOMIC_STRUCTS: ReadonlySet<string> = new Set(["port", "resource"]);

/** What is absent is an empty node; null for what is no node, against the type. */
function nodeOf(value: KeyedValue | undefined): KeyedNode | null {
  if (value === undefined) return {};
  return isJsonObject(value) ? value : null;
}

function own(node: KeyedNode, segment: string): KeyedValue | undefined {
  return Object.hasOwn(node, segment) ? node[segment] : undefined;
}

function isEmpty(value: KeyedValue | undefined): boolean {
  return value === undefined || (isJsonObject(value) && Object.keys(value).length === 0);
}
