import { segmentKeys } from "../model/field-path.ts";

/** The name or key that a segment stands for: of `spec`, `["a/b"]` and `["a.example.com"]#2`. */
export function readSegment(segment: string): string {
  return segmentKeys(segment)[""] ?? segment;
}

/** The ordinal of an entry among those with the same key, from 1. */
export function readOrdinal(segment: string): number {
  return Number(/\]#(\d+)$/.exec(segment)?.[1] ?? 1);
}
