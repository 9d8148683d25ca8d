import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { auditRepository } from "../support/parity/audit-repository.ts";
import { createDefaultClass } from "../support/parity/default-class.ts";
import { inOrder } from "../support/parity/in-order.ts";
import { INJECTIONS, type Injection, STATUS_INJECTIONS } from "../support/parity/injections.ts";

/**
 * What Git never mentions is reported when somebody puts it into the cluster, although kubectl diff does not see it.
 */

const ALL = [...INJECTIONS, ...STATUS_INJECTIONS];
const WAYS = [
  { namespace: "client-side", apply: ["apply"], diff: ["diff"] },
  { namespace: "server-side", apply: ["apply", "--server-side"], diff: ["diff", "--server-side"] },
] as const;

let cluster: TestCluster;
let withoutLog: AuditReport;
let withLog: AuditReport;

beforeAll(async () => {
  cluster = await startCluster({ auditLevel: "whole-status" });
  for (const { namespace, apply } of WAYS) {
    await cluster.createNamespace(namespace);
    await cluster.kubectl("ci-deployer", [...apply, "-f", "-"], { stdin: manifests(namespace) });
  }
  await createDefaultClass(cluster, "default-class");
  await inOrder(
    WAYS.flatMap(({ namespace }) => ALL.map((injection) => ({ namespace, injection }))),
    3,
    async ({ namespace, injection }) =>
      await cluster.kubectl("mallory@example.com", [...injection.run(injection.name), "-n", namespace]),
  );
  withoutLog = await audit();
  withLog = await audit("--audit-log", cluster.auditLogPath);
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

describe.each(WAYS)("applied $namespace", ({ namespace, diff }) => {
  test("kubectl diff sees nothing of what it cannot see, all together", async () => {
    const unseen = ALL.filter(({ seenByKubectlDiff }) => !seenByKubectlDiff);
    const { stdout } = await cluster.kubectl("admin", [...diff, "-f", "-"], {
      stdin: manifests(namespace, unseen),
    });
    expect(stdout).toBe("");
  });

  test.each(ALL)("$name", async ({ name, field, live, seenByKubectlDiff }) => {
    expect(found(withoutLog, namespace, name)).toEqual([
      expect.objectContaining({ field, change: "added", desired: null, live, verdict: "out-of-band" }),
    ]);
    if (seenByKubectlDiff) await expectSeen(namespace, diff, name);
  });

  test.each(ALL)("$name: nobody is named without a log, and its writer is with one", ({ name, field }) => {
    const [without] = found(withoutLog, namespace, name);
    expect(without?.actor?.user ?? null).toBeNull();
    expect(found(withLog, namespace, name)).toEqual([
      expect.objectContaining({
        field,
        verdict: "out-of-band",
        evidence: "proven",
        actor: expect.objectContaining({ user: "mallory@example.com", source: "cli" }),
      }),
    ]);
  });
});

test("nothing else diverges, and the exit status is 1", () => {
  expect(withoutLog.problems).toEqual([]);
  expect(withoutLog.summary.live).toBe(ALL.length * WAYS.length);
  expect(withoutLog.summary.verdicts).toEqual({
    pending: 0,
    unmerged: 0,
    controller: 0,
    "out-of-band": ALL.length * WAYS.length,
  });
});

async function expectSeen(namespace: string, diff: readonly string[], name: string): Promise<void> {
  const injection = ALL.filter((each) => each.name === name);
  const { exitCode, stdout } = await cluster.kubectl("admin", [...diff, ...FORCE(diff), "-f", "-"], {
    stdin: manifests(namespace, injection),
    expectFailure: true,
  });
  expect(exitCode, stdout).toBe(1);
}

/** Who patched a list owns the whole of it, and an apply that would take it back is a conflict. */
function FORCE(diff: readonly string[]): readonly string[] {
  return diff.includes("--server-side") ? ["--force-conflicts"] : [];
}

function manifests(namespace: string, injections: readonly Injection[] = ALL): string {
  return injections.map((injection) => JSON.stringify(manifest(namespace, injection))).join("\n");
}

function manifest(namespace: string, { name, spec, annotations }: Injection) {
  const metadata = { name, namespace, ...(annotations === undefined ? {} : { annotations }) };
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec };
}

async function audit(...args: readonly string[]): Promise<AuditReport> {
  const files = WAYS.map(({ namespace }) => [`${namespace}.json`, manifests(namespace)] as const);
  const { exit, report } = await auditRepository({
    commits: [Object.fromEntries(files)],
    snapshot: await cluster.snapshot(),
    args,
  });
  expect(exit).toBe(1);
  return report;
}

function found(report: AuditReport, namespace: string, name: string) {
  const ingress = report.ingresses.find((each) => each.namespace === namespace && each.name === name);
  expect(ingress?.state).toBe("changed");
  return ingress?.divergences ?? [];
}
