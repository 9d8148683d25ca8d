import type { ReportedDivergence } from "../../report/audit-report.ts";
import { boundedCounts, type Detection, type DetectionsState } from "../../report/drift-issue/detections.ts";

/** A divergence that is not followed in an open issue. */
export interface Sighting {
  /** `namespace/name`. */
  readonly ingress: string;
  readonly divergence: Pick<ReportedDivergence, "id" | "field">;
}

/** What is counted, and what was counted before. */
export interface Counting {
  /** Until the last run; null where nothing was counted yet. */
  readonly before: DetectionsState | null;
  /** Worst first. */
  readonly found: readonly Sighting[];
  /** Whether this run read an Ingress. */
  readonly isRead: (ingress: string) => boolean;
  /** When the cluster was read; the same reading, or an older one, is not counted again. */
  readonly at: string;
  /** How often suffices: more is not counted. */
  readonly needed: number;
}

/**
 * Count how often in a row each divergence was found. One that was not found begins anew, but for those of Ingresses
 * that this run could not read.
 */
export function countDetections({ before, found, isRead, at, needed }: Counting): readonly Detection[] {
  if (before !== null && Date.parse(at) <= Date.parse(before.at)) return before.counts;
  const counted = new Map((before?.counts ?? []).map((count) => [count.id, count]));
  const counts = found.map(({ ingress, divergence: { id, field } }): Detection => {
    const known = counted.get(id);
    return {
      id,
      ingress,
      field,
      times: Math.min(needed, (known?.times ?? 0) + 1),
      since: known?.since ?? at,
    };
  });
  const unread = (before?.counts ?? []).filter(
    ({ id, ingress }) => !isRead(ingress) && counts.every((count) => count.id !== id),
  );
  return boundedCounts([...counts, ...unread]);
}
