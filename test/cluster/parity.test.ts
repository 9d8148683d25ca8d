import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { JsonObject } from "../../src/model/json.ts";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { auditRepository } from "../support/parity/audit-repository.ts";
import { changeLive } from "../support/parity/change-live.ts";
import { EXCEPTIONS, type ParityException } from "../support/parity/exceptions.ts";
import { inOrder } from "../support/parity/in-order.ts";
import { kubectlDiff } from "../support/parity/kubectl-diff.ts";
import { type MutatedIngress, mutatedIngress } from "../support/parity/mutated-ingress.ts";
import { parityOf } from "../support/parity/parity-of.ts";
import { seededRandom } from "../support/truth/random.ts";

/**
 * Random changes of Git and of the cluster: what kubectl diff shows the audit reports, and what the audit reports of a
 * field that Git names kubectl diff shows. Exceptions are in docs/parity.md. PARITY_SEED repeats a run, PARITY_COUNT
 * makes more Ingresses for each way to apply.
 */

const SEED = Number(process.env.PARITY_SEED ?? Date.now() % 1_000_000);
const COUNT = Number(process.env.PARITY_COUNT ?? 160);
const WAYS = [
  { namespace: "client-side", apply: ["apply"], diff: [] },
  {
    namespace: "server-side",
    apply: ["apply", "--server-side"],
    diff: ["--server-side", "--force-conflicts"],
  },
] as const;

const ingresses = WAYS.map(({ namespace }, way) => {
  const random = seededRandom(SEED * WAYS.length + way);
  return Array.from({ length: COUNT }, (_, index) => mutatedIngress(`web-${index}`, namespace, random));
});

let cluster: TestCluster;
let report: AuditReport;

beforeAll(async () => {
  console.info(`PARITY_SEED=${SEED} PARITY_COUNT=${COUNT}`);
  cluster = await startCluster();
  for (const [way, { namespace, apply }] of WAYS.entries()) {
    await cluster.createNamespace(namespace);
    const all = ingresses[way] ?? [];
    const stdin = all.map(({ applied }) => JSON.stringify(applied)).join("\n");
    await cluster.kubectl("ci-deployer", [...apply, "-f", "-"], { stdin });
    await inOrder(all, 8, async (each) => await changeLive(cluster, namespace, each));
  }
  ({ report } = await auditRepository({
    commits: [filesOf(({ applied }) => applied), filesOf(({ git }) => git)],
    snapshot: await cluster.snapshot(),
  }));
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

test("the audit reads everything", () => {
  expect(report.problems.filter(({ code }) => code !== "ingress-classes-unknown")).toEqual([]);
  expect(report.summary.desired).toBe(COUNT * WAYS.length);
});

describe.each(WAYS.map((way, index) => ({ ...way, all: ingresses[index] ?? [] })))(
  `$namespace, seed ${SEED}`,
  ({ namespace, diff, all }) => {
    const compared = async () => {
      const manifests = all.map(({ git }) => git);
      const diffed = await kubectlDiff(cluster, manifests, diff);
      return all.map((each) => ({
        ...each,
        diffed: diffed.get(`${namespace}/${each.name}`) ?? null,
        divergences: divergencesOf(namespace, each.name),
      }));
    };

    test("kubectl diff and the audit see the same", async () => {
      const found = (await compared()).map(({ name, steps, git, diffed, divergences }) => ({
        name,
        steps,
        divergences,
        diffed,
        git,
        ...parityOf(diffed, divergences, git),
      }));
      const disagreeing = found.filter(
        ({ onlyKubectl, onlyAudit }) => onlyKubectl.length + onlyAudit.length > 0,
      );
      expect(
        disagreeing.map(({ name, steps, onlyKubectl, onlyAudit }) => ({
          name,
          steps,
          onlyKubectl,
          onlyAudit,
        })),
      ).toEqual([]);
      // And it would tell if one of the two were silent.
      const silentAudit = found.filter(({ diffed, git }) => parityOf(diffed, [], git).onlyKubectl.length > 0);
      const silentKubectl = found.filter(
        ({ divergences, git }) => parityOf(null, divergences, git).onlyAudit.length > 0,
      );
      expect(silentAudit.length).toBeGreaterThan(COUNT / 2);
      expect(silentKubectl.length).toBeGreaterThan(COUNT / 2);
    });
  },
);

describe("where they are meant to disagree", () => {
  const diffOptions = { "client-side": [], "server-side": ["--server-side", "--force-conflicts"] };
  const manifest = ({ name, example: { metadata, spec } }: ParityException): JsonObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace: "exceptions", ...metadata },
    spec,
  });
  let reported: AuditReport;

  beforeAll(async () => {
    await cluster.createNamespace("exceptions");
    for (const exception of EXCEPTIONS) {
      const { way, patch } = exception.example;
      const apply = way === "client-side" ? ["apply"] : ["apply", "--server-side"];
      await cluster.kubectl("admin", [...apply, "-f", "-"], { stdin: JSON.stringify(manifest(exception)) });
      const target = ["patch", `ingress/${exception.name}`, "-n", "exceptions", "--type=merge"];
      await cluster.kubectl("mallory@example.com", [...target, "--patch", JSON.stringify(patch)]);
    }
    ({ report: reported } = await auditRepository({
      commits: [{ "all.json": EXCEPTIONS.map((each) => JSON.stringify(manifest(each))).join("\n") }],
      snapshot: await cluster.snapshot(),
      args: ["--namespace", "exceptions"],
    }));
  });

  test.each(EXCEPTIONS.map(({ name }) => name))("%s", async (name) => {
    const exception = EXCEPTIONS.find((each) => each.name === name);
    const found = reported.ingresses.find((each) => each.name === name);
    if (exception === undefined || found === undefined) throw new Error(`${name} was not audited`);
    const { way, kubectl, audit } = exception.example;
    expect(found.divergences.map(({ field }) => field)).toEqual(audit);
    const diff = async () => await kubectlDiff(cluster, [manifest(exception)], diffOptions[way]);
    if (kubectl === "fails") {
      await expect(diff()).rejects.toThrow(/is invalid/);
      return;
    }
    const diffed = (await diff()).get(`exceptions/${name}`) ?? null;
    const { onlyKubectl, exceptions } = parityOf(diffed, found.divergences, manifest(exception));
    expect(onlyKubectl).toEqual([]);
    // Whatever changes the spec moves the generation too.
    const own = exceptions.filter((each) => each === name || each !== "generation");
    expect(own).toEqual(kubectl === "shows" ? [name] : []);
  });

  test("docs/parity.md lists the same", async () => {
    const text = await readFile(new URL("../../docs/parity.md", import.meta.url), "utf8");
    const listed = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(EXCEPTIONS.map(({ name }) => name));
  });
});

function divergencesOf(namespace: string, name: string): AuditReport["ingresses"][number]["divergences"] {
  const found = report.ingresses.find((each) => each.namespace === namespace && each.name === name);
  if (found === undefined) throw new Error(`${namespace}/${name} is not in the report`);
  return found.divergences;
}

function filesOf(manifest: (ingress: MutatedIngress) => JsonObject): Record<string, string> {
  return Object.fromEntries(
    ingresses.flatMap((all, way) =>
      all.map((each) => [
        `${WAYS[way]?.namespace}/${each.name}.yaml`,
        stringify(manifest(each), { version: "1.1" }),
      ]),
    ),
  );
}
