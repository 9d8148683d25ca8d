import { dayOf, isDay } from "./comment-commands.ts";

/** What the labels of an issue say of a snooze. */
export interface SnoozeLabels {
  /** Labels whose day has not passed. */
  readonly counting: readonly string[];
  /** Labels whose day has passed. */
  readonly past: readonly string[];
  /** Labels that look like a snooze and name no day. */
  readonly malformed: readonly string[];
}

/** @param spent Labels that count no more. */
export function snoozeLabels(labels: readonly string[], spent: readonly string[], now: Date): SnoozeLabels {
  const asked = labels.filter((label) => /^snooze-until-/i.test(label) && !spent.includes(label));
  const valid = asked.filter((label) => /^\d{4}-\d\d-\d\d$/.test(dayIn(label)) && isDay(dayIn(label)));
  const counting = valid.filter((label) => dayIn(label) >= dayOf(now));
  return {
    counting,
    past: valid.filter((label) => !counting.includes(label)),
    malformed: asked.filter((label) => !valid.includes(label)),
  };
}

/** The day in a snooze label. */
export function dayIn(label: string): string {
  return label.slice("snooze-until-".length);
}
