import path from "node:path/posix";
import type { IngressObject, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject, sameJson } from "../../model/json.ts";
import type { HelmSource } from "../../model/source.ts";
import { applyValueEdit, type ValueEdit, valueAt } from "../../model/value-edit.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import { editsOfLikeValues } from "./edits-of-like-values.ts";
import { nodesOf } from "./placed-nodes.ts";
import { templateDefaults } from "./template-defaults.ts";

/** A release of a chart, and what its files hold. */
export interface ReleaseFiles {
  readonly source: HelmSource;
  /** All that it reads. */
  readonly inputs: readonly string[];
  /** The files that say what it is, and may give values inline. */
  readonly definedBy: readonly string[];
  readonly read: (path: string) => Promise<Buffer | null>;
  readonly editor: FileEditor;
}

export interface AddedValue {
  readonly file: string;
  readonly document: number;
  readonly edits: readonly [ValueEdit];
}

/**
 * Keys that a release's own values may get, so that they hide what carries the rendered value now and other releases
 * share: a default of the chart, of its template, or of a values file further below. Which of them do is seen by
 * rendering.
 *
 * @param edit On the rendered object.
 * @returns For the last values file, and for the values that the pipeline gives inline: the first to have one that does
 *   is the one to take.
 */
export async function addedValues(
  release: ReleaseFiles,
  rendered: IngressObject,
  edit: ValueEdit,
): Promise<readonly (readonly AddedValue[])[]> {
  const { valueFiles, values } = release.source;
  const own = valueFiles.at(-1);
  const shared = await sharedValues(release);
  const keys = distinct(shared.flatMap((value) => overriding(value, rendered, edit)));
  const inFile = own === undefined ? [] : await inValuesFile(release, own, keys);
  const inline = values === null ? [] : await inDefinition(release, values, keys);
  return [inFile, inline];
}

/** As maps of the release's values: what lies below its own. */
async function sharedValues({ source, inputs, read, editor }: ReleaseFiles): Promise<readonly Json[]> {
  const { chart, valueFiles } = source;
  const found: Json[] = [];
  for (const file of inputs) {
    const inside = path.relative(chart, file);
    const subchart = /^charts\/([^/]+)\/values\.yaml$/.exec(inside)?.[1];
    const isBelow = valueFiles.slice(0, -1).includes(file);
    if (isBelow || inside === "values.yaml" || subchart !== undefined) {
      const [first = null] = (editor.read((await read(file)) ?? Buffer.alloc(0)) ?? []).filter(isJsonObject);
      if (first !== null) found.push(subchart === undefined ? first : { [subchart]: first });
    } else if (/^templates\//.test(inside)) {
      const text = (await read(file))?.toString("utf8") ?? "";
      found.push(...templateDefaults(text));
    }
  }
  return found;
}

interface Key {
  readonly path: RawPath;
  readonly value: Json;
}

/** Helm merges maps, and takes lists as a whole; null takes a default away. */
function overriding(shared: Json, rendered: IngressObject, edit: ValueEdit): readonly Key[] {
  return editsOfLikeValues(shared, rendered, edit).flatMap((each) => {
    const inList = each.path.findIndex((step) => typeof step === "number");
    const at = inList === -1 ? each.path : each.path.slice(0, inList);
    if (at.length === 0) return [];
    return [{ path: at, value: valueAt(applyValueEdit(shared, each), at) ?? null }];
  });
}

function distinct(keys: readonly Key[]): readonly Key[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}

async function inValuesFile(
  { read, editor }: ReleaseFiles,
  file: string,
  keys: readonly Key[],
): Promise<readonly AddedValue[]> {
  const documents = editor.read((await read(file)) ?? Buffer.alloc(0)) ?? [];
  const document = Math.max(0, documents.findIndex(isJsonObject));
  return keys.flatMap((key) => added(file, document, documents[document] ?? null, [], key));
}

/** Where a definition holds the very values that the source has. */
async function inDefinition(
  { definedBy, read, editor }: ReleaseFiles,
  values: JsonObject,
  keys: readonly Key[],
): Promise<readonly AddedValue[]> {
  const found: AddedValue[] = [];
  for (const file of definedBy) {
    const documents = editor.read((await read(file)) ?? Buffer.alloc(0)) ?? [];
    for (const [document, value = null] of documents.entries()) {
      const holders = [...nodesOf(value, [])].filter(
        ({ node, path: at }) => at.length > 0 && isJsonObject(node) && sameJson(node, values),
      );
      for (const { path: at } of holders)
        found.push(...keys.flatMap((key) => added(file, document, value, at, key)));
    }
  }
  return found;
}

/** Not where the key has a value already: that is a place of its own. */
function added(
  file: string,
  document: number,
  held: Json,
  holder: RawPath,
  { path: at, value }: Key,
): readonly AddedValue[] {
  const whole = [...holder, ...at];
  if (valueAt(held, whole) !== undefined) return [];
  return [{ file, document, edits: [{ kind: "set", path: whole, value }] }];
}
