import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar as ScalarNode,
  visit,
  type YAMLMap,
} from "yaml";
import type { Json } from "../../model/json.ts";
import { syntax, type YamlRoot } from "./parse-yaml.ts";
import type { PlacedComplaint } from "./problem-code.ts";
import { keyOf, resolveScalar } from "./resolve-scalar.ts";

export type AliasTargets = ReadonlyMap<Alias, Node>;

export interface DuplicateKey {
  readonly key: string;
  /** Index of the later of the two in the document's text. */
  readonly offset: number;
  readonly firstOffset: number;
}

export type JsonDocument =
  | { readonly kind: "json"; readonly value: Json; readonly duplicates: readonly DuplicateKey[] }
  | { readonly kind: "unreadable"; readonly complaint: PlacedComplaint };

/** The JSON that kubectl makes of a document, aliases, merge keys and all. */
export function yamlToJson(root: YamlRoot): JsonDocument {
  const walk: Walk = {
    root,
    targets: null,
    active: new Set(),
    duplicates: new Map(),
    decoded: 0,
    aliased: 0,
  };
  try {
    const value = toJson(root, walk);
    return { kind: "json", value, duplicates: [...walk.duplicates.values()] };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "unreadable", complaint: error.complaint };
    throw error;
  }
}

/** An alias means the last anchor of its name before it. */
export function aliasTargets(root: Node): AliasTargets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(root, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

interface Walk {
  readonly root: YamlRoot;
  /** null until an alias is met: most documents have none. */
  targets: AliasTargets | null;
  readonly active: Set<Alias>;
  readonly duplicates: Map<number, DuplicateKey>;
  decoded: number;
  aliased: number;
}

/** Thrown and caught within this file. */
class Unreadable extends Error {
  readonly complaint: PlacedComplaint;
  constructor(complaint: PlacedComplaint) {
    super(complaint.message);
    this.complaint = complaint;
  }
}

function toJson(node: Node | null | undefined, walk: Walk): Json {
  countNode(node, walk);
  if (node === null || node === undefined) return null;
  if (isAlias(node)) return throughAlias(node, walk, (target) => toJson(target, walk));
  if (isMap(node)) return mapToJson(node, walk);
  if (isSeq(node)) return node.items.map((item) => toJson(item as Node | null, walk));
  return isScalar(node) ? scalarToJson(node) : null;
}

/** go-yaml's own limit, so that neither more nor less is refused than kubectl refuses. */
function countNode(node: Node | null | undefined, walk: Walk): void {
  walk.decoded += 1;
  if (walk.active.size > 0) walk.aliased += 1;
  if (walk.aliased <= 100 || walk.decoded <= 1000) return;
  const excess = Math.min(Math.max((walk.decoded - 400_000) / 3_600_000, 0), 1);
  if (walk.aliased / walk.decoded <= 0.99 - 0.89 * excess) return;
  throw new Unreadable({
    code: "excessive-aliases",
    level: "error",
    message: "Aliases expand the document beyond what kubectl accepts",
    remedy: "Write the repeated parts out.",
    offset: offsetOf(node),
  });
}

function throughAlias<T>(alias: Alias, walk: Walk, use: (target: Node) => T): T {
  walk.targets ??= aliasTargets(walk.root);
  const target = walk.targets.get(alias);
  if (target === undefined) throw unreadable(alias, unknownAnchor(alias.source));
  if (walk.active.has(alias)) throw unreadable(alias, `the anchor ${alias.source} contains itself`);
  walk.active.add(alias);
  const result = use(target);
  walk.active.delete(alias);
  return result;
}

function unknownAnchor(source: string): string {
  const hint = source.startsWith(".") ? "; quote a value that begins with `*`" : "";
  return `the alias *${source} has no anchor before it${hint}`;
}

function mapToJson(map: YAMLMap, walk: Walk): Json {
  const into = new Map<string, Json>();
  fillMap(map, into, walk);
  return Object.fromEntries(into);
}

/** In order of the text, and the last one wins, also where it comes from a merge: go-yaml v2 does the same. */
function fillMap(map: YAMLMap, into: Map<string, Json>, walk: Walk): void {
  const own = new Map<string, number>();
  for (const pair of map.items) {
    const keyNode = pair.key as Node | null;
    const valueNode = pair.value as Node | null;
    if (isMergeKey(keyNode)) {
      merge(valueNode, into, walk);
      continue;
    }
    const key = readKey(keyNode, walk);
    const offset = offsetOf(keyNode);
    const firstOffset = own.get(key);
    if (firstOffset === undefined) own.set(key, offset);
    else walk.duplicates.set(offset, { key, offset, firstOffset });
    into.set(key, toJson(valueNode, walk));
  }
}

export function isMergeKey(key: unknown): boolean {
  if (!isScalar(key) || key.value !== "<<") return false;
  return key.tag === undefined ? key.type === "PLAIN" : key.tag === "tag:yaml.org,2002:merge";
}

function merge(node: Node | null, into: Map<string, Json>, walk: Walk): void {
  if (isSeq(node)) {
    for (const item of node.items.toReversed()) mergeMap(item as Node | null, into, walk);
  } else {
    mergeMap(node, into, walk);
  }
}

function mergeMap(node: Node | null, into: Map<string, Json>, walk: Walk): void {
  if (isAlias(node)) {
    throughAlias(node, walk, (target) => {
      countNode(target, walk);
      if (!isMap(target)) throw unreadable(node, "`<<` merges maps only");
      fillMap(target, into, walk);
    });
    return;
  }
  if (!isMap(node)) throw unreadable(node, "`<<` merges maps only");
  fillMap(node, into, walk);
}

function readKey(node: Node | null, walk: Walk): string {
  countNode(node, walk);
  if (isAlias(node)) return throughAlias(node, walk, (target) => readKey(target, walk));
  const key = isScalar(node) ? textOfKey(node) : undefined;
  if (key === undefined) throw unreadable(node, "a key must be a string, a number or a boolean");
  return key;
}

/** undefined where kubectl refuses the key. */
export function textOfKey(node: ScalarNode): string | undefined {
  const value = resolveScalar(String(node.value), node.type === "PLAIN", node.tag);
  return value === undefined ? undefined : keyOf(value, String(node.value));
}

function scalarToJson(node: ScalarNode): Json {
  const value = resolveScalar(String(node.value), node.type === "PLAIN", node.tag);
  if (value === undefined) throw unreadable(node, `the value does not fit its tag ${node.tag}`);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw unreadable(node, `${node.source ?? "the value"} is a number that JSON cannot hold`);
  }
  return value;
}

function unreadable(node: Node | null, what: string): Unreadable {
  return new Unreadable({ ...syntax(what), offset: offsetOf(node) });
}

export function offsetOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}
