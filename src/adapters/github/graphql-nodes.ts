import * as z from "zod";

/** The nodes of a connection; one that the token may not see is null, and left out. */
export function nodes<Node extends z.ZodType>(node: Node) {
  return z
    .object({ nodes: z.array(node.nullable()).nullable() })
    .transform(({ nodes: found }) => (found ?? []).filter(isThere));
}

export function isThere<T>(value: T | null): value is T {
  return value !== null;
}
