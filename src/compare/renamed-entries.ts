import type { Divergence } from "../model/divergence.ts";
import { isWithin } from "../model/field-path.ts";
import type { IngressObject } from "../model/ingress.ts";
import { isJsonObject, type Json, sameJson } from "../model/json.ts";
import { type ValueEdit, valueAt } from "../model/value-edit.ts";
import { type ListShape, type SetShape, shapeAt } from "./ingress-shape.ts";
import { listSegments } from "./list-segments.ts";
import { rawPathOf } from "./raw-path-of.ts";

export interface Renaming {
  readonly divergences: readonly Divergence[];
  readonly edits: readonly ValueEdit[];
}

/** Of each entry that went and one that came in its place with the same content: what identifies it is changed. */
export function renamedEntries(
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
  if (sharedBefore(desired, live, gone, shape) !== sharedBefore(live, desired, added, shape)) return null;
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

/**
 * How many entries stand before it that both sides have: where these come in another order, they change places among
 * themselves, and what is between them stays.
 */
function sharedBefore(
  own: IngressObject,
  other: IngressObject,
  { field }: Divergence,
  shape: ListShape | SetShape,
): number {
  const segmentsOf = (object: IngressObject) => {
    const list = valueAt(object, rawPathOf(object, field.slice(0, -1)));
    return Array.isArray(list) ? listSegments(list, shape) : [];
  };
  const [segments, others] = [segmentsOf(own), segmentsOf(other)];
  const before = segments.slice(0, Math.max(0, segments.indexOf(field.at(-1) ?? "")));
  return before.filter((segment) => segment !== null && others.includes(segment)).length;
}
