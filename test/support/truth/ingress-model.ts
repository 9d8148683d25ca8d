/**
 * The simulation's own picture of an Ingress: plain nested records of strings, so that an edit is one value at one
 * place and a merge is one recursion. Lists of the manifest are records by what identifies an entry and are written in
 * sorted order, or in that reversed.
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
  /** By name. */
  readonly finalizers: Readonly<Record<string, string>>;
  /** `reversed` for the lists that are: `rules`, `paths <host>`. */
  readonly order: Readonly<Record<string, string>>;
  /** The server's own: `class` where it filled in the default one, `deletion` where the object is being deleted. */
  readonly server: Readonly<Record<string, string>>;
}

/** What nobody has written: the beginning of every model. */
export const UNWRITTEN: Pick<IngressModel, "finalizers" | "order" | "server"> = {
  finalizers: {},
  order: {},
  server: {},
};

/** The entries of a list in the order in which the model's manifest has them. */
export function inOrder<Value>(
  entries: Readonly<Record<string, Value>>,
  isReversed: boolean,
): [string, Value][] {
  const sorted = Object.entries(entries).sort(([left], [right]) => (left < right ? -1 : 1));
  return isReversed ? sorted.reverse() : sorted;
}

export function rulesOf({ order, rules }: IngressModel): [string, IngressModel["rules"][string]][] {
  return inOrder(rules, order.rules !== undefined);
}

export function pathsOf({ order, rules }: IngressModel, host: string): [string, Backend][] {
  return inOrder(rules[host] ?? {}, order[`paths ${host}`] !== undefined);
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
 * @throws {Error} where both changed the same value in different ways, or one the order of a list and the other its
 *   entries: the generator keeps its branches apart.
 */
export function mergeModels(
  base: IngressModel | undefined,
  ours: IngressModel | undefined,
  theirs: IngressModel | undefined,
): IngressModel | undefined {
  const result = merged(base, ours, theirs, []) as IngressModel | undefined;
  if (base !== undefined && ours !== undefined && theirs !== undefined) {
    refuseTangledOrders(base, ours, theirs);
    refuseTangledOrders(base, theirs, ours);
  }
  return result;
}

/** Git cannot join lines that one side moved with lines that the other put among them. */
function refuseTangledOrders(base: IngressModel, moved: IngressModel, changed: IngressModel): void {
  for (const list of new Set([...Object.keys(base.order), ...Object.keys(moved.order)])) {
    if (base.order[list] === moved.order[list]) continue;
    const place = list === "rules" ? ["rules"] : ["rules", list.slice("paths ".length)];
    const keys = (model: IngressModel) =>
      Object.keys(valueAt(model, place) ?? {})
        .sort()
        .join();
    if (keys(base) !== keys(changed)) throw new Error(`Both sides of a merge changed ${place.join(" / ")}`);
  }
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
