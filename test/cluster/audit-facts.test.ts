import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { AUDIT_EVENT_KINDS } from "../support/cluster/audit-events/all-kinds.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";

/** The facts of docs/kubernetes-facts.md on the audit log, asked from the server itself. */

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/audit-events");
const kinds = AUDIT_EVENT_KINDS.filter(({ auditLevel }) => auditLevel === "sufficient");

let cluster: TestCluster;
let events: readonly JsonObject[];

beforeAll(async () => {
  cluster = await startCluster();
  for (const { name, happen } of kinds) {
    await cluster.createNamespace(name);
    await happen(cluster, name);
  }
  events = (await cluster.auditEvents()).filter(isJsonObject);
});

afterAll(async () => {
  await cluster.stop();
});

describe("the recorded events", () => {
  test("there is a file for each kind, and no other", async () => {
    const files = (await readdir(FIXTURES)).filter((name) => name.endsWith(".jsonl"));
    expect(files.sort()).toEqual(AUDIT_EVENT_KINDS.map(({ name }) => `${name}.jsonl`).sort());
  });

  test.each(kinds.map(({ name }) => name))("%s is what the server logs today", async (kind) => {
    const recorded = (await readFile(path.join(FIXTURES, `${kind}.jsonl`), "utf8"))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as JsonObject);
    expect(outlines(recorded)).toEqual(outlines(of(kind)));
  });
});

describe("creates and changes", () => {
  test("a create's uid and resourceVersion are in responseObject only", () => {
    const [create] = of("create");
    expect(create?.objectRef).toEqual({
      resource: "ingresses",
      namespace: "create",
      name: "web",
      apiGroup: "networking.k8s.io",
      apiVersion: "v1",
    });
    expect(metadataOf(create?.responseObject)).toMatchObject({ uid: any, resourceVersion: any });
  });

  test("with generateName, so is the name", () => {
    const [create] = of("create-generate-name");
    expect(create?.objectRef).not.toHaveProperty("name");
    expect(metadataOf(create?.responseObject).name).toMatch(/^web-/);
  });

  test("an update's objectRef has the version that the client sent, which is the one before", () => {
    const [create, update] = of("kubectl-create-and-replace");
    expect(update?.objectRef).toMatchObject({ resourceVersion: versionOf(create) });
    expect(versionOf(update)).not.toBe(versionOf(create));
  });

  test("a create's requestObject was decoded and encoded: a status appears that nobody sent", () => {
    expect(of("create")[0]?.requestObject).toMatchObject({ status: { loadBalancer: {} } });
  });

  test.each([
    ["kubectl-patch-json", [{ op: "replace", path: any, value: "api-v2" }]],
    [
      "kubectl-patch-merge",
      { metadata: { annotations: { team: "shop" } }, spec: { ingressClassName: null } },
    ],
    ["kubectl-edit", { spec: { rules: [expect.objectContaining({ host: any, http: any })] } }],
  ])("%s: requestObject is the patch as it was sent", (kind, patch) => {
    expect(of(kind)[1]?.requestObject).toEqual(patch);
  });

  test("server-side apply is a patch, also where it creates; its body says what it is", () => {
    const [create, change, same] = of("server-side-apply");
    expect([create, change, same].map((event) => [event?.verb, codeOf(event)])).toEqual([
      ["patch", 201],
      ["patch", 200],
      ["patch", 200],
    ]);
    expect(create?.requestURI).toContain("fieldManager=kustomize-controller&force=true");
    expect(create?.requestObject).toMatchObject({ apiVersion: "networking.k8s.io/v1", kind: "Ingress" });
    expect(versionOf(same)).toBe(versionOf(change));
  });

  test("kubectl apply of an unchanged object writes nothing", () => {
    expect(of("kubectl-apply").map(({ verb }) => verb)).toEqual(["create", "patch"]);
  });

  test("a write that changes nothing has the resourceVersion of before", () => {
    expect(new Set(of("no-change").map(versionOf)).size).toBe(1);
  });

  test("a conflict of managers is a 409", () => {
    expect(of("kubectl-apply-server-side").map(codeOf)).toEqual([201, 409, 200]);
  });
});

describe("deletes", () => {
  test("a delete's uid is in the details of the Status that answers it, and no resourceVersion is anywhere", () => {
    const [create, remove] = of("delete");
    const uid = metadataOf(create?.responseObject).uid ?? "none";
    expect(remove?.responseObject).toMatchObject({ kind: "Status", status: "Success", details: { uid } });
    expect(remove?.objectRef).not.toHaveProperty("uid");
    expect(JSON.stringify(remove)).not.toContain("resourceVersion");
  });

  test("a finalizer holds the object; it goes with the patch that removes the last one", () => {
    const [, remove, release] = of("delete-with-finalizer");
    expect(metadataOf(remove?.responseObject)).toMatchObject({ deletionTimestamp: any, finalizers: any });
    expect(release).toMatchObject({ verb: "patch", responseStatus: { code: 200 } });
    expect(metadataOf(release?.responseObject)).not.toHaveProperty("finalizers");
    expect(versionOf(release)).toBe(versionOf(remove));
  });

  test("a deletecollection answers with the objects as they were", () => {
    const [selected, rest] = of("delete-collection").filter(({ verb }) => verb === "deletecollection");
    expect(selected?.objectRef).not.toHaveProperty("name");
    expect(selected?.requestURI).toContain("labelSelector=app%3Dweb-1");
    expect(deletedNames(selected)).toEqual(["web-1"]);
    expect(deletedNames(rest)).toEqual(["web-2", "web-3"]);
  });

  test("kubectl delete --all and replace --force are single deletes", () => {
    expect(of("kubectl-delete-all").map(({ verb }) => verb)).toEqual([
      "create",
      "create",
      "delete",
      "delete",
    ]);
    expect(of("kubectl-replace-force").map(({ verb }) => verb)).toEqual(["create", "delete", "create"]);
  });
});

describe("what looks like a write and is none", () => {
  test("a dry run says so in the URI, or in the body of a delete", () => {
    const [, ...dryRuns] = of("dry-run");
    const told = dryRuns.map(({ verb, requestURI, requestObject }) => [
      verb,
      String(requestURI).includes("dryRun=All"),
      isJsonObject(requestObject) && JSON.stringify(requestObject.dryRun) === '["All"]',
    ]);
    expect(told).toEqual([
      ["update", true, false],
      ["patch", true, false],
      // kubectl delete --dry-run=server
      ["delete", false, true],
      ["delete", false, true],
      ["deletecollection", false, true],
      ["delete", true, false],
    ]);
  });

  test("a dry run's answer has the resourceVersion of before and a generation that never was", () => {
    const [create, update] = of("dry-run");
    expect(versionOf(update)).toBe(versionOf(create));
    expect(metadataOf(update?.responseObject).generation).toBe(2);
  });

  test("kubectl diff is a dry-run patch", () => {
    expect(of("kubectl-diff")[1]).toMatchObject({
      verb: "patch",
      requestURI: expect.stringContaining("dryRun=All"),
    });
  });

  test("403 comes at ResponseComplete; 401 only at ResponseStarted, from nobody", () => {
    const [, forbidden, , unauthorized] = of("refused");
    expect(forbidden).toMatchObject({ stage: "ResponseComplete", responseStatus: { code: 403 } });
    expect(unauthorized).toMatchObject({ stage: "ResponseStarted", user: {}, responseStatus: { code: 401 } });
  });
});

describe("identities", () => {
  test("impersonation keeps both users", () => {
    expect(of("impersonation")[1]).toMatchObject({
      user: { username: "alice@example.com", groups: ["developers", "system:authenticated"] },
      impersonatedUser: { username: "bob@example.com", groups: ["system:authenticated"] },
    });
  });

  test("a refused impersonation names whom it was refused for in the answer only", () => {
    const refused = of("impersonation-refused")[1];
    expect(refused).toMatchObject({
      user: { username: "mallory@example.com" },
      responseStatus: { code: 403 },
    });
    expect(refused).not.toHaveProperty("impersonatedUser");
    expect(refused).toMatchObject({ responseStatus: { details: { name: "bob@example.com" } } });
  });

  test("a mutating webhook is named in an annotation that is JSON in a string", () => {
    const event = of("mutating-webhook").at(-1);
    const annotations = isJsonObject(event?.annotations) ? event.annotations : {};
    expect(JSON.parse(String(annotations["mutation.webhook.admission.k8s.io/round_0_index_0"]))).toEqual({
      configuration: "mutating-webhook",
      webhook: "annotate.example.com",
      mutated: true,
    });
    expect(metadataOf(event?.requestObject)).not.toHaveProperty("annotations");
    expect(metadataOf(event?.responseObject)).toHaveProperty("annotations");
  });

  test("a write through the status subresource can change annotations", async () => {
    const write = of("status-annotation")[1];
    expect(write).toMatchObject({ objectRef: { subresource: "status" }, responseStatus: { code: 200 } });
    const web = await cluster.kubectl("auditor", [
      "get",
      "ingress",
      "web",
      "-n",
      "status-annotation",
      "-o",
      "json",
    ]);
    expect(web.stdout).toContain("server-snippet");
  });
});

const any = expect.anything();

function of(kind: string): readonly JsonObject[] {
  return events.filter(({ objectRef }) => isJsonObject(objectRef) && objectRef.namespace === kind);
}

/** What two recordings of one kind have in common; repetitions (a webhook waited for) count once. */
function outlines(list: readonly JsonObject[]): readonly string[] {
  const lines = list.map((event) => {
    const { objectRef, responseObject, requestObject } = event;
    const subresource = isJsonObject(objectRef) ? (objectRef.subresource ?? "") : "";
    const kindOf = (body: Json | undefined) => (isJsonObject(body) ? (body.kind ?? "patch") : typeof body);
    return [
      event.stage,
      event.level,
      event.verb,
      subresource,
      codeOf(event),
      kindOf(requestObject),
      kindOf(responseObject),
    ].join(" ");
  });
  return lines.filter((line, index) => line !== lines[index - 1]);
}

function codeOf(event: JsonObject | undefined): Json | undefined {
  return isJsonObject(event?.responseStatus) ? event.responseStatus.code : undefined;
}

function metadataOf(object: Json | undefined): JsonObject {
  return isJsonObject(object) && isJsonObject(object.metadata) ? object.metadata : {};
}

function versionOf(event: JsonObject | undefined): Json | undefined {
  return metadataOf(event?.responseObject).resourceVersion;
}

function deletedNames(event: JsonObject | undefined): readonly (Json | undefined)[] {
  const list = event?.responseObject;
  const items = isJsonObject(list) && Array.isArray(list.items) ? list.items : [];
  return items.map((item: Json) => metadataOf(item).name);
}
