import { indexClaims } from "../../compare/index-claims.ts";
import type { ComparedIngress, Divergence } from "../../model/divergence.ts";
import type { Severity } from "../../model/severity.ts";
import type { AttributedDivergence, AttributedIngress } from "../audit-outcome.ts";
import type { Gathered } from "../gather/gathered.ts";
import { IgnoredCounter, type IgnoreRule } from "../left-out/ignore-divergences.ts";
import { SeverityFloor } from "../left-out/severity-floor.ts";
import { siftDivergences } from "../left-out/sift-divergences.ts";
import { attributeIngress } from "./attribute-ingress.ts";

/**
 * Attribute what diverges, without what rules ignore and what is not severe enough: those are counted.
 *
 * @param wanted Those of the gathered Ingresses to attribute; the history of each was read.
 */
function attributeAll(
  gathered: Gathered,
  wanted: readonly ComparedIngress[],
  ignored: IgnoredCounter,
  floor: SeverityFloor,
): AttributedIngress[] {
  const desired = gathered.compared.flatMap((each) => (each.desired === null ? [] : [each.desired]));
  const claims = indexClaims(desired, gathered.live.ingresses);
  return wanted.map((compared) => {
    const { id, desiredKeyed, liveKeyed } = compared;
    const severityContext = { id, desired: desiredKeyed, live: liveKeyed, claims };
    for (const { rule, reason, divergence } of compared.recognised)
      ignored.count(rule, reason, id, divergence);
    const { reported, leftOut } = siftDivergences(compared, severityContext, ignored, floor);
    return { compared, severityContext, leftOut, divergences: attributed(compared, reported, gathered) };
  });
}

function attributed(
  compared: ComparedIngress,
  divergences: readonly Divergence[],
  { context }: Gathered,
): AttributedDivergence[] {
  if (divergences.length === 0 || context === null) return [];
  const attribute = attributeIngress(compared, context);
  return divergences.map((divergence) => ({ divergence, attribution: attribute(divergence) }));
}

/**
 * The same, whole: older versions of rendered sources are rendered when the attribution asks for them, and it is done
 * again with what they say.
 */
export async function attributeWhole(
  gathered: Gathered,
  wanted: readonly ComparedIngress[],
  ignore: readonly IgnoreRule[],
  minSeverity: Severity,
): Promise<{
  readonly attributed: readonly AttributedIngress[];
  readonly ignored: IgnoredCounter;
  readonly floor: SeverityFloor;
}> {
  for (;;) {
    const ignored = new IgnoredCounter(ignore);
    const floor = new SeverityFloor(minSeverity);
    const attributed = attributeAll(gathered, wanted, ignored, floor);
    if (!(await gathered.renderAsked())) return { attributed, ignored, floor };
  }
}
