/** From least to most severe. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How severe a divergence is, by which named rule, and why in one plain sentence. */
export interface SeverityRating {
  readonly severity: Severity;
  readonly rule: string;
  readonly reason: string;
}

export function atLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);
}
