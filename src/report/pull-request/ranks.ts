/** What stays the longer where a comment has no room for all. */
export const RANKS = {
  diff: 1,
  evidence: 2,
  unchanged: 3,
  drift: 4,
  change: 5,
  problem: 6,
  claim: 7,
  overwrite: 8,
} as const;
