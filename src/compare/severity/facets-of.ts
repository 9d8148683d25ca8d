import type { Divergence } from "../../model/divergence.ts";
import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KeyedIngress, type KeyedValue, keyedValueAt } from "../../model/keyed-ingress.ts";
import type { Facet, SeverityContext } from "./severity-rule.ts";

/** The divergence itself first, then each entry and field within what one side lacks. */
export function facetsOf(divergence: Divergence, context: SeverityContext): readonly Facet[] {
  const { change, deletion, field } = divergence;
  const desired = valueIn(context.desired, field);
  // An object that is being deleted is still there, and counts as removed.
  const live = change === "removed" ? undefined : valueIn(context.live, field);
  const marked = deletion === undefined ? {} : { deletion };
  const itself = { field, change, desired, live, isPart: false, ...marked };
  switch (change) {
    case "added":
      return [
        itself,
        ...partsOf(live, field).map((part) => partOf(itself, part.field, { live: part.value })),
      ];
    case "removed":
      return [
        itself,
        ...partsOf(desired, field).map((part) => partOf(itself, part.field, { desired: part.value })),
      ];
    case "changed":
    case "reordered":
      return [itself];
    default:
      return change satisfies never;
  }
}

function partOf(whole: Facet, field: FieldPath, values: Partial<Pick<Facet, "desired" | "live">>): Facet {
  return { ...whole, field, ...values, isPart: true };
}

function valueIn(ingress: KeyedIngress | null, field: FieldPath): KeyedValue | undefined {
  return ingress === null ? undefined : keyedValueAt(ingress, field);
}

interface Part {
  readonly field: FieldPath;
  readonly value: KeyedValue;
}

function partsOf(value: KeyedValue | undefined, field: FieldPath): readonly Part[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([segment, child]) => {
    const part = { field: [...field, segment], value: child };
    return [part, ...partsOf(child, part.field)];
  });
}
