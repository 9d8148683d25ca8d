import type { Divergence } from "../../model/divergence.ts";
import type { IngressId } from "../../model/ingress.ts";
import { atLeast, SEVERITIES, type Severity } from "../../model/severity.ts";
import type { AuditReport, LeftOutEntry } from "../../report/audit-report.ts";
import { leftOutEntry } from "./left-out-entry.ts";

/** Counts the divergences that are less severe than the report's floor. What it leaves out still diverges. */
export class SeverityFloor {
  readonly #minSeverity: Severity;
  readonly #entries: (LeftOutEntry & { severity: Severity })[] = [];

  constructor(minSeverity: Severity) {
    this.#minSeverity = minSeverity;
  }

  /**
   * True where the divergence is less severe.
   *
   * @param rate Called only where some severity is below the floor.
   */
  takes(id: IngressId, divergence: Divergence, rate: () => Severity): boolean {
    if (this.#minSeverity === SEVERITIES[0]) return false;
    const severity = rate();
    if (atLeast(severity, this.#minSeverity)) return false;
    this.#entries.push({ ...leftOutEntry(id, divergence), severity });
    return true;
  }

  report(): AuditReport["belowMinSeverity"] {
    return { minSeverity: this.#minSeverity, count: this.#entries.length, entries: this.#entries };
  }
}
