/**
 * A time as a report writes it. Clusters and snapshots may hold anything where a time belongs; what is no time is
 * unknown.
 *
 * @param text RFC 3339 with any offset, or anything else.
 * @returns The same text where it is already UTC (its microseconds kept), else the same instant in UTC, else null.
 */
export function utcTime(text: string | null | undefined): string | null {
  if (typeof text !== "string") return null;
  const match = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|z|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return null;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return null;
  return match[1] === "Z" && text[10] === "T" ? text : new Date(instant).toISOString();
}
