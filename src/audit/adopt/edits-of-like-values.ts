import type { IngressObject, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, sameJson } from "../../model/json.ts";
import { type ValueEdit, valueAt } from "../../model/value-edit.ts";
import { nodesOf } from "./placed-nodes.ts";

/** The edit, wherever an input holds the same value as the rendered object does where the edit applies. */
export function editsOfLikeValues(
  value: Json,
  rendered: IngressObject,
  edit: ValueEdit,
): readonly ValueEdit[] {
  const like = likeIn(rendered, edit);
  return [...nodesOf(value, [])].flatMap(({ path, node }) => like(node, path));
}

type LikeIn = (node: Json, path: RawPath) => readonly ValueEdit[];

function likeIn(rendered: IngressObject, edit: ValueEdit): LikeIn {
  const before = valueAt(rendered, edit.path);
  const holder = valueAt(rendered, edit.path.slice(0, -1));
  const name = edit.path.at(-1);
  switch (edit.kind) {
    case "set":
      return before === undefined ? addedLike(holder, edit) : scalarLike(before, edit.value);
    case "remove":
      return (node, path) => [
        ...(isJsonObject(node) && typeof name === "string" && sameJson(node[name], before ?? null)
          ? [{ kind: "remove" as const, path: [...path, name] }]
          : []),
        ...(Array.isArray(node) && sameJson(node, holder)
          ? [{ kind: "remove" as const, path: [...path, name ?? 0] }]
          : []),
      ];
    case "insert":
    case "reorder":
      return (node, path) => (Array.isArray(node) && sameJson(node, before) ? [{ ...edit, path }] : []);
    default:
      return edit satisfies never;
  }
}

/** In a map of the same name, or of which all is in the rendered one; in one that has the field and leaves it empty. */
function addedLike(holder: Json | undefined, { path: field, value }: ValueEdit & { kind: "set" }): LikeIn {
  const [name, holderName] = [String(field.at(-1)), field.at(-2)];
  return (node, path) => {
    if (path.at(-1) === name && isEmpty(node)) return [{ kind: "set", path, value }];
    if (!isJsonObject(node) || path.length === 0) return [];
    const isSameName = path.at(-1) === holderName && holderName !== "spec" && holderName !== "metadata";
    const entries = Object.entries(node);
    const isPart =
      entries.length > 0 &&
      isJsonObject(holder) &&
      entries.every(([key, each]) => sameJson(holder[key], each));
    return isSameName || isPart ? [{ kind: "set", path: [...path, name], value }] : [];
  };
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function scalarLike(before: Json, live: Json): LikeIn {
  if (typeof before === "object" || typeof live === "object") {
    return (node, path) => (sameJson(node, before) ? [{ kind: "set", path, value: live }] : []);
  }
  return (node, path) => {
    if (typeof node === "object") return [];
    if (String(node) === String(before))
      return [{ kind: "set", path, value: typeof node === "string" ? String(live) : live }];
    if (typeof node !== "string") return [];
    return partsOf(node, String(before), String(live)).map((value) => ({ kind: "set", path, value }));
  };
}

/**
 * Where a value is only a part of what is rendered, or a text such as a patch within a kustomization holds it among more:
 * what may become of it, as far as the rest stays the same.
 */
function partsOf(held: string, before: string, live: string): readonly string[] {
  if (held.length < 2 || before.length < 2) return [];
  if (held.includes("\n")) return live.includes("\n") ? [] : replacedOnce(held, before, live);
  const at = before.indexOf(held);
  if (at === -1) return [];
  const [head, tail] = [before.slice(0, at), before.slice(at + held.length)];
  const fits = live.startsWith(head) && live.endsWith(tail) && live.length > head.length + tail.length;
  return fits ? [live.slice(head.length, live.length - tail.length)] : [];
}

/** One text for each place that holds the value. */
function replacedOnce(held: string, before: string, live: string): readonly string[] {
  const texts: string[] = [];
  for (let at = held.indexOf(before); at !== -1; at = held.indexOf(before, at + 1))
    texts.push(held.slice(0, at) + live + held.slice(at + before.length));
  return texts;
}
