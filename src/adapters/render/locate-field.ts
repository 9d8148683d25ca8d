import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { RawPath } from "../../model/ingress.ts";
import type { YamlRoot } from "./parse-yaml.ts";
import { type AliasTargets, isMergeKey, offsetOf, textOfKey } from "./yaml-to-json.ts";

/**
 * Answers where a field stands in the text: its key, the start of a list's entry, the alias or the merge that brings it;
 * the nearest place above it where the field itself is not written out. Each map on the way is looked through once.
 */
export function locateField(root: YamlRoot, targets: AliasTargets): (path: RawPath) => number {
  const into = stepper(targets);
  return (path) => {
    let place: Step = { node: root, offset: startOf(root) };
    for (const step of path) {
      const next = into(place.node, step);
      if (next === null) break;
      place = next;
    }
    return place.offset;
  };
}

/** Answers which text a node takes up; null for a node that is not in the text. */
export function locateExtent(root: YamlRoot): (path: RawPath) => readonly [number, number] | null {
  const into = stepper(new Map());
  return (path) => {
    const node = path.reduce<Node | null>((at, step) => into(at, step)?.node ?? null, root);
    const range = node?.range;
    return range === undefined || range === null ? null : [range[0], range[2]];
  };
}

interface Step {
  readonly node: Node | null;
  readonly offset: number;
}

type StepInto = (node: Node | null, step: string | number) => Step | null;

function stepper(targets: AliasTargets): StepInto {
  const fieldsOf = rememberFields(targets);
  return (node, step) => {
    if (isSeq(node)) {
      const item = typeof step === "number" ? (node.items[step] as Node | null | undefined) : undefined;
      return item === undefined || item === null ? null : { node: item, offset: startOf(item) };
    }
    return isMap(node) ? stepIntoMap(node, String(step), targets, fieldsOf) : null;
  };
}

/** The pairs of a map that bring a key, each at its place in the map. */
interface Fields {
  /** The last pair of each key. */
  readonly own: ReadonlyMap<string, number>;
  readonly merges: readonly number[];
}

type FieldsOf = (map: YAMLMap) => Fields;

function rememberFields(targets: AliasTargets): FieldsOf {
  const known = new Map<YAMLMap, Fields>();
  return (map) => {
    const fields = known.get(map) ?? readFields(map, targets);
    known.set(map, fields);
    return fields;
  };
}

function readFields(map: YAMLMap, targets: AliasTargets): Fields {
  const own = new Map<string, number>();
  const merges: number[] = [];
  for (const [index, pair] of map.items.entries()) {
    const key = isAlias(pair.key) ? targets.get(pair.key) : pair.key;
    if (isMergeKey(pair.key)) merges.push(index);
    else if (isScalar(key)) own.set(textOfKey(key) ?? "", index);
  }
  return { own, merges };
}

/** The last of several wins, as it does for the value. */
function stepIntoMap(map: YAMLMap, key: string, targets: AliasTargets, fieldsOf: FieldsOf): Step | null {
  const pair = pairOf(map, key, targets, fieldsOf);
  if (pair === undefined) return null;
  const keyNode = pair.key as Node | null;
  const value = pair.value as Node | null;
  if (!isMergeKey(keyNode)) return { node: value, offset: offsetOf(keyNode) };
  return isMap(value)
    ? stepIntoMap(value, key, targets, fieldsOf)
    : { node: null, offset: offsetOf(keyNode) };
}

function pairOf(map: YAMLMap, key: string, targets: AliasTargets, fieldsOf: FieldsOf): Pair | undefined {
  const { own, merges } = fieldsOf(map);
  const ownIndex = own.get(key) ?? -1;
  const merge = merges.findLast(
    (index) => index > ownIndex && mergesKey(map.items[index]?.value as Node | null, key, targets, fieldsOf),
  );
  return map.items[merge ?? ownIndex];
}

/** Ends, as the document has been read before: reading it refuses cycles and excessive aliases. */
function mergesKey(node: Node | null, key: string, targets: AliasTargets, fieldsOf: FieldsOf): boolean {
  if (isAlias(node)) return mergesKey(targets.get(node) ?? null, key, targets, fieldsOf);
  if (isSeq(node)) {
    return node.items.some((item) => mergesKey(item as Node | null, key, targets, fieldsOf));
  }
  return isMap(node) && pairOf(node, key, targets, fieldsOf) !== undefined;
}

/** Of a block map, its first key. */
function startOf(node: Node): number {
  const first = isMap(node) && !node.flow ? (node.items[0]?.key as Node | null | undefined) : undefined;
  return offsetOf(first ?? node);
}
