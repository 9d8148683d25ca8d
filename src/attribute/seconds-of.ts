export function secondsOf(at: string): number;
export function secondsOf(at: string | null): number | null;
/** Whole seconds since the epoch, as Git and managedFields count them, of an ISO 8601 time. */
export function secondsOf(at: string | null): number | null {
  return at === null ? null : Math.floor(Date.parse(at) / 1000);
}
