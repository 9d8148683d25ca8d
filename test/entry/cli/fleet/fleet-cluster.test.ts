import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestUser } from "../../../support/cluster/access.ts";
import { startCluster } from "../../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../../support/cluster/test-cluster.ts";
import { runCli } from "../../../support/run-cli.ts";
import { type FleetWorld, fleetWorld, manifest } from "./fleet-world.ts";

/** The log of one cluster is the configuration's, that of the other the command line's. */
const configuration = (logOfUs: string) => `repositories:
  - {name: platform, path: .}
  - {name: shop, path: ../shop}
clusters:
  - {name: eu, context: eu}
  - {name: us, context: us, auditLog: ["${logOfUs}"]}
  - {name: down, context: down}
`;

let world: FleetWorld;
let eu: TestCluster;
let us: TestCluster;
let kubeconfig: string;

beforeAll(async () => {
  world = await fleetWorld();
  [eu, us] = await Promise.all([startCluster(), startCluster()]);
  const rules = configuration(us.auditLogPath);
  const files = { ".ingress-audit.yaml": rules, "grafana.yaml": manifest("ops/grafana") };
  await world.repository("platform", [files]);
  await world.repository("shop", [{ "web.yaml": manifest("shop/web") }]);
  kubeconfig = path.join(world.dir, "kubeconfig");
  await writeFile(kubeconfig, JSON.stringify(await joined({ eu, us })));
  await Promise.all([deploy(eu), deploy(us)]);
  await annotate(eu, "alice@example.com", "shop", "web");
  await annotate(us, "bob@example.com", "ops", "grafana");
});

afterAll(async () => {
  world[Symbol.dispose]();
  await Promise.all([eu.stop(), us.stop()]);
});

async function deploy(cluster: TestCluster): Promise<void> {
  for (const key of ["ops/grafana", "shop/web"]) {
    await cluster.createNamespace(key.split("/")[0] ?? "");
    const apply = ["apply", "--server-side", "--field-manager=argocd-controller", "-f", "-"];
    const deployer = "system:serviceaccount:argocd:argocd-application-controller";
    await cluster.kubectl(deployer, apply, { stdin: manifest(key) });
  }
}

async function annotate(cluster: TestCluster, user: TestUser, namespace: string, name: string) {
  await cluster.kubectl(user, ["-n", namespace, "annotate", "ingress", name, `example.com/by=${user}`]);
}

/** One kubeconfig with a context for each cluster, and one for a cluster that is not there. */
async function joined(clusters: Readonly<Record<string, TestCluster>>): Promise<object> {
  const entries = await Promise.all(
    Object.entries(clusters).map(async ([name, cluster]) => {
      const {
        clusters: [known],
        users: [user],
      } = JSON.parse(await readFile(cluster.kubeconfig("auditor"), "utf8"));
      return { name, cluster: known.cluster, user: user.user };
    }),
  );
  const [first] = entries;
  const down = { ...first, name: "down", cluster: { ...first?.cluster, server: "https://127.0.0.1:1" } };
  const all = [...entries, down];
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: all.map(({ name, cluster }) => ({ name, cluster })),
    users: all.map(({ name, user }) => ({ name, user })),
    contexts: all.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  };
}

test("two API servers and one that is down: each log belongs to its cluster, and no report is lost", async () => {
  const logs = ["--audit-log", `eu=${eu.auditLogPath}`];

  const { stdout, stderr, status } = await runCli(["audit", "--all-clusters", "-o", "json", ...logs], {
    cwd: path.join(world.dir, "platform"),
    env: { KUBECONFIG: kubeconfig },
  });

  const { audits, totals } = JSON.parse(stdout);
  expect({ stderr, status }).toEqual({ stderr: "", status: 2 });
  expect(
    audits.map((row: { cluster: string; repository: string; status: string }) => [
      row.cluster,
      row.repository,
      row.status,
    ]),
  ).toEqual([
    ["down", null, "failed"],
    ["eu", "shop", "diverged"],
    ["us", "platform", "diverged"],
    ["eu", "platform", "clean"],
    ["us", "shop", "clean"],
  ]);
  const actorOf = (row: { report: { ingresses: { divergences: { actor: { user: string } }[] }[] } }) =>
    row.report.ingresses.flatMap(({ divergences }) => divergences.map(({ actor }) => actor.user));
  expect(audits.slice(1, 3).map(actorOf)).toEqual([["alice@example.com"], ["bob@example.com"]]);
  expect(totals).toMatchObject({ inSync: 2, diverged: 2, failed: 1, verdicts: { "out-of-band": 2 } });
});

test("each cluster is listed once for all its repositories", async () => {
  const before = await listsOf(eu);

  await runCli(["audit", "--cluster", "eu", "--fail-on", "none"], {
    cwd: path.join(world.dir, "platform"),
    env: { KUBECONFIG: kubeconfig },
  });

  expect((await listsOf(eu)) - before).toBe(1);
});

/** How often the auditor has listed Ingresses, by the server's own count. */
async function listsOf(cluster: TestCluster): Promise<number> {
  const { body } = await cluster.request("admin", "GET", "/metrics");
  const counts = String(body).matchAll(
    /^apiserver_request_total\{(?=[^}]*resource="ingresses")(?=[^}]*verb="LIST")[^}]*\} (\d+)$/gm,
  );
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
