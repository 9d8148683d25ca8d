import { entrySegment, type FieldPath, segmentKeys } from "../../model/field-path.ts";
import { type KeyedIngress, type KeyedValue, keyedValueAt } from "../../model/keyed-ingress.ts";
import { onceForEach } from "../../model/once-for-each.ts";
import { readSegment } from "../read-segment.ts";
import type { Facet } from "./severity-rule.ts";

/** An annotation that differs; its values as text, undefined on the side that lacks it. */
export interface AnnotationChange {
  readonly name: string;
  readonly desired: string | undefined;
  readonly live: string | undefined;
}

/** The annotation that a facet is about; null where it is about something else. Each of many rules asks. */
export const annotationIn = onceForEach(({ field, desired, live }: Facet): AnnotationChange | null => {
  const [root, map, segment, ...below] = field;
  if (root !== "metadata" || map !== "annotations" || segment === undefined || below.length > 0) return null;
  return { name: readSegment(segment), desired: textOf(desired), live: textOf(live) };
});

/** The rule that a facet is about as a whole; null where it is about something else. */
export function ruleIn({ field }: Facet): { readonly host: string } | null {
  const [root, list, rule, ...below] = field;
  if (root !== "spec" || list !== "rules" || rule === undefined || below.length > 0) return null;
  return { host: segmentKeys(rule).host ?? "" };
}

/** The path of a rule that a facet is about as a whole; null where it is about something else. */
export function routeIn({ field }: Facet): { readonly host: string; readonly path: string } | null {
  const [root, list, rule, http, paths, entry, ...below] = field;
  const isRoute = root === "spec" && list === "rules" && http === "http" && paths === "paths";
  if (!isRoute || rule === undefined || entry === undefined || below.length > 0) return null;
  return { host: segmentKeys(rule).host ?? "", path: segmentKeys(entry).path ?? "" };
}

/** An annotation's value; undefined where the object has none. */
export function annotationOf(ingress: KeyedIngress | null, name: string): string | undefined {
  const field: FieldPath = ["metadata", "annotations", entrySegment(name)];
  return ingress === null ? undefined : textOf(keyedValueAt(ingress, field));
}

function textOf(value: KeyedValue | undefined): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
