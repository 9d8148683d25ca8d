import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { FleetCluster } from "../../../src/audit/fleet/fleet.ts";
import { runFleet } from "../../../src/audit/fleet/run-fleet.ts";
import { AuditError } from "../../../src/model/audit-error.ts";

const LIVE = {
  cluster: null,
  ingresses: [],
  ingressClasses: [],
  problems: [],
  observedAt: null,
  namespaces: "all",
} as unknown as Awaited<ReturnType<FleetCluster["cluster"]["read"]>>;

/** Clusters whose repositories cannot be read; each takes its time to say so, the first ones longest. */
function fleetOf(clusters: number, repositories: number) {
  const seen = { now: 0, most: 0 };
  const open = async (index: number): Promise<never> => {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await sleep(20 + (repositories - index) * 5);
    seen.now -= 1;
    throw new AuditError({ code: "repository-not-found", what: `No ${index}`, mend: "Check it out." });
  };
  const fleet = Array.from(
    { length: clusters },
    (_, cluster): FleetCluster => ({
      name: `c${cluster}`,
      isNamed: true,
      cluster: { read: async () => LIVE },
      auditTrail: null,
      members: Array.from({ length: repositories }, (_, index) => ({
        repository: `r${index}`,
        open: () => open(index),
      })),
    }),
  );
  return { fleet, seen };
}

test.each([
  ["one cluster", 1, 12],
  ["two clusters", 2, 6],
  ["more clusters than are read at once", 6, 4],
])(
  "repositories of %s are audited together, so many at once, and told in their order",
  async (_, clusters, repositories) => {
    const { fleet, seen } = fleetOf(clusters, repositories);

    const audits = await runFleet(fleet, AbortSignal.timeout(30_000));

    expect(audits.map(({ cluster, repository }) => `${cluster}/${repository}`)).toEqual(
      fleet.flatMap(({ name, members }) => members.map(({ repository }) => `${name}/${repository}`)),
    );
    expect(seen.most).toBe(8);
  },
);
