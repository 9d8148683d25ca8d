import type { Divergence } from "../model/divergence.ts";
import { formatFieldPath } from "../model/field-path.ts";
import type { IngressObject, RawPath } from "../model/ingress.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { applyValueEdit, type ValueEdit, valueAt } from "../model/value-edit.ts";
import { addedField } from "./added-field.ts";
import { shapeAt } from "./ingress-shape.ts";
import { listSegments } from "./list-segments.ts";
import { rawPathOf } from "./raw-path-of.ts";
import { renamedEntries } from "./renamed-entries.ts";

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
        : [addedField(object, live, divergence, path)];
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
