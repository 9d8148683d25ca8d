import type { RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";

export interface PlacedNode {
  readonly path: RawPath;
  readonly node: Json;
}

/** A value and all that is in it, each with its path. */
export function* nodesOf(node: Json, path: RawPath): Generator<PlacedNode> {
  yield { path, node };
  if (Array.isArray(node)) {
    for (const [index, each] of node.entries()) yield* nodesOf(each, [...path, index]);
  } else if (isJsonObject(node)) {
    for (const [name, each] of Object.entries(node)) yield* nodesOf(each, [...path, name]);
  }
}
