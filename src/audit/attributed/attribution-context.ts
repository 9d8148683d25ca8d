import { fieldManagerEntries } from "../../attribute/managed-fields.ts";
import { isJsonObject } from "../../model/json.ts";
import type { AuditRequest } from "../audit-request.ts";
import type { Gathered } from "../gather/gathered.ts";
import type { History } from "../history/read-history.ts";
import { logSilence } from "../trail/log-silence.ts";
import type { AttributionContext } from "./attribute-ingress.ts";

/** What a divergence is judged by, beside its own two sides. */
export function attributionContext(
  { policy, wider }: AuditRequest,
  { index, versions }: History,
  {
    live,
    trail,
    writesOf,
    applied,
    unknownDeployer,
  }: Pick<Gathered, "live" | "trail" | "writesOf" | "applied" | "unknownDeployer">,
): AttributionContext {
  const { ingresses, observedAt } = live;
  const managers = ingresses.flatMap(({ object }) => fieldManagerEntries(object));
  return {
    index,
    versions,
    trail,
    writesOf,
    likelyDeployer: unknownDeployer?.manager?.name ?? null,
    silence: trail === null ? null : logSilence(trail, live),
    appliedCommitOf: (id) => {
      const revision = applied.of(id);
      return revision === null ? null : index.indexOfSha(revision);
    },
    observedAt,
    // Anybody may call itself a deployer in an annotation's entry; one that deploys has written specs.
    knowsDeployer: managers.some(
      ({ fields, manager }) => policy.isDeployerManager(manager) && isJsonObject(fields["f:spec"]),
    ),
    recordsManagers: managers.length > 0,
    policy,
    isPartial: wider.isWhole !== true,
  };
}
