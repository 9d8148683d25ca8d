import type { IngressObject, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { applyValueEdit, type ValueEdit, valueAt } from "../../model/value-edit.ts";

/** @see https://www.rfc-editor.org/rfc/rfc6902 */
export type PatchOperation =
  | { readonly op: "test" | "replace" | "add"; readonly path: string; readonly value: Json }
  | { readonly op: "remove"; readonly path: string };

/**
 * Edits as a JSON Patch that applies only to what was seen: the values that it replaces are tested first, and of each
 * list entry on the way what identifies it.
 */
export function jsonPatchOf(live: IngressObject, edits: readonly ValueEdit[]): readonly PatchOperation[] {
  let object: Json = live;
  return edits.flatMap((edit) => {
    const operations = [...testsOfEntries(object, edit.path), ...operationsOf(object, edit)];
    object = applyValueEdit(object, edit);
    return operations;
  });
}

function operationsOf(object: Json, edit: ValueEdit): readonly PatchOperation[] {
  const path = pointer(edit.path);
  const before = valueAt(object, edit.path);
  const test = before === undefined ? [] : [{ op: "test" as const, path, value: before }];
  switch (edit.kind) {
    case "set":
      return [...test, { op: before === undefined ? "add" : "replace", path, value: edit.value }];
    case "remove":
      return [...test, { op: "remove", path }];
    case "insert":
      return [...test, { op: "add", path: `${path}/${edit.index}`, value: edit.value }];
    case "reorder":
      return [
        ...test,
        { op: "replace", path, value: valueAt(applyValueEdit(object, edit), edit.path) ?? null },
      ];
    default:
      return edit satisfies never;
  }
}

const IDENTIFYING = ["host", "path", "pathType", "secretName", "uid"];

/** A position says nothing of what stands there. */
function testsOfEntries(object: Json, path: RawPath): readonly PatchOperation[] {
  return path.slice(0, -1).flatMap((step, index) => {
    const at = path.slice(0, index + 1);
    const entry = typeof step === "number" ? valueAt(object, at) : undefined;
    if (!isJsonObject(entry)) return [];
    return IDENTIFYING.flatMap((name) => {
      const value = entry[name];
      return value === undefined ? [] : [{ op: "test" as const, path: pointer([...at, name]), value }];
    });
  });
}

function pointer(path: RawPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
