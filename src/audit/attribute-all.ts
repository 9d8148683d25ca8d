import { certainOwners, fieldManagerEntries } from "../attribute/managed-fields.ts";
import { indexClaims } from "../compare/index-claims.ts";
import { rateSeverity } from "../compare/rate-severity.ts";
import type { ComparedIngress } from "../model/divergence.ts";
import { atLeast } from "../model/severity.ts";
import { attributeIngress } from "./attribute-ingress.ts";
import type { AttributedIngress } from "./audit-outcome.ts";
import type { AuditRequest } from "./audit-request.ts";
import type { Gathered } from "./gather.ts";
import type { IgnoredCounter } from "./ignore-divergences.ts";

/**
 * Attribute what diverges, without what rules ignore: those are counted.
 *
 * @param wanted Those of the gathered Ingresses to attribute; the history of each was read.
 */
export function attributeAll(
  request: AuditRequest,
  gathered: Gathered,
  wanted: readonly ComparedIngress[],
  ignored: IgnoredCounter,
): AttributedIngress[] {
  const desired = gathered.compared.flatMap((each) => (each.desired === null ? [] : [each.desired]));
  const claims = indexClaims(desired, gathered.live.ingresses);
  return wanted.map((compared) => {
    const severityContext = {
      id: compared.id,
      desired: compared.desiredKeyed,
      live: compared.liveKeyed,
      claims,
    };
    for (const { rule, reason, divergence } of compared.recognised)
      ignored.count(rule, reason, compared.id, divergence);
    if (compared.divergences.length === 0 || gathered.context === null) {
      return { compared, severityContext, divergences: [] };
    }
    const managers = compared.live === null ? [] : fieldManagerEntries(compared.live.object);
    const attribute = attributeIngress(compared, gathered.context);
    const divergences = compared.divergences.flatMap((divergence) => {
      const isWrittenBy = (isManager: (manager: string) => boolean) =>
        certainOwners(managers, divergence.field, isManager).length > 0;
      if (ignored.takes({ id: compared.id, divergence, isWrittenBy })) return [];
      const { severity } = rateSeverity(divergence, severityContext);
      if (!atLeast(severity, request.minSeverity)) {
        ignored.count("min-severity", `Less severe than ${request.minSeverity}.`, compared.id, divergence);
        return [];
      }
      return [{ divergence, attribution: attribute(divergence) }];
    });
    return { compared, severityContext, divergences };
  });
}
