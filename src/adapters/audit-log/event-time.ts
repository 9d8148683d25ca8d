/**
 * UTC, ISO 8601 with microseconds, so that times compare as strings; null where the text is no time.
 */
export function eventTime(text: unknown): string | null {
  const match = typeof text === "string" ? UTC.exec(text) : null;
  if (match === null) return null;
  const [, seconds = "", fraction = "", zone = "Z"] = match;
  const at = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(at)) return null;
  return `${new Date(at).toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}

const UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;

const MARK = Buffer.from('"stageTimestamp":');
const LONGEST = 48;

/** The time of an event that is not parsed: its last stageTimestamp, for bodies come before it. */
export function timeInLine(line: Buffer): string | null {
  const mark = line.lastIndexOf(MARK);
  if (mark === -1) return null;
  const start = mark + MARK.length;
  const quoted = /^\s*"([^"\\]{1,40})"/.exec(line.toString("latin1", start, start + LONGEST));
  return eventTime(quoted?.[1]);
}
