import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sameJson } from "../../src/model/json.ts";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { ingress } from "../support/cluster/ingress-objects.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { auditRepository } from "../support/parity/audit-repository.ts";
import { createDefaultClass } from "../support/parity/default-class.ts";
import { inOrder } from "../support/parity/in-order.ts";
import { INJECTIONS, type Injection, STATUS_INJECTIONS } from "../support/parity/injections.ts";
import { ALICES_FIELD, STATUS_STORIES } from "../support/parity/status-stories.ts";

/**
 * What Git never mentions is reported when somebody puts it into the cluster, although kubectl diff does not see it.
 */

const ALL = [...INJECTIONS, ...STATUS_INJECTIONS];
const BY_NAME: readonly [string, Injection][] = ALL.map((injection) => [injection.name, injection]);
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

  test.each(BY_NAME)("%s", async (_, { name, field, live, seenByKubectlDiff }) => {
    const divergences = found(withoutLog, namespace, name);
    expect(divergences.map((each) => [each.change, each.field, each.verdict])).toEqual([
      ["added", field, "out-of-band"],
    ]);
    expect(sameJson(divergences[0]?.live, live)).toBe(true);
    if (seenByKubectlDiff) await expectSeen(namespace, diff, name);
  });

  test.each(BY_NAME)(
    "%s: nobody is named without a log, and its writer is with one",
    (_, { name, field }) => {
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
    },
  );
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

/**
 * The status subresource takes metadata too. The usual audit policy logs such writes without their bodies: then the
 * next innocent write is the first whose answer shows what was put in.
 */
describe.each(["sufficient", "whole-status"] as const)(
  "written through the status, policy %s",
  (auditLevel) => {
    let report: AuditReport;

    beforeAll(async () => {
      await using own = await startCluster({ auditLevel });
      await own.createNamespace("shop");
      const manifests = STATUS_STORIES.map(({ name }) => JSON.stringify(ingress("shop", name))).join("\n");
      await own.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin: manifests });
      await inOrder(STATUS_STORIES, 3, async ({ writes }) => {
        for (const { user, run } of writes) await own.kubectl(user, [...run, "-n", "shop"]);
      });
      ({ report } = await auditRepository({
        commits: [{ "shop.json": manifests }],
        snapshot: await own.snapshot(),
        args: ["--audit-log", own.auditLogPath],
      }));
    }, 300_000);

    test.each(STATUS_STORIES)("$name", ({ name, field, writes, sharesManager }) => {
      const divergences = found(report, "shop", name);
      const isAlices = writes.some(({ run }) => run.includes("annotate"));
      expect(divergences.map((each) => each.field).sort()).toEqual(
        [field, ...(isAlices ? [ALICES_FIELD] : [])].sort(),
      );
      expect(divergences.every(({ verdict }) => verdict === "out-of-band")).toBe(true);
      const writerOf = (wanted: string) =>
        divergences.find((each) => each.field === wanted)?.actor?.user ?? null;
      if (auditLevel === "whole-status" && !sharesManager) {
        expect(writerOf(field)).toBe("mallory@example.com");
        expect(writerOf(ALICES_FIELD)).toBe(isAlices ? "alice@example.com" : null);
      } else {
        // Nobody, or she herself; a wrong name would be worse than none.
        expect([null, "mallory@example.com"]).toContain(writerOf(field));
        expect(isAlices ? [null, "alice@example.com"] : [null]).toContain(writerOf(ALICES_FIELD));
      }
    });
  },
);

async function expectSeen(namespace: string, diff: readonly string[], name: string): Promise<void> {
  const injection = ALL.filter((each) => each.name === name);
  const { exitCode, stdout } = await cluster.kubectl("admin", [...diff, ...force(diff), "-f", "-"], {
    stdin: manifests(namespace, injection),
    expectFailure: true,
  });
  expect(exitCode, stdout).toBe(1);
}

/** Who patched a list owns the whole of it, and an apply that would take it back is a conflict. */
function force(diff: readonly string[]): readonly string[] {
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
