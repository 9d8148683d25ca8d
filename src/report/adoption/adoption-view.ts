import type { IngressId, Place } from "../../model/ingress.ts";
import type { AuditReport, ReportedDivergence } from "../audit-report.ts";

/** What is adopted from the cluster, for people. */
export interface AdoptionView {
  readonly id: IngressId;
  readonly git: AuditReport["git"];
  readonly cluster: string | null;
  readonly adopted: readonly AdoptedField[];
  readonly leftOut: readonly LeftOutField[];
}

export interface AdoptedField {
  readonly divergence: ReportedDivergence;
  /** Where it was written, as the file was before. */
  readonly place: Place;
}

export interface LeftOutField {
  readonly divergence: ReportedDivergence;
  /** As the end of a sentence. */
  readonly why: string;
}
