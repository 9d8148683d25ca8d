import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { auditRepository } from "../support/parity/audit-repository.ts";
import { CLASS_CORPUS, CORPUS } from "../support/parity/corpus.ts";
import type { CorpusEntry } from "../support/parity/corpus-entry.ts";
import { inNamespace, writeCorpusFolder } from "../support/parity/corpus-folder.ts";
import { createClass, createDefaultClass } from "../support/parity/default-class.ts";
import { inOrder } from "../support/parity/in-order.ts";
import { WAYS_TO_APPLY } from "../support/parity/ways-to-apply.ts";

/**
 * Manifests of every form, applied unchanged to the real API server in every way, are no divergence: the whole
 * pipeline from a real repository and a real snapshot.
 */

/** Each way has a namespace of its own. */
const BEFORE = places("", CORPUS);
/** The same once more, after a class has become the default. */
const AFTER = places("-classed", CLASS_CORPUS);

let cluster: TestCluster;
let withoutClass: Awaited<ReturnType<typeof audit>>;
let withClass: Awaited<ReturnType<typeof audit>>;

beforeAll(async () => {
  cluster = await startCluster();
  await createClass(cluster, "no-default");
  await inOrder(BEFORE, 3, applyAt);
  withoutClass = await audit(BEFORE);
  await createDefaultClass(cluster, "default-class");
  await inOrder(AFTER, 3, applyAt);
  withClass = await audit([...BEFORE, ...AFTER]);
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

describe.each([
  ["without a default IngressClass", () => withoutClass, BEFORE],
  ["with a default IngressClass", () => withClass, [...BEFORE, ...AFTER]],
] as const)("%s", (_, outcome, everywhere) => {
  test("everything is in sync, and the exit status 0", () => {
    const { exit, report } = outcome();
    const files = everywhere.flatMap(({ corpus }) => corpus).length;
    expect(report.problems).toEqual([]);
    expect(report.ingresses.filter(({ state }) => state !== "in-sync")).toEqual([]);
    expect(report.summary).toMatchObject({ diverged: 0, unreadable: 0, inSync: report.summary.live });
    expect(report.summary.desired).toBe(report.summary.live);
    expect(report.summary.live).toBeGreaterThanOrEqual(files);
    expect(exit).toBe(0);
  });

  test.each(CORPUS.map(({ name }) => name))("%s", (name) => {
    const divergent = everywhere.flatMap(({ namespace, corpus }) =>
      corpus
        .filter((entry) => entry.name === name)
        .flatMap(({ file }) => {
          const declared = declaredIn(outcome().report, `${namespace}/${file}`);
          expect(declared.length, `Ingresses read in ${namespace}/${file}`).toBeGreaterThan(0);
          return declared.flatMap(({ divergences }) => divergences.map((each) => ({ namespace, ...each })));
        }),
    );
    expect(divergent).toEqual([]);
  });
});

test("the default IngressClass is recognised where, and only where, the API server filled it in", () => {
  const { report } = withClass;
  const filledIn = report.ignored.find(({ rule }) => rule === "default-ingress-class");
  expect(withoutClass.report.ignored.map(({ rule }) => rule)).not.toContain("default-ingress-class");
  expect(filledIn?.count).toBeGreaterThan(CLASS_CORPUS.length);
});

function places(suffix: string, entries: readonly CorpusEntry[]) {
  return WAYS_TO_APPLY.map(({ name, steps, isServerSide = false }) => ({
    namespace: `${name}${suffix}`,
    steps,
    corpus: entries.filter(({ isClientSideOnly }) => !(isClientSideOnly && isServerSide)),
  }));
}

type Place = ReturnType<typeof places>[number];

async function applyAt({ namespace, steps, corpus }: Place): Promise<void> {
  await cluster.createNamespace(namespace);
  const folder = await writeCorpusFolder(cluster, corpus, namespace);
  for (const step of steps) await step(cluster, folder);
}

async function audit(everywhere: readonly Place[]) {
  const files = everywhere.flatMap(({ namespace, corpus }) =>
    corpus.map(({ file, committed }) => [`${namespace}/${file}`, inNamespace(committed, namespace)] as const),
  );
  const sources = everywhere.map(({ namespace }) => ({ paths: [namespace], namespace }));
  return await auditRepository({
    commits: [{ ...Object.fromEntries(files), ".ingress-audit.yaml": stringify({ sources }) }],
    snapshot: await cluster.snapshot(),
  });
}

function declaredIn({ ingresses }: AuditReport, path: string) {
  return ingresses.filter(({ origin }) => origin?.path === path);
}
