import {
  entrySegment,
  type FieldPath,
  formatFieldPath,
  keyedSegment,
} from "../../../src/model/field-path.ts";
import { type IngressModel, pathsOf, rulesOf } from "./ingress-model.ts";

/** An Ingress by the segments of the design's field paths; leaves are scalars. */
export interface FieldTree {
  readonly [segment: string]: FieldTree | string | number;
}

/** What is asked of each version of an Ingress, to follow one field through its history. */
export interface Probe {
  readonly path: FieldPath;
  readonly field: string;
  /** What a model says, as a comparable text: `no object`, `absent`, or the value. */
  readonly text: (model: IngressModel | undefined) => string;
}

export interface FieldDifference extends Probe {
  readonly change: "added" | "removed" | "changed" | "reordered";
  /** Whether the one side that has it has several parts. */
  readonly isEntry: boolean;
}

const trees = new WeakMap<IngressModel, FieldTree>();

export function fieldTree(model: IngressModel): FieldTree {
  const known = trees.get(model);
  if (known !== undefined) return known;
  const { defaultBackend, class: classes } = model;
  const tree: FieldTree = {
    metadata: {
      annotations: mapped(model.annotations, entrySegment, (value) => value),
      labels: mapped(model.labels, entrySegment, (value) => value),
      finalizers: mapped(model.finalizers, entrySegment, (_, name) => name),
    },
    spec: {
      ...(classes.name === undefined ? {} : { ingressClassName: classes.name }),
      ...(defaultBackend.service === undefined
        ? {}
        : { defaultBackend: backendTree(defaultBackend.service, defaultBackend.port ?? "80") }),
      rules: mapped(
        model.rules,
        (host) => keyedSegment({ host }),
        (paths) => ({
          http: {
            paths: mapped(paths, pathSegment, (to) => ({ backend: backendTree(to.service, to.port) })),
          },
        }),
      ),
      tls: mapped(
        model.tls,
        (secretName) => keyedSegment({ secretName }),
        (hosts) => ({ hosts: mapped(hosts, entrySegment, (_, host) => host) }),
      ),
    },
  };
  trees.set(model, tree);
  return tree;
}

/** Where two Ingresses differ, as finely as the paths go; what is on one side only is one difference. */
export function differences(desired: IngressModel, live: IngressModel): FieldDifference[] {
  return [...orderDifferences(desired, live), ...treeDifferences(fieldTree(desired), fieldTree(live), [])];
}

/** The difference that a whole object is, or one that is being deleted: its presence. */
export function wholeDifference(change: "added" | "removed"): FieldDifference {
  return { ...fieldProbe([]), change, isEntry: true };
}

export function fieldProbe(path: FieldPath): Probe {
  return { path, field: formatFieldPath(path), text: (model) => fieldText(model, path) };
}

/** The field's presence alone. */
export function presenceProbe(probe: Probe): Probe {
  const text = (model: IngressModel | undefined) => {
    const value = probe.text(model);
    return value === "no object" || value === "absent" ? value : "present";
  };
  return { ...probe, text };
}

/** Where the entry differs in two models, as finely as the paths go; a class that the server filled in is there too. */
export function partsThatDiffer(before: IngressModel, after: IngressModel, path: FieldPath): Probe[] {
  const [left, right] = [subtree(before, path), subtree(after, path)];
  const isWhole = typeof left !== "object" || typeof right !== "object";
  const paths = isWhole ? [path] : treeDifferences(left, right, path).map((each) => each.path);
  return paths.map((each) => ({ ...fieldProbe(each), text: (model) => valueText(model, each) }));
}

function valueText(model: IngressModel | undefined, path: FieldPath): string {
  const value = model === undefined ? undefined : subtree(model, path);
  return value === undefined ? "absent" : canonicalText(value);
}

/**
 * What a model says at a field path, as a comparable text. An object that is being deleted is none; a class that the
 * server filled in is none either, for nobody has written it.
 */
function fieldText(model: IngressModel | undefined, path: FieldPath): string {
  if (model === undefined) return "no object";
  if (path.length === 0) return model.server.deletion === undefined ? "object" : "no object";
  if (model.server.class !== undefined && formatFieldPath(path) === "spec.ingressClassName") return "absent";
  return valueText(model, path);
}

function subtree(model: IngressModel, path: FieldPath): FieldTree | string | number | undefined {
  let value: FieldTree | string | number | undefined = fieldTree(model);
  for (const segment of path) {
    value = typeof value === "object" && Object.hasOwn(value, segment) ? value[segment] : undefined;
  }
  return value;
}

/** Lists in which the entries that both sides have stand in another order. */
function orderDifferences(desired: IngressModel, live: IngressModel): FieldDifference[] {
  const lists = [{ path: ["spec", "rules"], host: null as string | null }].concat(
    Object.keys(desired.rules)
      .filter((host) => live.rules[host] !== undefined)
      .map((host) => ({ path: ["spec", "rules", keyedSegment({ host }), "http", "paths"], host })),
  );
  return lists.flatMap(({ host, path }) => {
    const [left, right] = [keysInOrder(desired, host) ?? [], keysInOrder(live, host) ?? []];
    const shared = new Set(left.filter((key) => right.includes(key)));
    const text = (model: IngressModel | undefined) =>
      model === undefined
        ? "no object"
        : (keysInOrder(model, host)
            ?.filter((key) => shared.has(key))
            .join(" < ") ?? "absent");
    if (text(desired) === text(live)) return [];
    return [{ path, field: formatFieldPath(path), text, change: "reordered" as const, isEntry: false }];
  });
}

/** The entries of the rules, or of a host's paths; undefined where the model has no such host. */
function keysInOrder(model: IngressModel, host: string | null): string[] | undefined {
  if (host === null) return rulesOf(model).map(([key]) => key);
  return model.rules[host] === undefined ? undefined : pathsOf(model, host).map(([key]) => key);
}

function treeDifferences(desired: FieldTree, live: FieldTree, path: FieldPath): FieldDifference[] {
  const segments = new Set([...Object.keys(desired), ...Object.keys(live)]);
  return [...segments].flatMap((segment): FieldDifference[] => {
    const below = [...path, segment];
    const sides = { desired: desired[segment], live: live[segment] };
    if (typeof sides.desired === "object" && typeof sides.live === "object") {
      return treeDifferences(sides.desired, sides.live, below);
    }
    if (sides.desired === sides.live) return [];
    const change = sides.desired === undefined ? "added" : sides.live === undefined ? "removed" : "changed";
    return [{ ...fieldProbe(below), change, isEntry: typeof (sides.desired ?? sides.live) === "object" }];
  });
}

function canonicalText(value: FieldTree | string | number): string {
  if (typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${canonicalText(value[key] ?? "")}`).join(",")}}`;
}

function backendTree(service: string, port: string): FieldTree {
  return { service: { name: service, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function pathSegment(key: string): string {
  const [pathType = "", path = ""] = key.split(" ");
  return keyedSegment({ path, pathType });
}

function mapped<Value>(
  record: Readonly<Record<string, Value>>,
  segment: (key: string) => string,
  value: (each: Value, key: string) => FieldTree | string | number,
): FieldTree {
  return Object.fromEntries(Object.entries(record).map(([key, each]) => [segment(key), value(each, key)]));
}
