/**
 * The simulation's own picture of an Ingress: plain nested records of strings, so that an edit is one value at one
 * place and a merge is one recursion. Lists of the manifest are records by what identifies an entry and are always
 * written in sorted order.
 */
export interface ModelNode {
  readonly [key: string]: ModelNode | string;
}

/** A place in a model: `["rules", "shop.example.com", "Prefix /api", "service"]`. */
export type Place = readonly string[];

export interface Backend extends ModelNode {
  readonly service: string;
  /** Digits are a number, all else is a name. */
  readonly port: string;
}

export interface IngressModel extends ModelNode {
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** By host, then by `pathType path`. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, Backend>>>>;
  /** By secretName; the keys of each entry are its hosts. */
  readonly tls: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** At most one key, `name`. */
  readonly class: Readonly<Record<string, string>>;
  /** Empty, or service and port. */
  readonly defaultBackend: Readonly<Record<string, string>>;
}

export function valueAt(node: ModelNode | string | undefined, place: Place): ModelNode | string | undefined {
  return place.reduce<ModelNode | string | undefined>(
    (value, key) => (typeof value === "object" && Object.hasOwn(value, key) ? value[key] : undefined),
    node,
  );
}

/** The model with another value at a place; undefined removes it. */
export function withValue(
  model: IngressModel,
  place: Place,
  value: ModelNode | string | undefined,
): IngressModel {
  return changed(model, place, value) as IngressModel;
}

function changed(node: ModelNode, place: Place, value: ModelNode | string | undefined): ModelNode {
  const [key = "", ...rest] = place;
  const child = node[key];
  const next = rest.length === 0 ? value : changed(typeof child === "object" ? child : {}, rest, value);
  const others = Object.entries(node).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

/**
 * Join what two sides made of a common base.
 *
 * @throws {Error} where both changed the same value in different ways: the generator keeps its branches apart.
 */
export function mergeModels(
  base: IngressModel | undefined,
  ours: IngressModel | undefined,
  theirs: IngressModel | undefined,
): IngressModel | undefined {
  return merged(base, ours, theirs, []) as IngressModel | undefined;
}

function merged(
  base: ModelNode | string | undefined,
  ours: ModelNode | string | undefined,
  theirs: ModelNode | string | undefined,
  place: Place,
): ModelNode | string | undefined {
  if (sameModel(ours, base) || sameModel(ours, theirs)) return theirs;
  if (sameModel(theirs, base)) return ours;
  if (typeof ours !== "object" || typeof theirs !== "object") {
    throw new Error(`Both sides of a merge changed ${place.join(" / ")}`);
  }
  const old = typeof base === "object" ? base : {};
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const entries = [...keys].map(
    (key) => [key, merged(old[key], ours[key], theirs[key], [...place, key])] as const,
  );
  return Object.fromEntries(
    entries.filter((entry): entry is [string, ModelNode | string] => entry[1] !== undefined),
  );
}

export function sameModel(
  left: ModelNode | string | undefined,
  right: ModelNode | string | undefined,
): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameModel(left[key], right[key]))
  );
}
