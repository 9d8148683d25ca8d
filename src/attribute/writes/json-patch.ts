import { isJsonObject, type Json, type JsonObject, sameJson } from "../../model/json.ts";

/**
 * Carries a JSON Patch out.
 *
 * @returns undefined where it does not fit the document: a `test` that fails, a path that is not there, no JSON Patch.
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function applyJsonPatch(document: Json, operations: readonly Json[]): Json | undefined {
  return operations.reduce<Json | undefined>(
    (current, operation) => (current === undefined ? undefined : applyOperation(current, operation)),
    document,
  );
}

/** The reference tokens of a JSON Pointer, unescaped; null where the text is none. */
export function pointerTokens(pointer: Json | undefined): string[] | null {
  if (typeof pointer !== "string" || (pointer !== "" && !pointer.startsWith("/"))) return null;
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function applyOperation(document: Json, operation: Json): Json | undefined {
  if (!isJsonObject(operation)) return undefined;
  const path = pointerTokens(operation.path);
  if (path === null) return undefined;
  switch (operation.op) {
    case "test":
      return sameJson(valueAt(document, path), operation.value) ? document : undefined;
    case "add":
      return operation.value === undefined ? undefined : change(document, path, add(operation.value));
    case "replace":
      return operation.value === undefined ? undefined : change(document, path, replace(operation.value));
    case "remove":
      return change(document, path, remove);
    case "copy":
    case "move":
      return transfer(document, operation, path);
    default:
      return undefined;
  }
}

function transfer(document: Json, operation: JsonObject, path: readonly string[]): Json | undefined {
  const from = pointerTokens(operation.from);
  const value = from === null ? undefined : valueAt(document, from);
  if (from === null || value === undefined) return undefined;
  const rest = operation.op === "move" ? change(document, from, remove) : document;
  return rest === undefined ? undefined : change(rest, path, add(value));
}

function valueAt(document: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, token) => {
    if (Array.isArray(value)) return isIndex(token) ? value[Number(token)] : undefined;
    return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
  }, document);
}

/** What an operation does to the parent of its target; undefined where it cannot. */
interface Edit {
  readonly inList: (list: readonly Json[], index: number) => readonly Json[] | undefined;
  readonly inObject: (object: JsonObject, key: string) => JsonObject | undefined;
  readonly root: Json | undefined;
}

function add(value: Json): Edit {
  return {
    inList: (list, index) => (index <= list.length ? list.toSpliced(index, 0, value) : undefined),
    inObject: (object, key) => ({ ...object, [key]: value }),
    root: value,
  };
}

function replace(value: Json): Edit {
  return {
    inList: (list, index) => (index < list.length ? list.with(index, value) : undefined),
    inObject: (object, key) => (Object.hasOwn(object, key) ? { ...object, [key]: value } : undefined),
    root: value,
  };
}

const remove: Edit = {
  inList: (list, index) => (index < list.length ? list.toSpliced(index, 1) : undefined),
  inObject: (object, key) =>
    Object.hasOwn(object, key)
      ? Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
      : undefined,
  root: undefined,
};

function change(document: Json, path: readonly string[], edit: Edit): Json | undefined {
  const [token, ...rest] = path;
  if (token === undefined) return edit.root;
  if (Array.isArray(document)) {
    const list: readonly Json[] = document;
    const index = token === "-" ? list.length : isIndex(token) ? Number(token) : Number.NaN;
    if (Number.isNaN(index)) return undefined;
    return rest.length === 0
      ? edit.inList(list, index)
      : descend(list[index], rest, edit, (entry) => list.with(index, entry));
  }
  if (!isJsonObject(document)) return undefined;
  const object = document;
  if (rest.length === 0) return edit.inObject(object, token);
  const next = Object.hasOwn(object, token) ? object[token] : undefined;
  return descend(next, rest, edit, (value) => ({ ...object, [token]: value }));
}

function descend(
  value: Json | undefined,
  path: readonly string[],
  edit: Edit,
  rebuild: (changed: Json) => Json,
): Json | undefined {
  const changed = value === undefined ? undefined : change(value, path, edit);
  return changed === undefined ? undefined : rebuild(changed);
}

function isIndex(token: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(token);
}
