import { certainOwners, fieldManagerEntries } from "../../attribute/managed-fields.ts";
import { rateSeverity, type SeverityContext } from "../../compare/rate-severity.ts";
import type { ComparedIngress, Divergence } from "../../model/divergence.ts";
import type { AttributedIngress } from "../audit-outcome.ts";
import type { IgnoredCounter } from "./ignore-divergences.ts";
import type { SeverityFloor } from "./severity-floor.ts";

/** Which divergences of one Ingress are reported, and how many are counted only. Ignore rules come first. */
export function siftDivergences(
  { id, live, divergences }: ComparedIngress,
  context: SeverityContext,
  ignored: IgnoredCounter,
  floor: SeverityFloor,
): { readonly reported: readonly Divergence[]; readonly leftOut: AttributedIngress["leftOut"] } {
  const managers = live === null ? [] : fieldManagerEntries(live.object);
  const kept = divergences.filter((divergence) => {
    const isWrittenBy = (isManager: (manager: string) => boolean) =>
      certainOwners(managers, divergence.field, isManager).length > 0;
    return !ignored.takes({ id, divergence, isWrittenBy });
  });
  const reported = kept.filter(
    (divergence) => !floor.takes(id, divergence, () => rateSeverity(divergence, context).severity),
  );
  return {
    reported,
    leftOut: {
      ignored: divergences.length - kept.length,
      belowMinSeverity: kept.length - reported.length,
    },
  };
}
