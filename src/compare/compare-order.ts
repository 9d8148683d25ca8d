import type { FieldPath } from "../model/field-path.ts";

/** Order of field paths: segment by segment, an ancestor before what is below it. By code units, in every locale. */
export function compareFieldPaths(left: FieldPath, right: FieldPath): number {
  const end = Math.min(left.length, right.length);
  for (let index = 0; index < end; index += 1) {
    const order = compareText(left[index] ?? "", right[index] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
