import type { Annotation } from "../../report/annotations.ts";
import { MOST_OF_A_LEVEL, withinLimits } from "../../report/within-limits.ts";
import type { Runner } from "./runner.ts";

/**
 * Show as many annotations as GitHub takes, and tell how many are left.
 *
 * @param fails Whether the step fails: that takes the room of one error.
 */
export function annotate(all: readonly Annotation[], fails: boolean, runner: Runner): void {
  const { annotations, left } = withinLimits(all, MOST_OF_A_LEVEL - (fails ? 1 : 0));
  for (const annotation of annotations) runner.annotate(annotation);
  if (left > 0) runner.log(`${left} more have no annotation: GitHub shows ten of each level.`);
}
