import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { RawPath } from "../../model/ingress.ts";
import type { YamlRoot } from "./parse-yaml.ts";
import { type AliasTargets, isMergeKey, offsetOf, textOfKey } from "./yaml-to-json.ts";

/**
 * Where a field stands in the text: its key, the start of a list's entry, the alias or the merge that brings it; the
 * nearest place above it where the field itself is not written out.
 */
export function locateField(root: YamlRoot, path: RawPath, targets: AliasTargets): number {
  let node: Node | null = root;
  let offset = startOf(root);
  for (const step of path) {
    const next = stepInto(node, step, targets);
    if (next === null) return offset;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

/** The text that a node takes up; null for a node that is not in the text. */
export function extentOf(root: YamlRoot, path: RawPath): readonly [number, number] | null {
  let node: Node | null = root;
  for (const step of path) node = stepInto(node, step, new Map())?.node ?? null;
  const range = node?.range;
  return range === undefined || range === null ? null : [range[0], range[2]];
}

interface Step {
  readonly node: Node | null;
  readonly offset: number;
}

function stepInto(node: Node | null, step: string | number, targets: AliasTargets): Step | null {
  if (isSeq(node)) {
    const item = typeof step === "number" ? (node.items[step] as Node | null | undefined) : undefined;
    return item === undefined || item === null ? null : { node: item, offset: startOf(item) };
  }
  return isMap(node) ? stepIntoMap(node, String(step), targets) : null;
}

/** The last of several wins, as it does for the value. */
function stepIntoMap(map: YAMLMap, key: string, targets: AliasTargets): Step | null {
  const pair = map.items.findLast((candidate) => providesKey(candidate, key, targets));
  if (pair === undefined) return null;
  const keyNode = pair.key as Node | null;
  const value = pair.value as Node | null;
  if (!isMergeKey(keyNode)) return { node: value, offset: offsetOf(keyNode) };
  return isMap(value) ? stepIntoMap(value, key, targets) : { node: null, offset: offsetOf(keyNode) };
}

function providesKey(pair: Pair, key: string, targets: AliasTargets): boolean {
  if (isMergeKey(pair.key)) return mergesKey(pair.value as Node | null, key, targets);
  const keyNode = isAlias(pair.key) ? targets.get(pair.key) : pair.key;
  return isScalar(keyNode) && textOfKey(keyNode) === key;
}

/** Ends, as the document has been read before: reading it refuses cycles and excessive aliases. */
function mergesKey(node: Node | null, key: string, targets: AliasTargets): boolean {
  if (isAlias(node)) return mergesKey(targets.get(node) ?? null, key, targets);
  if (isSeq(node)) return node.items.some((item) => mergesKey(item as Node | null, key, targets));
  return isMap(node) && node.items.some((pair) => providesKey(pair, key, targets));
}

/** Of a block map, its first key. */
function startOf(node: Node): number {
  const first = isMap(node) && !node.flow ? (node.items[0]?.key as Node | null | undefined) : undefined;
  return offsetOf(first ?? node);
}
