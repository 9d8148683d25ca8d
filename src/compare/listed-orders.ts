import { isJsonObject } from "../model/json.ts";
import type { KeyedNode, KeyedValue } from "../model/keyed-ingress.ts";
import { INGRESS_SHAPE, type Shape, shapeOfChild } from "./ingress-shape.ts";
import { isListNode } from "./list-segments.ts";

/** For each list whose order can carry meaning, by its formatted path: its segments in the order of the node's keys. */
export function listedOrders(fields: KeyedNode): ReadonlyMap<string, readonly string[]> {
  const orders = new Map<string, readonly string[]>();
  collect(fields, INGRESS_SHAPE, "", orders);
  return orders;
}

function collect(
  value: KeyedValue,
  shape: Shape,
  path: string,
  orders: Map<string, readonly string[]>,
): void {
  if (!isJsonObject(value) || !(shape.kind === "object" || shape.kind === "list")) return;
  if (shape.kind === "list") {
    if (!shape.ordered || !isListNode(value)) return;
    orders.set(path, Object.keys(value));
  }
  for (const [segment, child] of Object.entries(value)) {
    if (!isJsonObject(child)) continue;
    const childPath = path === "" || segment.startsWith("[") ? path + segment : `${path}.${segment}`;
    collect(child, shapeOfChild(shape, segment), childPath, orders);
  }
}
