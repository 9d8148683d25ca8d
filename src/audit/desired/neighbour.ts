import type { ComparedIngress } from "../../model/divergence.ts";
import type { DesiredIngress, IngressId } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { OtherRepository } from "../../ports/source-discovery.ts";

/** Another repository that the audited cluster is deployed from, by the same configuration. */
export interface Neighbour {
  /** As the configuration calls it. */
  readonly name: string;
  /** What it is to discovery; null where it cannot be read. */
  readonly files: () => Promise<OtherRepository | null>;
  /** What it declares for the cluster; read once for each reading of the cluster. */
  readonly declared: (live: LiveSnapshot) => Promise<NeighbourDeclared>;
}

export type NeighbourDeclared =
  | {
      readonly kind: "read";
      readonly ingresses: readonly DesiredIngress[];
      readonly problems: readonly Problem[];
      /** Of live Ingresses that nothing readable declares, those that it may declare all the same, or a source not rendered. */
      readonly hides: (extras: readonly ComparedIngress[]) => Promise<readonly IngressId[]>;
    }
  | { readonly kind: "unreadable"; readonly what: string; readonly mend: string };
