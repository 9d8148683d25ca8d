import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from "yaml";

type Keys = readonly PropertyKey[];

/** Where a value begins; where the file does not have it, where what would hold it begins. */
export function offsetOfValue(document: Document.Parsed, keys: Keys): number {
  return walk(document, keys).value;
}

/** Where a map's key, or a list's entry, begins. */
export function offsetOfKey(document: Document.Parsed, keys: Keys): number {
  return walk(document, keys).key;
}

function walk(document: Document.Parsed, keys: Keys): { readonly key: number; readonly value: number } {
  let node = document.contents as Node | null;
  let place = { key: startOf(node), value: startOf(node) };
  for (const key of keys) {
    const next = childOf(isAlias(node) ? (node.resolve(document) ?? null) : node, key);
    if (next === null) return place;
    place = { key: startOf(next.key), value: startOf(next.value ?? next.key) };
    node = next.value;
  }
  return place;
}

interface Child {
  readonly key: Node | null;
  readonly value: Node | null;
}

function childOf(node: Node | null, key: PropertyKey): Child | null {
  if (isSeq(node)) {
    const item = (node.items[Number(key)] ?? null) as Node | null;
    return item === null ? null : { key: item, value: item };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
  return pair === undefined ? null : { key: pair.key as Node, value: pair.value as Node | null };
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
