import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { RawPath } from "../../../model/ingress.ts";
import { isMergeKey, textOfKey } from "../yaml-to-json.ts";

/** What stands at a path of a document. */
export interface Slot {
  /** The collection that holds it; null for the document's root. */
  readonly parent: YAMLMap | YAMLSeq | null;
  /** Its place among the parent's items. */
  readonly index: number;
  /** null for a value that is not written. */
  readonly node: Node | null;
}

/**
 * Goes down a path as far as the text has it as it stands: an alias, a key that a merge brings and a field that is not
 * there end the way.
 *
 * @returns The slots from the root on; one more than the path has steps where all of it is there.
 */
export function slotsAlong(root: Node | null, path: RawPath): readonly Slot[] {
  const slots: Slot[] = [{ parent: null, index: 0, node: root }];
  for (const step of path) {
    const next = slotIn(slots.at(-1)?.node ?? null, step);
    if (next === null) break;
    slots.push(next);
  }
  return slots;
}

function slotIn(node: Node | null, step: string | number): Slot | null {
  if (!isCollection(node)) return null;
  const collection = node as YAMLMap | YAMLSeq;
  const index = isMap(collection)
    ? collection.items.findLastIndex((pair) => isKey(pair, step))
    : Number(step);
  const item = collection.items[index];
  if (item === undefined) return null;
  return { parent: collection, index, node: isPair(item) ? (item.value as Node | null) : (item as Node) };
}

function isKey({ key }: Pair, step: string | number): boolean {
  return isScalar(key) && !isMergeKey(key) && textOfKey(key) === step;
}

/** Where an item of a collection begins: its key, or in a block list its dash. */
export function startOfItem(collection: YAMLMap | YAMLSeq, index: number): number {
  const item: unknown = collection.items[index];
  if (isPair(item)) return (item.key as Node).range?.[0] ?? 0;
  return collection.flow === true ? ((item as Node).range?.[0] ?? 0) : dashOf(collection, index);
}

/** Where the last character that belongs to an item ends; comments behind it do not. */
export function endOfItem(collection: YAMLMap | YAMLSeq, index: number): number {
  const item: unknown = collection.items[index];
  if (!isPair(item)) {
    const node = item as Node | null;
    return isWritten(node) ? endOf(node) : dashOf(collection, index) + 1;
  }
  return isWritten(item.value as Node | null) ? endOf(item.value as Node) : endOfKey(item);
}

/** Behind the colon. */
export function endOfKey(pair: Pair): number {
  const colon = tokensOf(pair.srcToken?.sep).find(({ type }) => type === "map-value-ind");
  return colon === undefined ? ((pair.key as Node).range?.[1] ?? 0) : colon.offset + 1;
}

export function isWritten(node: Node | null): node is Node {
  if (node === null) return false;
  return !(isScalar(node) && node.source === "" && node.type === Scalar.PLAIN);
}

/** Whether it can be replaced where it stands, on its line. */
export function isInline(node: Node): boolean {
  if (isAlias(node)) return true;
  if (isScalar(node)) return node.type !== Scalar.BLOCK_LITERAL && node.type !== Scalar.BLOCK_FOLDED;
  return isCollection(node) && node.flow === true;
}

function endOf(node: Node): number {
  const collection = isCollection(node) ? (node as YAMLMap | YAMLSeq) : null;
  if (collection === null || collection.flow === true || collection.items.length === 0)
    return node.range?.[1] ?? 0;
  return endOfItem(collection, collection.items.length - 1);
}

function dashOf(list: YAMLMap | YAMLSeq, index: number): number {
  const items =
    (list.srcToken as { items?: readonly { start: readonly Token[] }[] } | undefined)?.items ?? [];
  const dashes = items.flatMap(({ start }) => start.find(({ type }) => type === "seq-item-ind") ?? []);
  return dashes[index]?.offset ?? 0;
}

interface Token {
  readonly type: string;
  readonly offset: number;
}

function tokensOf(tokens: unknown): readonly Token[] {
  return Array.isArray(tokens) ? tokens : [];
}
