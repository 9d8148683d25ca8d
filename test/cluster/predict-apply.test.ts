import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainRenderer } from "../../src/adapters/render/plain-renderer.ts";
import { fieldManagerEntries } from "../../src/attribute/managed-fields.ts";
import { type PredictedMerge, predictMerge } from "../../src/audit/pull-request/predict-merge.ts";
import { writerPolicyOf } from "../../src/audit/writers/writer-policy-of.ts";
import { diffOrders } from "../../src/compare/diff-orders.ts";
import { diffValues } from "../../src/compare/diff-values.ts";
import { keyIngress } from "../../src/compare/key-ingress.ts";
import { NO_CONFIGURATION } from "../../src/model/configuration.ts";
import { formatFieldPath } from "../../src/model/field-path.ts";
import type { IngressObject } from "../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject, sameJson } from "../../src/model/json.ts";
import type { KeyedIngress } from "../../src/model/keyed-ingress.ts";
import { ingress, ingressPath } from "../support/cluster/ingress-objects.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { changeLive } from "../support/parity/change-live.ts";
import { inOrder } from "../support/parity/in-order.ts";
import { type MutatedIngress, mutatedIngress } from "../support/parity/mutated-ingress.ts";
import { OVERWRITE_STORIES, type OverwriteStory } from "../support/pull-request/overwrite-stories.ts";
import { seededRandom } from "../support/truth/random.ts";

/**
 * What a pull request's merge makes of the live object, foretold and then done by a real kubectl on a real API server.
 * docs/pull-requests.md holds what this shows. PREDICT_SEED repeats a run, PREDICT_COUNT makes it longer.
 */

const SEED = Number(process.env.PREDICT_SEED ?? Date.now() % 1_000_000);
const COUNT = Number(process.env.PREDICT_COUNT ?? 80);
const WAYS = [
  { namespace: "client-side", apply: ["apply"] },
  { namespace: "server-side", apply: ["apply", "--server-side", "--force-conflicts"] },
] as const;

const policy = writerPolicyOf(NO_CONFIGURATION);
let cluster: TestCluster;

beforeAll(async () => {
  console.info(`PREDICT_SEED=${SEED} PREDICT_COUNT=${COUNT}`);
  cluster = await startCluster();
  for (const { namespace } of WAYS) await cluster.createNamespace(namespace);
  await cluster.createNamespace("flux");
});

afterAll(async () => {
  await cluster.stop();
});

describe.each(WAYS)(`random changes, $namespace, seed ${SEED}`, ({ namespace, apply }) => {
  const random = seededRandom(SEED * 2 + apply.length);
  const all = Array.from({ length: COUNT }, (_, index) => {
    return mutatedIngress(`web-${index}`, namespace, random);
  });

  test("turn out as foretold", async () => {
    await kubectl(
      apply,
      all.map(({ applied }) => applied),
    );
    await inOrder(all, 8, async (each) => await changeLive(cluster, namespace, each));
    const live = await liveObjects(namespace, all);
    const foretold = all.map((each, index) => foretell(each, live[index]));
    const refused = all.filter((_, index) => foretold[index]?.refusal !== null);
    const taken = all.filter((each) => !refused.includes(each));
    await kubectl(
      apply,
      taken.map(({ git }) => git),
    );
    for (const { git } of refused) await kubectl(apply, [git], true);

    const after = await liveObjects(namespace, all);
    const wrong = all.flatMap(({ name, steps }, index) => {
      const { refusal = null, ingress = null } = foretold[index] ?? {};
      const expected = refusal === null ? ingress : keyed(live[index]);
      const actual = keyed(after[index]);
      return same(expected, actual) ? [] : [{ name, steps, refusal, differences: between(expected, actual) }];
    });
    expect(wrong).toEqual([]);
    // And it would tell if everything stayed as it is, or became what Git says.
    const changed = all.filter((_, index) => !same(keyed(live[index]), keyed(after[index])));
    const unlikeGit = all.filter(({ git }, index) => !same(keyIngress(rendered(git)), keyed(after[index])));
    expect(changed.length).toBeGreaterThan(COUNT / 5);
    expect(unlikeGit.length).toBeGreaterThan(COUNT / 40);
  });
});

describe.each(WAYS)("what a hand changed, $namespace", ({ namespace, apply }) => {
  test.each(OVERWRITE_STORIES)("$name", async ({ name, base, hand, head, field, fate }) => {
    const manifest = (parts: OverwriteStory["base"]): JsonObject => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name, namespace, ...parts.metadata },
      spec: parts.spec ?? {},
    });
    await kubectl(apply, [manifest(base)]);
    const patch = [
      "patch",
      `ingress/${name}`,
      "-n",
      namespace,
      "--type=merge",
      "--patch",
      JSON.stringify(hand),
    ];
    await cluster.kubectl("alice@example.com", patch);
    const [live = {}] = await liveObjects(namespace, [{ name }]);
    const { ingress, refusal } = predictMerge({ base: manifest(base), head: manifest(head), live }, policy);

    await kubectl(apply, [manifest(head)], fate[namespace] === "refused");
    const [after = {}] = await liveObjects(namespace, [{ name }]);
    const isKept = sameJson(valueAt(live, field), valueAt(after, field));
    expect(refusal === null ? (isKept ? "stays" : "overwritten") : "refused").toBe(fate[namespace]);
    expect(same(refusal === null ? ingress : keyed(live), keyed(after))).toBe(true);
  });
});

test("docs/pull-requests.md says the same of each", async () => {
  const text = await readFile(new URL("../../docs/pull-requests.md", import.meta.url), "utf8");
  const listed = [...text.matchAll(/^\| `([a-z-]+)` \|[^|]*\| (\w+) \| (\w+) \|$/gm)].map(
    ([, name, client, server]) => [name, client, server],
  );
  expect(listed).toEqual(
    OVERWRITE_STORIES.map(({ name, fate }) => [name, fate["client-side"], fate["server-side"]]),
  );
});

test("where kubectl went over from client-side to server-side apply, ownership decides", async () => {
  const manifest = (annotations: JsonObject): JsonObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "migrated", namespace: "server-side", annotations },
    spec: ingress("server-side", "migrated").spec,
  });
  const serverSide = ["apply", "--server-side", "--force-conflicts"];
  await kubectl(["apply"], [manifest({ a: "git", b: "git" })]);
  await kubectl(serverSide, [manifest({ a: "git", b: "git" })]);
  const patch = ["annotate", "ingress/migrated", "-n", "server-side", "--overwrite", "b=hand"];
  await cluster.kubectl("alice@example.com", patch);
  const [live = {}] = await liveObjects("server-side", [{ name: "migrated" }]);
  const base = manifest({ a: "git", b: "git" });
  const foretold = predictMerge({ base, head: manifest({ a: "git" }), live }, policy);

  await kubectl(serverSide, [manifest({ a: "git" })]);
  const [after = {}] = await liveObjects("server-side", [{ name: "migrated" }]);
  expect(valueAt(after, ["metadata", "annotations", "b"])).toBe("hand");
  expect(same(foretold.ingress, keyed(after))).toBe(true);
});

describe("Flux, which makes its own what kubectl wrote before it applies", () => {
  const FLUX = "system:serviceaccount:flux-system:kustomize-controller";
  const applyAs = async (object: JsonObject, name: string) => {
    const path = `${ingressPath("flux", name)}?fieldManager=kustomize-controller&force=true`;
    const answer = await cluster.request(FLUX, "PATCH", path, object, {
      contentType: "application/apply-patch+yaml",
    });
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  };
  const manifest = (name: string, annotations: JsonObject): JsonObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace: "flux", annotations },
    spec: ingress("flux", name).spec,
  });
  /** What Flux does to managedFields: kubectl's entries become its own. */
  const takeOver = async (name: string) => {
    const [live = {}] = await liveObjects("flux", [{ name }]);
    const entries = fieldManagerEntries(live).filter(({ manager }) => manager.startsWith("kubectl"));
    const added = entries.flatMap(({ fields }) => Object.keys(annotationsIn(fields)));
    const managedFields = (live.metadata as JsonObject).managedFields as JsonObject[];
    const own = managedFields.find(({ manager }) => manager === "kustomize-controller") as JsonObject;
    const fieldsV1 = own.fieldsV1 as Record<string, Record<string, JsonObject>>;
    const annotations = { ...annotationsIn(fieldsV1), ...Object.fromEntries(added.map((key) => [key, {}])) };
    const merged = {
      ...own,
      fieldsV1: { ...fieldsV1, "f:metadata": { ...fieldsV1["f:metadata"], "f:annotations": annotations } },
    };
    const patch = [{ op: "replace", path: "/metadata/managedFields", value: [merged] }];
    await cluster.request(FLUX, "PATCH", ingressPath("flux", name), patch, {
      contentType: "application/json-patch+json",
    });
  };

  test.each([
    { name: "overriding", annotations: {}, isTakenOver: true },
    { name: "merging", annotations: { "kustomize.toolkit.fluxcd.io/ssa": "Merge" }, isTakenOver: false },
  ])("$name", async ({ name, annotations, isTakenOver }) => {
    const base = manifest(name, { ...annotations, a: "git" });
    const head = manifest(name, { ...annotations, a: "new" });
    await applyAs(base, name);
    await cluster.kubectl("alice@example.com", ["annotate", `ingress/${name}`, "-n", "flux", "b=hand"]);
    const [live = {}] = await liveObjects("flux", [{ name }]);
    const foretold = predictMerge({ base, head, live }, policy);

    if (isTakenOver) await takeOver(name);
    await applyAs(head, name);
    const [after = {}] = await liveObjects("flux", [{ name }]);
    expect(valueAt(after, ["metadata", "annotations", "b"])).toBe(isTakenOver ? undefined : "hand");
    expect(same(foretold.ingress, keyed(after))).toBe(true);
  });

  function annotationsIn(fieldsV1: JsonObject): JsonObject {
    const fields = valueAt(fieldsV1, ["f:metadata", "f:annotations"]);
    return isJsonObject(fields) ? fields : {};
  }
});

async function kubectl(
  apply: readonly string[],
  manifests: readonly JsonObject[],
  expectFailure = false,
): Promise<void> {
  const stdin = manifests.map((manifest) => JSON.stringify(manifest)).join("\n");
  if (manifests.length > 0)
    await cluster.kubectl("ci-deployer", [...apply, "-f", "-"], { stdin, expectFailure });
}

async function liveObjects(
  namespace: string,
  all: readonly { readonly name: string }[],
): Promise<readonly IngressObject[]> {
  return await inOrder(all, 8, async ({ name }) => {
    const { body } = await cluster.request("auditor", "GET", ingressPath(namespace, name));
    if (!isJsonObject(body)) throw new Error(`No ${namespace}/${name}`);
    return body;
  });
}

function valueAt(object: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (isJsonObject(value) ? value[key] : undefined),
    object,
  );
}

function foretell({ applied, git }: MutatedIngress, live: IngressObject | undefined): PredictedMerge {
  return predictMerge({ base: rendered(applied), head: rendered(git), live: live ?? null }, policy);
}

function rendered(manifest: JsonObject): IngressObject {
  const file = { path: "web.json", content: Buffer.from(JSON.stringify(manifest)), defaultNamespace: null };
  const [ingress] = plainRenderer.render(file).ingresses;
  if (ingress === undefined) throw new Error("The manifest was not rendered");
  return ingress.object;
}

function keyed(object: IngressObject | undefined): KeyedIngress | null {
  return object === undefined ? null : keyIngress(object);
}

function same(left: KeyedIngress | null, right: KeyedIngress | null): boolean {
  return JSON.stringify(canonical(left)) === JSON.stringify(canonical(right));
}

function between(expected: KeyedIngress | null, actual: KeyedIngress | null): readonly unknown[] {
  if (expected === null || actual === null) return [expected, actual];
  const values = diffValues(expected.fields, actual.fields).map(({ path, desired, live }) => ({
    field: formatFieldPath(path),
    expected: desired,
    actual: live,
  }));
  return [...values, ...diffOrders(expected, actual)];
}

/** Keys in one order, but where the order of a list's entries counts. */
function canonical(ingress: KeyedIngress | null): unknown {
  const sorted = (value: unknown): unknown =>
    isJsonObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([left], [right]) => (left < right ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;
  return ingress === null ? null : [sorted(ingress.fields), [...ingress.order].toSorted()];
}
