const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait after the n-th reading, from 1: twice as long each time, up to half a minute, and of that between a
 * half and the whole, so that many pipelines that wait for one API server do not ask it all at once.
 */
export function backOff(reading: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (reading - 1));
  return longest / 2 + (longest / 2) * random();
}
