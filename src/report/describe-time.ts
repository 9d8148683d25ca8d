const UNREADABLE = "at an unreadable time";

const STEPS: readonly (readonly [unit: string, seconds: number])[] = [
  ["year", 365.25 * 86_400],
  ["month", 30.44 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/**
 * `2026-03-04 09:12:11 UTC (3 hours ago)`; what is no time is not shown.
 *
 * @param now null where the text is read long after it was written, so that an age would be wrong.
 */
export function describeTime(at: string, now: Date | null): string {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return UNREADABLE;
  return now === null ? absoluteTime(at) : `${absoluteTime(at)} (${relativeAge(instant, now.getTime())})`;
}

/** `2026-03-04 09:12:11 UTC`. */
export function absoluteTime(at: string): string {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return UNREADABLE;
  return `${new Date(instant).toISOString().slice(0, -5).replace("T", " ")} UTC`;
}

/** `3 hours ago`; what is no time is not shown. */
export function relativeTime(at: string, now: Date): string {
  const instant = Date.parse(at);
  return Number.isNaN(instant) ? UNREADABLE : relativeAge(instant, now.getTime());
}

function relativeAge(instant: number, now: number): string {
  const seconds = Math.abs(now - instant) / 1000;
  const step = STEPS.find(([, length]) => seconds >= length);
  // Clocks differ a little, and a live read ends after the run has begun.
  if (step === undefined) return "just now";
  const count = Math.floor(seconds / step[1]);
  const age = `${count} ${step[0]}${count === 1 ? "" : "s"}`;
  return now >= instant ? `${age} ago` : `in ${age}`;
}
