import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { runAuditCommand } from "../support/cases/run-case.ts";
import type { AuditLevel } from "../support/cluster/audit-policy.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import { RepositoryBuilder } from "../support/repository/build-repository.ts";

// Git declares two Ingresses, one is applied. Whether a log shows that nobody deleted the other one depends on whether
// it goes on to the reading: with a policy that logs lists, the audit's own request is in it.
const manifest = (name: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop }
spec: { defaultBackend: { service: { name: ${name}, port: { number: 80 } } } }
`;

async function missingIngress(auditLevel: AuditLevel) {
  await using cluster = await startCluster({ auditLevel });
  await cluster.createNamespace("shop");
  // Git counts in seconds, and the log must begin in an earlier one.
  await sleep(1000);
  const builder = new RepositoryBuilder();
  const now = new Date().toISOString();
  builder.commit({
    message: "add web and blog",
    author: { name: "Ann Lee", email: "ann@example.com" },
    authoredAt: now,
    committedAt: now,
    files: { "web.yaml": manifest("web"), "blog.yaml": manifest("blog") },
  });
  using repository = await builder.write({ bare: true });
  await cluster.kubectl("ci-deployer", ["apply", "-f", "-"], { stdin: manifest("web") });
  const { report } = await runAuditCommand([
    ...["--repo", repository.dir, "--ref", "main"],
    ...["--kubeconfig", cluster.kubeconfig("auditor"), "-A", "--audit-log", cluster.auditLogPath],
  ]);
  const divergences = report.ingresses.flatMap((ingress) => ingress.divergences);
  expect(divergences).toHaveLength(1);
  return divergences[0];
}

test("a log that holds the audit's own reading shows that a missing Ingress was never applied", async () => {
  expect(await missingIngress("with-reads")).toMatchObject({
    change: "removed",
    verdict: "pending",
    evidence: "indicated",
    commits: [{ author: { name: "Ann Lee" } }],
  });
});

test("a log of writes alone ends with the last of them, and shows nothing of what came later", async () => {
  expect(await missingIngress("sufficient")).toMatchObject({
    change: "removed",
    verdict: "pending",
    evidence: "none",
    commits: [],
    reason: expect.stringMatching(/because the audit log ends at .*, before the cluster was read/),
  });
});
