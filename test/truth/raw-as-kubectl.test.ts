import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { KUBECTL_AGENT, listPath, objectPath } from "../support/truth/cluster-life.ts";
import { markRequest, rawRequest } from "../support/truth/hand-writes.ts";
import type { IngressModel } from "../support/truth/ingress-model.ts";
import { UNWRITTEN, withValue } from "../support/truth/ingress-model.ts";
import { manifest } from "../support/truth/manifest.ts";
import { jsonPatch, mergePatch } from "../support/truth/patches.ts";

// The stories of the truth test make most writes by raw requests, for kubectl costs 100 ms a call. Here both ways make
// the same change to twins, and the API server logs and stores both alike.
const ALICE = "alice@example.com";
const NAMESPACE = "twins";
const MODEL: IngressModel = {
  ...UNWRITTEN,
  annotations: { "example.com/team": "shop" },
  labels: { tier: "front" },
  class: { name: "nginx" },
  defaultBackend: {},
  rules: { "shop.example.com": { "Prefix /": { service: "web", port: "80" } } },
  tls: {},
};
const CHANGED = withValue(
  withValue(MODEL, ["rules", "shop.example.com", "Prefix /", "service"], "web-v2"),
  ["annotations", "example.com/team"],
  "pay",
);

type Way = Parameters<typeof rawRequest>[0];

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster();
  await cluster.createNamespace(NAMESPACE);
});
afterAll(async () => await cluster?.stop());

describe("a raw request in kubectl's manner leaves what kubectl leaves", () => {
  test.for<Way>(["strategic", "merge", "json", "edit", "replace", "apply"])("%s", async (way) => {
    const byKubectl = await twin(`left-${way}`);
    const byRequest = await twin(`right-${way}`);
    await changeByKubectl(way, byKubectl);
    const { live, name } = byRequest;
    const { method, body, fieldManager, parameters, options } = rawRequest(
      way,
      live,
      written(name, MODEL),
      written(name, CHANGED),
    );
    const target = `${objectPath({ namespace: NAMESPACE, name })}?fieldManager=${fieldManager}${parameters ?? ""}`;
    const answer = await cluster.request(ALICE, method, target, body, {
      userAgent: KUBECTL_AGENT,
      ...options,
    });

    expect(answer.status).toBe(200);
    expect(await lastEvent(byRequest.name)).toEqual(await lastEvent(byKubectl.name));
  });

  test.for(["annotate", "label"] as const)("%s", async (verb) => {
    for (const value of ["pay", null]) {
      const key = verb === "annotate" ? "example.com/team" : "tier";
      const byKubectl = await twin(`left-${verb}-${value}`);
      const byRequest = await twin(`right-${verb}-${value}`);
      const argument = value === null ? `${key}-` : `${key}=${value}`;
      const overwrite = value === null ? [] : ["--overwrite"];
      await cluster.kubectl(ALICE, [
        verb,
        "ingress",
        byKubectl.name,
        "-n",
        NAMESPACE,
        argument,
        ...overwrite,
      ]);
      const { method, body, fieldManager, options } = markRequest(verb, key, value);
      const target = `${objectPath({ namespace: NAMESPACE, name: byRequest.name })}?fieldManager=${fieldManager}`;
      await cluster.request(ALICE, method, target, body, { userAgent: KUBECTL_AGENT, ...options });
      expect(await lastEvent(byRequest.name)).toEqual(await lastEvent(byKubectl.name));
    }
  });

  test("edit of finalizers, which a strategic patch merges", async () => {
    const held = (...names: readonly string[]): IngressModel => ({
      ...MODEL,
      finalizers: Object.fromEntries(names.map((name) => [`example.com/${name}`, "yes"])),
    });
    const [before, after] = [held("a", "b"), held("b", "c")];
    const byKubectl = await twin("left-held", before);
    const byRequest = await twin("right-held", before);
    await editByKubectl(byKubectl.name, "s#example.com/b#example.com/c#; s#example.com/a#example.com/b#");
    const { method, body, fieldManager, options } = rawRequest(
      "edit",
      byRequest.live,
      written(byRequest.name, before),
      written(byRequest.name, after),
    );
    const target = `${objectPath({ namespace: NAMESPACE, name: byRequest.name })}?fieldManager=${fieldManager}`;
    await cluster.request(ALICE, method, target, body, { userAgent: KUBECTL_AGENT, ...options });
    expect(await lastEvent(byRequest.name)).toEqual(await lastEvent(byKubectl.name));
  });

  test("create and delete", async () => {
    const body = { stdin: JSON.stringify(written("left-made", MODEL)) };
    await cluster.kubectl(ALICE, ["create", "-f", "-"], body);
    const target = `${listPath({ namespace: NAMESPACE, name: "" })}?fieldManager=kubectl-create`;
    await cluster.request(ALICE, "POST", target, written("right-made", MODEL), {
      userAgent: KUBECTL_AGENT,
    });
    expect(await lastEvent("right-made")).toEqual(await lastEvent("left-made"));

    await cluster.kubectl(ALICE, ["delete", "ingress", "left-made", "-n", NAMESPACE, "--wait=false"]);
    const options = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Background" };
    const made = objectPath({ namespace: NAMESPACE, name: "right-made" });
    await cluster.request(ALICE, "DELETE", made, options, { userAgent: KUBECTL_AGENT });
    expect(await lastEvent("right-made")).toEqual(await lastEvent("left-made"));
  });
});

async function twin(
  name: string,
  model: IngressModel = MODEL,
): Promise<{ readonly name: string; readonly live: JsonObject }> {
  const target = listPath({ namespace: NAMESPACE, name });
  const { body } = await cluster.request("admin", "POST", target, written(name, model));
  if (!isJsonObject(body)) throw new Error(`no answer: ${body}`);
  return { name, live: body };
}

function written(name: string, model: IngressModel): JsonObject {
  return manifest({ namespace: NAMESPACE, name }, model);
}

async function changeByKubectl(way: Way, { name, live }: Awaited<ReturnType<typeof twin>>): Promise<void> {
  const [before, after] = [written(name, MODEL), written(name, CHANGED)];
  const patch = ["patch", "ingress", name, "-n", NAMESPACE];
  switch (way) {
    case "strategic":
    case "merge":
      await cluster.kubectl(ALICE, [
        ...patch,
        `--type=${way}`,
        "-p",
        JSON.stringify(mergePatch(before, after)),
      ]);
      return;
    case "json":
      await cluster.kubectl(ALICE, [...patch, "--type=json", "-p", JSON.stringify(jsonPatch(before, after))]);
      return;
    case "edit":
      await editByKubectl(name, "s/name: web$/name: web-v2/; s/team: shop/team: pay/");
      return;
    case "replace": {
      const { body } = rawRequest("replace", live, before, after);
      await cluster.kubectl(ALICE, ["replace", "-f", "-"], { stdin: JSON.stringify(body) });
      return;
    }
    case "apply":
      await cluster.kubectl(ALICE, ["apply", "--server-side", "--force-conflicts", "-f", "-"], {
        stdin: JSON.stringify(after),
      });
      return;
    default:
      return way satisfies never;
  }
}

/** @param script Of sed, on what kubectl opens in the editor. */
async function editByKubectl(name: string, script: string): Promise<void> {
  const editor = path.join(cluster.scratchFolder, "edit-twin.sh");
  await writeFile(editor, `#!/bin/sh\nsed -i "${script}" "$1"\n`, { mode: 0o755 });
  await cluster.kubectl(ALICE, ["edit", "ingress", name, "-n", NAMESPACE], {
    env: { KUBE_EDITOR: editor },
  });
}

/** What an audit reads of the last write to an object, without what differs between any two objects. */
async function lastEvent(name: string): Promise<Json> {
  const events = (await cluster.auditEvents()).filter(isJsonObject);
  const event = events.findLast(
    ({ objectRef, verb }) => isJsonObject(objectRef) && objectRef.name === name && verb !== "get",
  );
  if (event === undefined) throw new Error(`no event of ${name}`);
  const { requestURI, userAgent, verb, user, requestObject, responseObject, responseStatus } = event;
  const query = new URLSearchParams(String(requestURI).split("?")[1]);
  return {
    verb: verb ?? null,
    fieldManager: query.get("fieldManager"),
    force: query.get("force"),
    agent: String(userAgent).split(" ")[0] ?? null,
    user: isJsonObject(user) ? (user.username ?? null) : null,
    code: isJsonObject(responseStatus) ? (responseStatus.code ?? null) : null,
    request: withoutOwn(requestObject ?? null, name),
    response: withoutOwn(responseObject ?? null, name),
  };
}

function withoutOwn(value: Json, name: string): Json {
  if (typeof value === "string") return value.replaceAll(name, "NAME");
  if (Array.isArray(value)) return value.map((each: Json) => withoutOwn(each, name));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key]) => !["uid", "resourceVersion", "creationTimestamp", "time"].includes(key),
  );
  return Object.fromEntries(
    kept.map(([key, each]) => [
      key,
      key === "managedFields" ? sortedEntries(each, name) : withoutOwn(each, name),
    ]),
  );
}

/** The server sorts them by their times, which differ in two twins as the seconds fall. */
function sortedEntries(entries: Json, name: string): Json {
  const texts = Array.isArray(entries)
    ? entries.map((each: Json) => JSON.stringify(withoutOwn(each, name)))
    : [];
  return texts.sort();
}
