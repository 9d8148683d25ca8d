import type { Divergence } from "../model/divergence.ts";
import { type FieldPath, formatFieldPath, isWithin } from "../model/field-path.ts";
import type { IngressObject, RawPath } from "../model/ingress.ts";
import { isJsonObject, type Json, sameJson } from "../model/json.ts";
import { applyValueEdit, type ValueEdit, valueAt } from "../model/value-edit.ts";
import { type ListShape, type SetShape, shapeAt } from "./ingress-shape.ts";
import { listSegments } from "./list-segments.ts";
import { rawPathOf } from "./raw-path-of.ts";
import { readKeyedSegment, readSegment } from "./read-segment.ts";

/** What one or several divergences that belong together come to. */
export interface AdoptionStep {
  readonly divergences: readonly Divergence[];
  /** What the desired object needs, one after the other, to have the live values. */
  readonly edits: readonly ValueEdit[];
  /** The desired object with this step and all before it. */
  readonly object: IngressObject;
}

/**
 * What it takes to give Git's object the live values of some divergences, and nothing else. An entry whose identifying
 * field alone has changed, such as the host of a rule, is changed in place.
 *
 * @param desired As it is written; of a patch, what there is of it.
 * @param chosen Some of the divergences between it and the live object; none of the whole object.
 */
export function adoptionSteps(
  desired: IngressObject,
  live: IngressObject,
  chosen: readonly Divergence[],
): readonly AdoptionStep[] {
  const renamed = renamedEntries(desired, live, chosen);
  const alone = chosen.filter((each) => !renamed.some(({ divergences }) => divergences.includes(each)));
  const groups = [...renamed.map(({ divergences }) => divergences), ...groupByStruct(inOrder(alone))];
  let object = desired;
  return groups.map((divergences) => {
    const edits: ValueEdit[] = [];
    const step = (edit: ValueEdit) => {
      object = asObject(applyValueEdit(object, edit));
      edits.push(edit);
    };
    const renaming = renamed.find((each) => each.divergences === divergences);
    if (renaming !== undefined) for (const edit of renaming.edits) step(edit);
    else
      for (const divergence of divergences) for (const edit of editsFor(object, live, divergence)) step(edit);
    return { divergences, edits, object };
  });
}

function asObject(value: Json): IngressObject {
  return isJsonObject(value) ? value : {};
}

/** Removals from the end, so that a second entry with the same key keeps its number; orders before what is added to them. */
function inOrder(divergences: readonly Divergence[]): readonly Divergence[] {
  const of = (change: Divergence["change"]) => divergences.filter((each) => each.change === change);
  return [...of("removed").toReversed(), ...of("changed"), ...of("reordered"), ...of("added")];
}

/** A port has a name or a number: where one goes and the other comes, neither stands alone. */
function groupByStruct(divergences: readonly Divergence[]): readonly (readonly Divergence[])[] {
  const structOf = ({ field }: Divergence) => {
    const at = field.findIndex((segment) => segment === "backend" || segment === "defaultBackend");
    return formatFieldPath(at === -1 ? field : field.slice(0, at + 1));
  };
  return [...Map.groupBy(divergences, (each) => `${structOf(each)} ${each.change === "reordered"}`).values()];
}

function editsFor(object: IngressObject, live: IngressObject, divergence: Divergence): readonly ValueEdit[] {
  const { field, change } = divergence;
  const path = rawPathOf(object, field);
  switch (change) {
    case "reordered":
      return reorder(object, divergence, path);
    case "removed":
      return path.length < field.length ? [] : [{ kind: "remove", path: emptied(object, path) }];
    case "changed":
    case "added":
      return path.length === field.length
        ? [{ kind: "set", path, value: divergence.live ?? null }]
        : [add(object, live, divergence, path)];
    default:
      return change satisfies never;
  }
}

/** What holds nothing but the field goes with it; an entry of a list stays, as it means something by being there. */
function emptied(object: IngressObject, path: RawPath): RawPath {
  const holder = path.slice(0, -1);
  const held = valueAt(object, holder);
  const count = typeof held === "object" && held !== null ? Object.keys(held).length : 0;
  const isKept = holder.length < 2 || typeof holder.at(-1) === "number";
  return !isKept && count === 1 ? emptied(object, holder) : path;
}

function add(object: IngressObject, live: IngressObject, divergence: Divergence, path: RawPath): ValueEdit {
  const { field } = divergence;
  const holder = field.slice(0, path.length);
  const shape = shapeAt(holder);
  const held = valueAt(object, path);
  const value = holding(field, path.length + 1, divergence.live ?? null);
  if (shape.kind !== "list" && shape.kind !== "set")
    return { kind: "set", path: [...path, readSegment(field[path.length] ?? "")], value };
  if (!Array.isArray(held)) return { kind: "set", path, value: [value] };
  return {
    kind: "insert",
    path,
    index: indexLike(held, live, holder, field[path.length] ?? "", shape),
    value,
  };
}

/** The value with all that has to be made to hold it, from a depth of the field's path on. */
function holding(field: FieldPath, depth: number, value: Json): Json {
  const segment = field[depth];
  if (segment === undefined) return value;
  const inner = holding(field, depth + 1, value);
  const shape = shapeAt(field.slice(0, depth));
  if (shape.kind === "set") return [inner];
  if (shape.kind === "list") return [{ ...readKeyedSegment(segment), ...(isJsonObject(inner) ? inner : {}) }];
  return { [readSegment(segment)]: inner };
}

/** Behind the entry that stands before it live. */
function indexLike(
  held: readonly Json[],
  live: IngressObject,
  list: FieldPath,
  segment: string,
  shape: ListShape | SetShape,
): number {
  const liveList = valueAt(live, rawPathOf(live, list));
  const order = Array.isArray(liveList) ? listSegments(liveList, shape) : [];
  const own = listSegments(held, shape);
  const before = order.slice(0, Math.max(0, order.indexOf(segment)));
  const nearest = before.findLast((each) => each !== null && own.includes(each));
  return nearest === undefined ? 0 : own.indexOf(nearest) + 1;
}

function reorder(object: IngressObject, { field, live }: Divergence, path: RawPath): readonly ValueEdit[] {
  const list = valueAt(object, path);
  const shape = shapeAt(field);
  if (!Array.isArray(list) || shape.kind !== "list" || !Array.isArray(live)) return [];
  const segments = listSegments(list, shape);
  const wanted = live.filter((segment) => segments.includes(String(segment))).map(String);
  const next = wanted.values();
  const order = segments.map((segment, index) =>
    segment !== null && wanted.includes(segment) ? segments.indexOf(next.next().value ?? "") : index,
  );
  return [{ kind: "reorder", path, order }];
}

interface Renaming {
  readonly divergences: readonly Divergence[];
  readonly edits: readonly ValueEdit[];
}

/** Of each entry that went and one that came in its place with the same content: what identifies it is changed. */
function renamedEntries(
  desired: IngressObject,
  live: IngressObject,
  chosen: readonly Divergence[],
): readonly Renaming[] {
  const came = chosen.filter(({ change }) => change === "added");
  const taken = new Set<Divergence>();
  return chosen.flatMap((gone) => {
    if (gone.change !== "removed") return [];
    for (const added of came) {
      const edits = taken.has(added) ? null : renaming(desired, live, gone, added);
      if (edits === null) continue;
      taken.add(added);
      return [{ divergences: [gone, added], edits }];
    }
    return [];
  });
}

function renaming(
  desired: IngressObject,
  live: IngressObject,
  gone: Divergence,
  added: Divergence,
): readonly ValueEdit[] | null {
  const list = gone.field.slice(0, -1);
  const shape = shapeAt(list);
  const isSameList = gone.field.length === added.field.length && isWithin(added.field, list);
  if (!isSameList || (shape.kind !== "list" && shape.kind !== "set")) return null;
  if (neighbour(desired, live, gone, shape) !== neighbour(live, desired, added, shape)) return null;
  const path = rawPathOf(desired, gone.field);
  if (shape.kind === "set") return [{ kind: "set", path, value: added.live ?? null }];
  const [before, after] = [gone.desired, added.live];
  if (!isJsonObject(before) || !isJsonObject(after)) return null;
  const names = shape.identifyingFields(before);
  const rest = (entry: Json) =>
    Object.fromEntries(Object.entries(entry as object).filter(([name]) => !names.includes(name)));
  if (!sameJson(rest(before), rest(after)) || names.some((name) => !(name in before) || !(name in after)))
    return null;
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ kind: "set", path: [...path, name], value: after[name] ?? null }));
}

/** The entry before it that both sides have; null where there is none. */
function neighbour(
  own: IngressObject,
  other: IngressObject,
  { field }: Divergence,
  shape: ListShape | SetShape,
): string | null {
  const segmentsOf = (object: IngressObject) => {
    const list = valueAt(object, rawPathOf(object, field.slice(0, -1)));
    return Array.isArray(list) ? listSegments(list, shape) : [];
  };
  const [segments, others] = [segmentsOf(own), segmentsOf(other)];
  const at = segments.indexOf(field.at(-1) ?? "");
  return segments.slice(0, Math.max(0, at)).findLast((segment) => others.includes(segment)) ?? null;
}
