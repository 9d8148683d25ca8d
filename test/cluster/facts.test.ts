import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { ingress, ingressesPath, ingressPath } from "../support/cluster/ingress-objects.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";

/** The facts of docs/kubernetes-facts.md on what the API server stores, asked from the server itself. */

const alice = "alice@example.com";
const mergePatch = { contentType: "application/merge-patch+json" };
const backend = { service: { name: "api", port: { number: 80 } } };
const path = { path: "/", pathType: "Prefix", backend };

/** What managedFields says of {@link backend}: below it, unlike below rules, they see every field but the port's. */
const OWNED_BACKEND = {
  "f:defaultBackend": { ".": {}, "f:service": { ".": {}, "f:name": {}, "f:port": {} } },
};

let cluster: TestCluster;
let count = 0;

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.createNamespace("shop");
});

afterAll(async () => {
  await cluster.stop();
});

describe("what is sent and what is stored", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["rules: []", { defaultBackend: backend, rules: [] }, { defaultBackend: backend }],
    ["tls: []", { defaultBackend: backend, tls: [] }, { defaultBackend: backend }],
    ["rules: null", { defaultBackend: backend, rules: null }, { defaultBackend: backend }],
    ["hosts: []", tls({ hosts: [], secretName: "s" }), tls({ secretName: "s" })],
    ['secretName: ""', tls({ hosts: ["a.example.com"], secretName: "" }), tls({ hosts: ["a.example.com"] })],
    [
      'host: ""',
      { rules: [{ host: "", http: { paths: [path] } }] },
      { rules: [{ http: { paths: [path] } }] },
    ],
    [
      "http: null",
      { rules: [{ host: "a.example.com", http: null }] },
      { rules: [{ host: "a.example.com" }] },
    ],
    [
      'path: "" (ImplementationSpecific)',
      rule({ path: "", pathType: "ImplementationSpecific", backend }),
      rule({ pathType: "ImplementationSpecific", backend }),
    ],
    ['port: {number: 80, name: ""}', port({ number: 80, name: "" }), port({ number: 80 })],
    ["port: {number: 0, name: http}", port({ number: 0, name: "http" }), port({ name: "http" })],
    [
      "ingressClassName: null",
      { defaultBackend: backend, ingressClassName: null },
      { defaultBackend: backend },
    ],
    ["an unknown field", { defaultBackend: backend, color: "red" }, { defaultBackend: backend }],
    [
      "a resource backend without apiGroup",
      { defaultBackend: { resource: { kind: "Bucket", name: "b" } } },
      { defaultBackend: { resource: { apiGroup: null, kind: "Bucket", name: "b" } } },
    ],
  ])("spec: %s", async (_, sent, stored) => {
    expect((await create({ spec: sent })).spec).toEqual(stored);
  });

  test.each<[string, JsonObject]>([
    ["an empty tls entry", tls({})],
    ["a tls entry without secretName", tls({ hosts: ["a.example.com"] })],
    [
      "the same tls entry twice",
      { defaultBackend: backend, tls: [{ secretName: "s" }, { secretName: "s" }] },
    ],
    ["the same tls host twice", tls({ hosts: ["a.example.com", "a.example.com"] })],
    ["an empty rule", { rules: [{}] }],
    ["a rule without http", { rules: [{ host: "a.example.com" }] }],
    ["the same host twice", { rules: [host("a.example.com"), host("a.example.com")] }],
    ["the same path twice", { rules: [{ http: { paths: [path, path] } }] }],
    ["a wildcard host", { rules: [host("*.example.com")] }],
    ["a path with ; and {}", rule({ path: "/a;b{c}", pathType: "ImplementationSpecific", backend })],
    ["a path with a line break", rule({ path: "/a\nb", pathType: "ImplementationSpecific", backend })],
  ])("spec: %s is stored as it is", async (_, sent) => {
    expect((await create({ spec: sent })).spec).toEqual(sent);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ["annotations: {}", { annotations: {}, labels: {} }, {}],
    ["annotations: null", { annotations: null, labels: null }, {}],
    ['annotation: ""', { annotations: { a: "" } }, { annotations: { a: "" } }],
    ["annotation: null becomes the empty string", { annotations: { a: null } }, { annotations: { a: "" } }],
    ["label: null becomes the empty string", { labels: { a: null } }, { labels: { a: "" } }],
    ["annotation with line breaks", { annotations: { a: "x\r\n" } }, { annotations: { a: "x\r\n" } }],
    ["finalizers: []", { finalizers: [], ownerReferences: [] }, {}],
    [
      "generation, selfLink, uid, resourceVersion",
      { generation: 7, selfLink: "/x", uid: "u", resourceVersion: "" },
      {},
    ],
    ["an unknown field", { color: "red", clusterName: "x" }, {}],
    ["generateName beside a name", { generateName: "x-" }, { generateName: "x-" }],
  ])("metadata: %s", async (_, sent, stored) => {
    const { metadata } = await create({ metadata: sent, spec: { defaultBackend: backend } });
    const {
      name: _n,
      namespace: _ns,
      uid,
      resourceVersion,
      creationTimestamp,
      managedFields,
      ...rest
    } = metadata;
    expect(rest).toEqual({ generation: 1, ...stored });
    for (const own of [uid, resourceVersion, creationTimestamp]) expect(own).toMatch(/./);
    expect(managedFields).toHaveLength(1);
  });

  test("creationTimestamp: null, as kubectl create --dry-run prints it, is replaced", async () => {
    const { metadata } = await create({
      metadata: { creationTimestamp: null },
      spec: { defaultBackend: backend },
    });
    expect(metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test("a status in the manifest is dropped, and an empty one added", async () => {
    const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } };
    expect((await create({ spec: { defaultBackend: backend }, status })).status).toEqual({
      loadBalancer: {},
    });
  });

  test.each<[string, JsonObject, number]>([
    ["no pathType", rule({ path: "/", backend }), 422],
    ['path: "" with Prefix', rule({ path: "", pathType: "Prefix", backend }), 422],
    ["http: {}", { rules: [{ host: "a.example.com", http: {} }] }, 422],
    ["an upper-case host", { rules: [host("A.example.com")] }, 422],
    ["a host with a final dot", { rules: [host("a.example.com.")] }, 422],
    ["port name and number", port({ number: 80, name: "http" }), 422],
    ["a port without name and number", port({}), 422],
    ['ingressClassName: ""', { defaultBackend: backend, ingressClassName: "" }, 422],
    ["neither rules nor defaultBackend", {}, 422],
    ["a port number as a string", port({ number: "80" }), 400],
  ])("%s is refused", async (_, spec, status) => {
    expect((await send({ spec })).status).toBe(status);
  });

  test("an annotation that is no string is refused", async () => {
    const answer = await send({ metadata: { annotations: { a: 1 } }, spec: { defaultBackend: backend } });
    expect(answer.status).toBe(400);
  });

  test("the class annotation may stand beside ingressClassName on create only if they are equal", async () => {
    const annotated = (name: string) => ({
      metadata: { annotations: { "kubernetes.io/ingress.class": name } },
      spec: { defaultBackend: backend, ingressClassName: "nginx" },
    });
    expect((await send(annotated("nginx"))).status).toBe(201);
    expect((await send(annotated("other"))).status).toBe(422);
  });

  test.each([["create"], ["apply"], ["apply", "--server-side"]])(
    "kubectl %s %s sends a null annotation as an empty string",
    async (...command) => {
      const web = named({ metadata: { annotations: { a: null } }, spec: { defaultBackend: backend } });
      await cluster.kubectl(alice, [...command.filter((part) => part !== undefined), "-f", "-"], {
        stdin: JSON.stringify(web),
      });
      const { metadata } = await get(web.metadata.name);
      expect(metadata.annotations).toMatchObject({ a: "" });
    },
  );

  test("client-side apply leaves an annotation alone that it never wrote", async () => {
    const web = named({ spec: { defaultBackend: backend } });
    const apply = async () =>
      await cluster.kubectl(alice, ["apply", "-f", "-"], { stdin: JSON.stringify(web) });
    await apply();
    await cluster.kubectl(alice, ["annotate", "ingress", web.metadata.name, "-n", "shop", "injected=yes"]);
    await apply();
    expect((await get(web.metadata.name)).metadata.annotations).toMatchObject({ injected: "yes" });
  });

  test("v1beta1 is served no more", async () => {
    for (const group of ["networking.k8s.io", "extensions"]) {
      const answer = await cluster.request("admin", "GET", `/apis/${group}/v1beta1/ingresses`);
      expect(answer.status).toBe(404);
    }
  });

  test("a namespace that does not exist has an empty list, not a 404", async () => {
    const answer = await cluster.request("auditor", "GET", ingressesPath("no-such-namespace"));
    expect(answer).toMatchObject({ status: 200, body: { items: [] } });
  });
});

describe("generation and resourceVersion", () => {
  test.each<[string, JsonObject, boolean, boolean]>([
    ["a change of the spec", { spec: { ingressClassName: "other" } }, true, true],
    ["an annotation", { metadata: { annotations: { a: "1" } } }, false, true],
    ["a label", { metadata: { labels: { a: "1" } } }, false, true],
    ["a finalizer", { metadata: { finalizers: ["example.com/a"] } }, false, true],
    ["nothing", { spec: { ingressClassName: "nginx" } }, false, false],
    [
      "a status, but not through /status",
      { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } },
      false,
      false,
    ],
  ])("%s", async (_, patch, movesGeneration, movesVersion) => {
    const before = await create(ingress("shop", "any"));
    const after = await patched(before.metadata.name, patch);
    expect(after.metadata.generation !== before.metadata.generation).toBe(movesGeneration);
    expect(after.metadata.resourceVersion !== before.metadata.resourceVersion).toBe(movesVersion);
  });

  test("a deleted and re-created object has another uid, a higher resourceVersion and generation 1", async () => {
    const web = named(ingress("shop", "any"));
    const first = await created(web);
    await patched(web.metadata.name, { spec: { ingressClassName: "other" } });
    await cluster.request(alice, "DELETE", ingressPath("shop", web.metadata.name));
    const second = await created(web);
    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion));
    expect(second.metadata.generation).toBe(1);
  });

  test("a write with a resourceVersion that is no longer current is a conflict", async () => {
    const before = await create(ingress("shop", "any"));
    await patched(before.metadata.name, { metadata: { annotations: { a: "1" } } });
    const answer = await cluster.request(
      alice,
      "PUT",
      ingressPath("shop", before.metadata.name),
      before.object,
    );
    expect(answer.status).toBe(409);
  });
});

describe("the status subresource", () => {
  test("takes annotations, labels, finalizers and owners, and no spec", async () => {
    const { metadata } = await create(ingress("shop", "any"));
    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "x", uid: "1" };
    const changes = {
      annotations: { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" },
      labels: { added: "yes" },
      finalizers: ["example.com/a"],
      ownerReferences: [owner],
    };
    const after = await patched(
      metadata.name,
      { metadata: changes, spec: { ingressClassName: "other" } },
      "/status",
    );
    expect(after.metadata).toMatchObject(changes);
    expect(after.spec.ingressClassName).toBe("nginx");
    expect(after.metadata.managedFields).toContainEqual(expect.objectContaining({ subresource: "status" }));
  });
});

describe("managedFields", () => {
  test("one backend changed: the patching manager owns all rules, and rules is all it says", async () => {
    const { metadata } = await create(ingress("shop", "any"));
    const service = "/spec/rules/0/http/paths/0/backend/service/name";
    const patch = [{ op: "replace", path: service, value: "api-v2" }];
    const after = await patched(metadata.name, patch, "?fieldManager=kubectl-patch", {
      contentType: "application/json-patch+json",
    });
    expect(owners(after)).toEqual({
      "kubectl-patch": { "f:spec": { "f:rules": {} } },
      "test-client": {
        "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
        "f:spec": { "f:ingressClassName": {} },
      },
    });
  });

  test("annotations are owned one by one; one that is removed leaves no owner", async () => {
    const { metadata } = await create({ spec: { defaultBackend: backend } });
    await patched(metadata.name, { metadata: { annotations: { a: "1", b: "1" } } }, "?fieldManager=writer");
    const after = await patched(
      metadata.name,
      { metadata: { annotations: { a: null } } },
      "?fieldManager=remover",
    );
    expect(owners(after)).toEqual({
      "test-client": { "f:spec": OWNED_BACKEND },
      writer: { "f:metadata": { "f:annotations": { ".": {}, "f:b": {} } } },
    });
  });

  test("the manager's default is the user agent up to its first slash", async () => {
    const answer = await cluster.request(
      alice,
      "POST",
      ingressesPath("shop"),
      named(ingress("shop", "any")),
      {
        userAgent: "Mozilla/5.0 (X11)",
      },
    );
    expect(Object.keys(owners(stored(answer.body)))).toEqual(["Mozilla"]);
  });

  test("who writes the value that is there already becomes no owner", async () => {
    const { metadata } = await create(ingress("shop", "any"));
    const after = await patched(
      metadata.name,
      { spec: { ingressClassName: "nginx" } },
      "?fieldManager=second",
    );
    expect(Object.keys(owners(after))).toEqual(["test-client"]);
  });

  test("a manager's time does not move when another one takes its field", async () => {
    const before = await create(ingress("shop", "any"));
    const timeOf = (object: Stored) =>
      object.metadata.managedFields?.find(({ manager }) => manager === "test-client")?.time;
    await sleep(1100);
    const { rules } = ingress("shop", "any", { service: "api-v2" }).spec;
    const after = await patched(before.metadata.name, { spec: { rules } }, "?fieldManager=second");
    expect(timeOf(after)).toBe(timeOf(before));
  });

  test("of more than ten managers, the oldest become ancient-changes", async () => {
    const { metadata } = await create(ingress("shop", "any"));
    let after: Stored | undefined;
    for (let index = 1; index <= 12; index += 1) {
      const patch = { metadata: { annotations: { [`a${index}`]: "1" } } };
      after = await patched(metadata.name, patch, `?fieldManager=m${index}`);
    }
    const names = after?.metadata.managedFields?.map(({ manager }) => manager) ?? [];
    expect(names).toHaveLength(10);
    expect(names).toContain("ancient-changes");
  });

  test("anyone may clear them, and they stay away until the next apply, which blames nobody", async () => {
    const { metadata } = await create(ingress("shop", "any"));
    const cleared = await patched(metadata.name, { metadata: { managedFields: [{}] } });
    expect(cleared.metadata.managedFields).toBeUndefined();
    const annotated = await patched(
      metadata.name,
      { metadata: { annotations: { a: "1" } } },
      "?fieldManager=writer",
    );
    expect(annotated.metadata.managedFields).toBeUndefined();
    const applied = await patched(
      metadata.name,
      named(ingress("shop", "any"), metadata.name),
      "?fieldManager=applier&force=true",
      { contentType: "application/apply-patch+yaml" },
    );
    expect(Object.keys(owners(applied)).sort()).toEqual(["applier", "before-first-apply"]);
  });
});

describe("whose a field is", () => {
  const applied = { contentType: "application/apply-patch+yaml" };
  const withNote = (name: string, value: string) =>
    named({ metadata: { annotations: { note: value } }, spec: { defaultBackend: backend } }, name);
  const apply = (name: string, value: string, manager: string) =>
    patched(name, withNote(name, value), `?fieldManager=${manager}&force=true`, applied);
  const ownersOfNote = (object: Stored) =>
    Object.entries(owners(object))
      .filter(([, fields]) => JSON.stringify(fields).includes('"f:note"'))
      .map(([manager]) => manager)
      .sort();

  test("whoever applied it last, until somebody changes it: that one's alone", async () => {
    const { metadata } = await create({ spec: { defaultBackend: backend } });
    expect(ownersOfNote(await apply(metadata.name, "a", "pipeline"))).toEqual(["pipeline"]);
    const edited = { metadata: { annotations: { note: "b" } } };
    expect(ownersOfNote(await patched(metadata.name, edited, "?fieldManager=hand"))).toEqual(["hand"]);
    expect(ownersOfNote(await apply(metadata.name, "a", "pipeline"))).toEqual(["pipeline"]);
  });

  test("also theirs who applies the value that is there: what an applier owns is what it last declared", async () => {
    const { metadata } = await create({
      metadata: { annotations: { note: "a" } },
      spec: { defaultBackend: backend },
    });
    expect(ownersOfNote(await apply(metadata.name, "a", "pipeline"))).toEqual(["pipeline", "test-client"]);
    expect(ownersOfNote(await apply(metadata.name, "b", "pipeline"))).toEqual(["pipeline"]);
  });

  test("a plain write and an apply of one manager have an entry each", async () => {
    const { metadata } = await create({ spec: { defaultBackend: backend } });
    await apply(metadata.name, "a", "pipeline");
    const spoofed = await patched(
      metadata.name,
      { metadata: { annotations: { note: "b" } } },
      "?fieldManager=pipeline",
    );
    const entries = spoofed.object.metadata as { readonly managedFields: readonly JsonObject[] };
    expect(entries.managedFields.map(({ manager, operation }) => `${manager} ${operation}`).sort()).toEqual([
      "pipeline Apply",
      "pipeline Update",
      "test-client Update",
    ]);
  });
});

describe("kubectl's last-applied annotation", () => {
  const NOTE = "kubectl.kubernetes.io/last-applied-configuration";
  const web = (name: string, service: string) =>
    named({ spec: { defaultBackend: { service: { name: service, port: { number: 80 } } } } }, name);
  const kubectl = (args: readonly string[], object: JsonObject) =>
    cluster.kubectl(alice, [...args, "-f", "-"], { stdin: JSON.stringify(object) });
  async function note(name: string) {
    const object = await get(name);
    const annotations = (object.metadata.annotations ?? {}) as Readonly<Record<string, string>>;
    const text = annotations[NOTE];
    const entries = (object.object.metadata as { readonly managedFields: readonly JsonObject[] })
      .managedFields;
    return {
      service: text === undefined ? null : /"name":"([^"]+)","port"/.exec(text)?.[1],
      writers: entries
        .filter(({ fieldsV1 }) => JSON.stringify(fieldsV1).includes(NOTE))
        .map(
          ({ manager, operation, time }) =>
            `${manager} ${operation}${time === undefined ? " without a time" : ""}`,
        ),
    };
  }

  test("is the applier's, and who changes the object otherwise leaves it as it was", async () => {
    const { metadata } = web(`noted-${++count}`, "a");
    await kubectl(["apply"], web(metadata.name, "a"));
    await patched(metadata.name, web(metadata.name, "b"), "?fieldManager=pipeline&force=true", {
      contentType: "application/apply-patch+yaml",
    });
    await patched(
      metadata.name,
      { spec: { defaultBackend: { service: { name: "c" } } } },
      "?fieldManager=kubectl-edit",
    );
    expect(await note(metadata.name)).toEqual({
      service: "a",
      writers: ["kubectl-client-side-apply Update"],
    });
  });

  test("is kept up to date by kubectl's server-side apply, through an entry of its own", async () => {
    const { metadata } = web(`noted-${++count}`, "a");
    await kubectl(["apply"], web(metadata.name, "a"));
    await kubectl(["apply", "--server-side", "--force-conflicts"], web(metadata.name, "b"));
    expect(await note(metadata.name)).toEqual({
      service: "b",
      writers: ["kubectl-last-applied Apply without a time"],
    });
  });

  test("is anybody's to write, who then owns it", async () => {
    const { metadata } = web(`noted-${++count}`, "a");
    await kubectl(["apply"], web(metadata.name, "a"));
    await kubectl(["apply", "set-last-applied"], web(metadata.name, "forged"));
    expect(await note(metadata.name)).toEqual({ service: "forged", writers: ["kubectl Update"] });
  });

  test("goes away with kubectl replace, unless that is told to keep it", async () => {
    const { metadata } = web(`noted-${++count}`, "a");
    await kubectl(["apply"], web(metadata.name, "a"));
    await kubectl(["replace"], web(metadata.name, "b"));
    expect(await note(metadata.name)).toEqual({ service: null, writers: [] });
    await kubectl(["replace", "--save-config"], web(metadata.name, "c"));
    expect(await note(metadata.name)).toEqual({ service: "c", writers: ["kubectl-replace Update"] });
  });
});

describe("the default IngressClass", () => {
  const without = { spec: { defaultBackend: backend } };

  beforeAll(async () => {
    await createClass("first");
    await eventually(async () => (await create(without)).spec.ingressClassName === "first");
  });

  test("is filled in on create, and nobody owns the field", async () => {
    const web = await create(without);
    expect(web.spec.ingressClassName).toBe("first");
    expect(owners(web)).toEqual({ "test-client": { "f:spec": OWNED_BACKEND } });
  });

  test("is filled in for null too", async () => {
    const web = await create({ spec: { defaultBackend: backend, ingressClassName: null } });
    expect(web.spec.ingressClassName).toBe("first");
  });

  test.each(["nginx", ""])("is not filled in beside the class annotation %j", async (name) => {
    const annotations = { "kubernetes.io/ingress.class": name };
    const web = await create({ metadata: { annotations }, ...without });
    expect(web.spec.ingressClassName).toBeUndefined();
  });

  test("is not filled in on update", async () => {
    const web = named(without);
    await created(web);
    const answer = await cluster.request(alice, "PUT", ingressPath("shop", web.metadata.name), web);
    expect(stored(answer.body).spec.ingressClassName).toBeUndefined();
  });

  test.each([["apply"], ["apply", "--server-side"]])(
    "stays through a second kubectl %s %s",
    async (...command) => {
      const web = named(without);
      const args = [...command.filter((part) => part !== undefined), "-f", "-"];
      await cluster.kubectl(alice, args, { stdin: JSON.stringify(web) });
      await cluster.kubectl(alice, args, { stdin: JSON.stringify(web) });
      expect((await get(web.metadata.name)).spec.ingressClassName).toBe("first");
    },
  );

  test("of two, the newer one is taken", async () => {
    // Times are whole seconds.
    await sleep(1100);
    await createClass("second");
    await eventually(async () => (await create(without)).spec.ingressClassName === "second");
  });

  test('only "true" makes a class the default', async () => {
    await markDefault("first", "false");
    await markDefault("second", "True");
    await eventually(async () => (await create(without)).spec.ingressClassName === undefined);
  });
});

function tls(entry: JsonObject): JsonObject {
  return { defaultBackend: backend, tls: [entry] };
}

function rule(entry: JsonObject): JsonObject {
  return { rules: [{ http: { paths: [entry] } }] };
}

function port(value: JsonObject): JsonObject {
  return { defaultBackend: { service: { name: "api", port: value } } };
}

function host(name: string): JsonObject {
  return { host: name, http: { paths: [path] } };
}

interface ManagedFields {
  readonly manager: string;
  readonly time: string;
  readonly fieldsV1: JsonObject;
}

interface Stored {
  readonly object: JsonObject;
  readonly metadata: JsonObject & {
    readonly name: string;
    readonly managedFields?: readonly ManagedFields[];
  };
  readonly spec: JsonObject;
  readonly status: Json | undefined;
}

function stored(object: Json): Stored {
  if (!isJsonObject(object) || !isJsonObject(object.spec)) throw new Error(JSON.stringify(object));
  return {
    object,
    metadata: object.metadata as Stored["metadata"],
    spec: object.spec,
    status: object.status,
  };
}

function owners({ metadata }: Stored): Record<string, JsonObject> {
  return Object.fromEntries(
    (metadata.managedFields ?? []).map(({ manager, fieldsV1 }) => [manager, fieldsV1]),
  );
}

/** The object with a name of its own. */
function named(object: JsonObject, name = `web-${++count}`) {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const type = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" };
  return { ...type, ...object, metadata: { ...metadata, name, namespace: "shop" } };
}

async function send(object: JsonObject) {
  return await cluster.request(alice, "POST", ingressesPath("shop"), named(object));
}

async function create(object: JsonObject): Promise<Stored> {
  return await created(named(object));
}

async function created(object: JsonObject): Promise<Stored> {
  return stored((await cluster.request(alice, "POST", ingressesPath("shop"), object)).body);
}

async function get(name: string): Promise<Stored> {
  return stored((await cluster.request(alice, "GET", ingressPath("shop", name))).body);
}

async function patched(
  name: string,
  patch: Json,
  suffix = "",
  options: Parameters<TestCluster["request"]>[4] = mergePatch,
): Promise<Stored> {
  const target = `${ingressPath("shop", name)}${suffix}`;
  return stored((await cluster.request(alice, "PATCH", target, patch, options)).body);
}

const CLASSES = "/apis/networking.k8s.io/v1/ingressclasses";
const IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";

async function createClass(name: string): Promise<void> {
  await cluster.request("admin", "POST", CLASSES, {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name, annotations: { [IS_DEFAULT]: "true" } },
    spec: { controller: "example.com/any" },
  });
}

async function markDefault(name: string, value: string): Promise<void> {
  const patch = { metadata: { annotations: { [IS_DEFAULT]: value } } };
  await cluster.request("admin", "PATCH", `${CLASSES}/${name}`, patch, mergePatch);
}

/** The server's admission sees a change of the classes some moments later. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("it did not come to pass within 10 s");
    await sleep(50);
  }
}
