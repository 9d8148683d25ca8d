import { ANNOTATION_LEVELS, type Annotation, type AnnotationLevel } from "./annotations.ts";

/**
 * GitHub shows so many of each level of one step.
 *
 * @see https://docs.github.com/en/rest/checks/runs for where they go
 */
export const MOST_OF_A_LEVEL = 10;

/**
 * As many annotations as GitHub shows, the first of each level.
 *
 * @param errors How many of level `error` there is room for, where the step itself will show some.
 * @returns `left` counts the others.
 */
export function withinLimits(
  all: readonly Annotation[],
  errors = MOST_OF_A_LEVEL,
): { readonly annotations: readonly Annotation[]; readonly left: number } {
  const room = (level: AnnotationLevel) => (level === "error" ? errors : MOST_OF_A_LEVEL);
  const annotations = ANNOTATION_LEVELS.flatMap((level) =>
    all.filter((annotation) => annotation.level === level).slice(0, room(level)),
  );
  return { annotations, left: all.length - annotations.length };
}
