import {
  entrySegment,
  type FieldPath,
  formatFieldPath,
  keyedSegment,
} from "../../../src/model/field-path.ts";
import type { IngressModel } from "./ingress-model.ts";

/** An Ingress by the segments of the design's field paths; leaves are scalars. */
export interface FieldTree {
  readonly [segment: string]: FieldTree | string | number;
}

export interface FieldDifference {
  readonly path: FieldPath;
  readonly field: string;
  readonly change: "added" | "removed" | "changed";
  readonly desired: FieldTree | string | number | undefined;
  readonly live: FieldTree | string | number | undefined;
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
  return treeDifferences(fieldTree(desired), fieldTree(live), []);
}

/** What a model says at a field path, as a comparable text. */
export function fieldText(model: IngressModel | undefined, path: FieldPath): string {
  if (model === undefined) return "no object";
  if (path.length === 0) return "object";
  let value: FieldTree | string | number | undefined = fieldTree(model);
  for (const segment of path) {
    value = typeof value === "object" && Object.hasOwn(value, segment) ? value[segment] : undefined;
  }
  return value === undefined ? "absent" : canonicalText(value);
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
    return [{ path: below, field: formatFieldPath(below), change, ...sides }];
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
