import type { Command } from "../../model/command.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { LeftOutField } from "../adoption/adoption-view.ts";
import type { ReportedDivergence } from "../audit-report.ts";

/** How Git's value comes back into the cluster, for people. */
export interface RestorationView {
  readonly id: IngressId;
  readonly restored: readonly ReportedDivergence[];
  readonly leftOut: readonly LeftOutField[];
  readonly commands: readonly Command[];
  /** What the commands change beside the chosen fields, and on what they depend: plain sentences. */
  readonly notes: readonly string[];
}
