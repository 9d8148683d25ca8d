import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { event, ingress, lines, readText } from "./support/audit-events.ts";

const uri = (query: string) => ({
  requestURI: `/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web${query}`,
});
const reference = (fields: JsonObject) => ({
  objectRef: {
    resource: "ingresses",
    namespace: "shop",
    name: "web",
    apiGroup: "networking.k8s.io",
    apiVersion: "v1",
    ...fields,
  },
});

async function onlyWrite(fields: JsonObject) {
  const { problems, writes } = await readText(lines(event(fields)));
  expect(problems).toEqual([]);
  expect(writes).toHaveLength(1);
  return writes[0];
}

describe("a write", () => {
  test("has all that the event tells", async () => {
    expect(await onlyWrite({})).toEqual({
      auditID: "id-1",
      at: "2026-01-01T00:00:00.010000Z",
      verb: "patch",
      user: "alice",
      impersonatedBy: null,
      groups: ["developers"],
      userAgent: "kubectl/v1.36.3",
      sourceIP: "10.0.0.1",
      fieldManager: "kubectl-patch",
      id: { namespace: "shop", name: "web" },
      uid: "u1",
      resourceVersion: "11",
      request: { spec: { ingressClassName: "b" } },
      isApply: false,
      after: ingress("11"),
      mutatedBy: [],
    });
  });

  test("by somebody impersonated has both, and the groups of the one it was done as", async () => {
    const write = await onlyWrite({ impersonatedUser: { username: "bob", groups: ["ops"] } });
    expect(write).toMatchObject({ user: "bob", impersonatedBy: "alice", groups: ["ops"] });
  });

  test("names the webhooks that changed the object, and not those that only looked", async () => {
    const round = (webhook: string, mutated: boolean) =>
      JSON.stringify({ configuration: "c", webhook, mutated });
    const annotations = {
      "mutation.webhook.admission.k8s.io/round_0_index_0": round("a.example.com", true),
      "mutation.webhook.admission.k8s.io/round_0_index_1": round("b.example.com", false),
      "mutation.webhook.admission.k8s.io/round_1_index_0": "{torn",
      "patch.webhook.admission.k8s.io/round_0_index_0": round("c.example.com", true),
    };
    expect(await onlyWrite({ annotations })).toMatchObject({ mutatedBy: ["a.example.com"] });
  });

  test("without bodies is a write of unknown content", async () => {
    const { requestObject: _, responseObject: __, ...bare } = event({ level: "Metadata" });
    const { writes } = await readText(lines(bare));
    expect(writes).toMatchObject([
      { request: undefined, after: undefined, uid: null, resourceVersion: null },
    ]);
  });

  test("never takes the version that an update was sent with for the one after it", async () => {
    const { responseObject: _, ...bare } = event({
      verb: "update",
      ...reference({ resourceVersion: "7", uid: "u1" }),
    });
    expect((await readText(lines(bare))).writes).toMatchObject([{ uid: "u1", resourceVersion: null }]);
  });

  test("through the status says so; through another subresource it is none", async () => {
    expect(await onlyWrite(reference({ subresource: "status" }))).toMatchObject({ subresource: "status" });
    expect((await readText(lines(event(reference({ subresource: "scale" }))))).writes).toEqual([]);
  });

  test.each<[string, JsonObject, boolean]>([
    ["with force", uri("?fieldManager=flux&force=true"), true],
    ["with its type, its manager and no managedFields to ask", uri("?fieldManager=flux"), true],
    [
      "whose manager has no Apply entry",
      {
        ...uri("?fieldManager=flux"),
        responseObject: ingress("11", { managedFields: [{ manager: "flux", operation: "Update" }] }),
      },
      false,
    ],
    [
      "whose manager has one",
      {
        ...uri("?fieldManager=flux"),
        responseObject: ingress("11", { managedFields: [{ manager: "flux", operation: "Apply" }] }),
      },
      true,
    ],
    ["without a manager", uri(""), false],
  ])("is a server-side apply or not: %s", async (_, fields, expected) => {
    const body = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", spec: {} };
    expect(await onlyWrite({ requestObject: body, ...fields })).toMatchObject({
      isApply: expected,
      verb: "patch",
    });
  });

  test("that creates by an apply is a create", async () => {
    const write = await onlyWrite({ ...uri("?fieldManager=flux&force=true"), responseStatus: { code: 201 } });
    expect(write).toMatchObject({ verb: "create", isApply: true });
  });

  test("that removes the last finalizer of a deleted object leaves none", async () => {
    const deletionTimestamp = "2026-01-01T00:00:00Z";
    expect(await onlyWrite({ responseObject: ingress("11", { deletionTimestamp }) })).toMatchObject({
      after: null,
      resourceVersion: null,
      uid: "u1",
    });
    const held = ingress("11", { deletionTimestamp, finalizers: ["x"] });
    expect(await onlyWrite({ responseObject: held })).toMatchObject({ after: held, resourceVersion: "11" });
    expect(await onlyWrite({ verb: "delete", responseObject: held })).toMatchObject({
      verb: "delete",
      after: held,
    });
  });
});

describe("a delete", () => {
  const status = { kind: "Status", status: "Success", details: { name: "web", uid: "u1" } };
  const deletion = { verb: "delete", requestObject: { kind: "DeleteOptions" }, responseObject: status };

  test("has the uid from its status", async () => {
    expect(await onlyWrite(deletion)).toMatchObject({
      verb: "delete",
      uid: "u1",
      after: null,
      request: undefined,
    });
  });

  test("without bodies may be a dry run", async () => {
    const { requestObject: _, responseObject: __, ...bare } = event({ verb: "delete", level: "Metadata" });
    expect((await readText(lines(bare))).writes).toMatchObject([{ verb: "delete", after: undefined }]);
    const cut = { ...bare, level: "RequestResponse", annotations: { "audit.k8s.io/truncated": "true" } };
    expect((await readText(lines(cut))).writes).toMatchObject([{ after: undefined }]);
    expect((await readText(lines({ ...bare, level: "Request" }))).writes).toMatchObject([{ after: null }]);
  });

  test("of a collection is one for each object, and one with finalizers is not known to be gone", async () => {
    const item = (name: string, more: JsonObject = {}): Json => ({
      metadata: { name, namespace: "shop", uid: `u-${name}`, ...more },
    });
    const { name: _, ...objectRef } = reference({}).objectRef;
    const list = { kind: "IngressList", items: [item("a"), item("b", { finalizers: ["x"] })] };
    const { writes } = await readText(
      lines(event({ verb: "deletecollection", objectRef, responseObject: list })),
    );
    expect(writes.map(({ after, auditID, id, uid, verb }) => [verb, id.name, uid, after, auditID])).toEqual([
      ["delete", "a", "u-a", null, "id-1"],
      ["delete", "b", "u-b", undefined, "id-1"],
    ]);
  });
});

describe("no write", () => {
  test.each<[string, JsonObject]>([
    ["a dry run in the URI", uri("?fieldManager=x&dryRun=All")],
    ["a dry run, encoded", uri("?dry%52un=%41ll")],
    [
      "a delete's dry run in its body",
      { verb: "delete", requestObject: { kind: "DeleteOptions", dryRun: ["All"] } },
    ],
    ["a failure", { responseStatus: { code: 409 } }],
    ["a server error", { responseStatus: { code: 500 } }],
    ["a panic", { stage: "Panic" }],
    ["another stage", { stage: "RequestReceived" }],
    ["a read", { verb: "get" }],
    ["another resource of that name", reference({ apiGroup: "example.com" })],
    [
      "another resource that mentions it",
      { ...reference({ resource: "configmaps", apiGroup: "" }), note: "ingresses" },
    ],
  ])("is %s", async (_, fields) => {
    const trail = await readText(lines(event(fields)));
    expect(trail).toMatchObject({ writes: [], refused: [], problems: [] });
  });

  test("is dryRun in another parameter's value", async () => {
    expect(await onlyWrite(uri("?fieldManager=dryRun%3DAll"))).toMatchObject({ fieldManager: "dryRun=All" });
  });
});

describe("a refused write", () => {
  test("is kept apart: forbidden, or without valid credentials", async () => {
    const forbidden = event({ responseStatus: { code: 403 }, auditID: "id-2" });
    const unauthenticated = event({ responseStatus: { code: 401 }, stage: "ResponseStarted", user: {} });
    const { refused, writes } = await readText(lines(forbidden, unauthenticated));
    expect(writes).toEqual([]);
    expect(refused.map(({ auditID, status, user }) => [auditID, status, user])).toEqual([
      ["id-2", 403, "alice"],
      ["id-1", 401, "(unauthenticated)"],
    ]);
  });
});

describe("what is wrong with an event", () => {
  test.each<[string, JsonObject, string]>([
    [
      "an old version",
      { responseObject: { ...ingress("11"), apiVersion: "networking.k8s.io/v1beta1" } },
      "audit-log-old-version",
    ],
    ["no name anywhere", { ...reference({ name: "" }), responseObject: null }, "audit-log-object-unnamed"],
    ["no status", { responseStatus: null }, "audit-log-event-incomplete"],
    ["a time that is none", { stageTimestamp: "yesterday" }, "audit-log-event-incomplete"],
  ])("is a problem: %s", async (_, fields, code) => {
    const { problems } = await readText(lines(event(fields)));
    expect(problems).toMatchObject([{ code, line: 1, level: "warning" }]);
  });

  test("never crashes the reader, whatever has the wrong type", async () => {
    const values: Json[] = [null, 1, "x", true, [], {}, [null], { a: null }];
    const events = Object.keys(event()).flatMap((name) =>
      values.map((value, index) => event({ auditID: `${name}-${index}`, [name]: value })),
    );
    const trail = await readText(lines(...events));
    expect(trail.eventCount).toBeGreaterThan(0);
  });

  test("a body nested deeper than any Ingress is left out", async () => {
    const deep = `${'{"a":'.repeat(9000)}1${"}".repeat(9000)}`;
    const text = lines(event({ requestObject: "DEEP" })).replace('"DEEP"', deep);
    expect((await readText(text)).writes).toMatchObject([{ request: undefined, after: ingress("11") }]);
  });
});

describe("repeated events", () => {
  test("count once, and the same auditID on another request is another write", async () => {
    const forged = event({
      user: { username: "mallory" },
      responseObject: ingress("12"),
      stageTimestamp: "2026-01-01T00:00:01.000000Z",
    });
    const { writes } = await readText(lines(event(), event(), forged));
    expect(writes.map(({ user }) => user)).toEqual(["alice", "mallory"]);
  });
});
