import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { apiReader } from "../../../src/adapters/kubernetes/api-reader.ts";
import { snapshotReader } from "../../../src/adapters/kubernetes/snapshot-reader.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { LiveSnapshot } from "../../../src/ports/cluster-reader.ts";
import { tokenOf } from "../../support/cluster/access.ts";
import { type Fault, type FlakyProxy, startFlakyProxy } from "../../support/cluster/flaky-proxy.ts";
import { freePorts } from "../../support/cluster/free-ports.ts";
import { ingress, ingressesPath } from "../../support/cluster/ingress-objects.ts";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";

const INGRESSES = 1200;
const PASS: Fault = { kind: "pass" };
const AT = new Date("2026-03-01T12:00:00Z");

let cluster: TestCluster;
let files = 0;

beforeAll(async () => {
  cluster = await startCluster();
  for (const namespace of ["shop", "blog", "empty", "granted"]) await cluster.createNamespace(namespace);
  await createIngresses("shop", INGRESSES - 3);
  await createIngresses("blog", 2);
  await createIngresses("granted", 1);
  await created("/apis/networking.k8s.io/v1/ingressclasses", {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
    spec: { controller: "k8s.io/ingress-nginx" },
  });
});

afterAll(async () => {
  await cluster.stop();
});

describe("with the right to list", () => {
  test("reads 1,200 Ingresses in pages of 500, and the same that kubectl prints", async () => {
    const proxy = await proxyWith(() => PASS);
    const live = await read({ kubeconfig: await kubeconfigFor(proxy) });
    expect(proxy.requests.map((url) => url.replace(/continue=.*/, "continue=…"))).toEqual([
      "/apis/networking.k8s.io/v1/ingresses?limit=500",
      "/apis/networking.k8s.io/v1/ingresses?limit=500&continue=…",
      "/apis/networking.k8s.io/v1/ingresses?limit=500&continue=…",
      "/apis/networking.k8s.io/v1/ingressclasses?limit=500",
    ]);
    const printed = await kubectlSnapshot();
    expect(live.ingresses).toHaveLength(INGRESSES);
    expect(live.ingresses).toEqual(printed.ingresses);
    expect(live.ingressClasses).toEqual(printed.ingressClasses);
  });

  test("says which context was read, when, and that it was the whole cluster", async () => {
    const live = await read({ kubeconfig: cluster.kubeconfig("auditor") });
    expect(live).toMatchObject({
      cluster: "test",
      observedAt: "2026-03-01T12:00:00.000Z",
      namespaces: "all",
      ingressClasses: [{ name: "nginx", isDefault: true, controller: "k8s.io/ingress-nginx" }],
      problems: [],
    });
  });

  test("kubectl's YAML of some namespace, with awkward strings, is the same as the API's JSON", async () => {
    const annotations = {
      yes: "yes",
      number: "0123",
      lines: "a\n  b: c\r\n",
      colon: ": #",
      empty: "",
      date: "2026-01-01",
    };
    const patch = { metadata: { annotations } };
    const options = { contentType: "application/merge-patch+json" };
    await cluster.request("admin", "PATCH", `${ingressesPath("blog")}/web-0`, patch, options);
    const args = ["get", "ingress,ingressclass", "-n", "blog", "-o", "yaml", "--show-managed-fields"];
    const yaml = await cluster.kubectl("auditor", args);
    const printed = await snapshotReader({ path: await scratchFile(yaml.stdout) }).read(
      new AbortController().signal,
    );
    const live = await read({ kubeconfig: cluster.kubeconfig("auditor"), namespaces: ["blog"] });
    expect(printed.ingresses).toEqual(live.ingresses);
    expect(printed.ingresses[0]?.object).toMatchObject({ metadata: { annotations } });
    expect(printed.ingressClasses).toEqual(live.ingressClasses);
  });

  test("reads single namespaces, an empty one included", async () => {
    const namespaces = ["granted", "empty", "blog", "blog"];
    const live = await read({ kubeconfig: cluster.kubeconfig("auditor"), namespaces });
    expect(live.namespaces).toEqual(["blog", "empty", "granted"]);
    expect(live.ingresses.map(({ id }) => `${id.namespace}/${id.name}`)).toEqual([
      "blog/web-0",
      "blog/web-1",
      "granted/web-0",
    ]);
  });

  test("keeps fields that today's API does not know", async () => {
    const rewrite = (body: string) => body.replaceAll('"spec":{', '"spec":{"futureField":{"deep":[1]},');
    const proxy = await proxyWith(() => ({ kind: "rewrite", rewrite }));
    const live = await read({ kubeconfig: await kubeconfigFor(proxy), namespaces: ["granted"] });
    expect(live.ingresses[0]?.object).toMatchObject({ spec: { futureField: { deep: [1] } } });
  });
});

describe("without the right to list", () => {
  test("is refused, and says what to grant", async () => {
    const error = await failure({ kubeconfig: cluster.kubeconfig("nobody") });
    expect(error).toMatchObject({
      code: "live-read-forbidden",
      where: { context: "test", resource: "networking.k8s.io/v1/ingresses" },
    });
    expect(error.what).toContain('User "nobody" cannot list resource "ingresses"');
    expect(error.mend).toContain("Grant the auditor list on ingresses");
  });

  test("names the namespace that may not be read, although others may", async () => {
    await grantNobodyOneNamespace();
    const error = await failure({
      kubeconfig: cluster.kubeconfig("nobody"),
      namespaces: ["granted", "shop"],
    });
    expect(error).toMatchObject({ code: "live-read-forbidden", where: { namespace: "shop" } });
  });

  test("on IngressClasses alone, reads the Ingresses and warns", async () => {
    await grantNobodyOneNamespace();
    const live = await read({ kubeconfig: cluster.kubeconfig("nobody"), namespaces: ["granted"] });
    expect(live.ingresses.map(({ id }) => id.name)).toEqual(["web-0"]);
    expect(live.ingressClasses).toBeNull();
    expect(live.problems).toMatchObject([{ code: "ingress-classes-forbidden", level: "warning" }]);
  });

  test("because the token is not known: says so, and never shows the token", async () => {
    const token = "s3cr3t-t0ken-of-nobody-in-particular";
    const error = await failure({ kubeconfig: await kubeconfigWith({ user: { token } }) });
    expect(error.code).toBe("live-read-unauthorized");
    expect(everythingIn(error)).not.toContain("s3cr3t");
  });
});

describe("a server that has a bad moment", () => {
  test.each<[string, Fault]>([
    ["500", { kind: "answer", status: 500, body: "{}" }],
    ["503", { kind: "answer", status: 503, body: "upstream connect error" }],
    ["429 and Retry-After", { kind: "answer", status: 429, body: "{}", headers: { "retry-after": "0" } }],
    ["a broken connection", { kind: "reset" }],
    ["half an answer", { kind: "cut" }],
  ])("%s twice: is asked again, and every object is there once", async (_, fault) => {
    const proxy = await proxyWith((_url, earlier) => (earlier < 2 ? fault : PASS));
    const live = await read({ kubeconfig: await kubeconfigFor(proxy) });
    expect(live.ingresses).toHaveLength(INGRESSES);
    expect(live.ingressClasses).toHaveLength(1);
  });

  test("waits as long as Retry-After asks", async () => {
    const busy: Fault = { kind: "answer", status: 429, body: "{}", headers: { "retry-after": "1" } };
    const proxy = await proxyWith((url, earlier) =>
      url.includes("/granted/") && earlier === 0 ? busy : PASS,
    );
    const start = performance.now();
    await read({ kubeconfig: await kubeconfigFor(proxy), namespaces: ["granted"] });
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  test("a list that expires between two pages begins again", async () => {
    let expired = 0;
    const proxy = await proxyWith((url) => {
      if (!url.includes("continue=") || expired > 0) return PASS;
      expired += 1;
      return GONE;
    });
    const live = await read({ kubeconfig: await kubeconfigFor(proxy) });
    expect(live.ingresses).toHaveLength(INGRESSES);
  });

  test("a list that always expires is read in one piece", async () => {
    const proxy = await proxyWith((url) => (url.includes("continue=") ? GONE : PASS));
    const live = await read({ kubeconfig: await kubeconfigFor(proxy) });
    expect(live.ingresses).toHaveLength(INGRESSES);
    expect(proxy.requests.filter((url) => url === "/apis/networking.k8s.io/v1/ingresses")).toHaveLength(1);
  });
});

describe("a server that stays bad", () => {
  test("503 for good: gives up after four attempts and says what the server said", async () => {
    const body = JSON.stringify({ kind: "Status", message: "etcd is down" });
    const proxy = await proxyWith(() => ({ kind: "answer", status: 503, body }));
    const error = await failure({ kubeconfig: await kubeconfigFor(proxy) });
    expect(error.code).toBe("live-read-failed");
    expect(error.what).toBe("Cannot list ingresses (HTTP 503): etcd is down");
    expect(proxy.requests).toHaveLength(4);
  });

  test("a Retry-After of an hour is not waited for", async () => {
    const fault: Fault = { kind: "answer", status: 429, body: "", headers: { "retry-after": "3600" } };
    const proxy = await proxyWith(() => fault);
    const error = await failure({ kubeconfig: await kubeconfigFor(proxy) });
    expect(error.code).toBe("live-read-failed");
  });

  test.each<[string, Fault]>([
    [
      "a login page",
      { kind: "answer", status: 200, body: "<html>", headers: { "content-type": "text/html" } },
    ],
    ["an object that is no list", { kind: "answer", status: 200, body: '{"kind":"Status"}' }],
    ["a list without items", { kind: "answer", status: 200, body: '{"kind":"IngressList"}' }],
    ["the first page for ever", { kind: "answer", status: 200, body: samePage() }],
  ])("%s is an error and no empty cluster", async (_, fault) => {
    const proxy = await proxyWith(() => fault);
    const error = await failure({ kubeconfig: await kubeconfigFor(proxy) });
    expect(error.code).toBe("live-read-failed");
  });

  test("a redirect is not followed, and the address is suspected", async () => {
    const headers = { location: "https://login.example.com/" };
    const proxy = await proxyWith(() => ({ kind: "answer", status: 302, body: "", headers }));
    const error = await failure({ kubeconfig: await kubeconfigFor(proxy) });
    expect(error.code).toBe("live-read-failed");
    expect(error.mend).toContain("Check the server's address");
    expect(proxy.requests).toHaveLength(1);
  });

  test("404 is an error and no empty cluster", async () => {
    const proxy = await proxyWith(() => ({ kind: "answer", status: 404, body: "" }));
    const error = await failure({ kubeconfig: await kubeconfigFor(proxy) });
    expect(error.code).toBe("live-api-missing");
  });

  test("no answer: times out", async () => {
    const proxy = await proxyWith(() => ({ kind: "hang" }));
    const error = await failure({ kubeconfig: await kubeconfigFor(proxy), timeoutMs: 150 });
    expect(error.code).toBe("live-timeout");
    expect(error.what).toContain("within 0.15 s");
  });

  test("ends at once when it is aborted", async () => {
    const proxy = await proxyWith(() => ({ kind: "hang" }));
    const reader = apiReader({ kubeconfig: await kubeconfigFor(proxy), namespaces: "all" });
    await expect(reader.read(AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    const late = new AbortController();
    setTimeout(() => late.abort(new Error("enough now")), 50);
    await expect(reader.read(late.signal)).rejects.toThrow("enough now");
  });

  test("nobody listens there", async () => {
    const [port] = await freePorts(1);
    const server = `https://127.0.0.1:${port}`;
    const error = await failure({ kubeconfig: await kubeconfigWith({ cluster: { server } }) });
    expect(error).toMatchObject({ code: "live-unreachable", where: { context: "test" } });
    expect(error.what).toContain("ECONNREFUSED");
  });

  test("its certificate is not trusted", async () => {
    const error = await failure({ kubeconfig: await kubeconfigWith({ cluster: { server: cluster.url } }) });
    expect(error.code).toBe("live-tls-failed");
  });
});

describe("the kubeconfig", () => {
  test("an unknown context is named beside those that there are", async () => {
    const error = await failure({ kubeconfig: cluster.kubeconfig("auditor"), context: "prod" });
    expect(error).toMatchObject({ code: "context-unknown", where: { context: "prod" } });
    expect(error.what).toContain("it has test");
  });

  test("a file that is not there", async () => {
    const file = path.join(cluster.scratchFolder, "none");
    expect(await failure({ kubeconfig: file })).toMatchObject({
      code: "kubeconfig-missing",
      where: { kubeconfig: file },
    });
  });

  test("a manifest in its place", async () => {
    const manifest = await scratchFile("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    expect(await failure({ kubeconfig: manifest })).toMatchObject({
      code: "context-unknown",
      what: "The kubeconfig defines no context",
      where: { kubeconfig: manifest },
    });
  });

  test.each([
    ["broken YAML", "users: [{name: a, user: {token: s3cr3t", "kubeconfig-invalid"],
    ["no mapping", "s3cr3t", "context-unknown"],
    ["empty", "", "kubeconfig-invalid"],
  ])("%s: an error that shows nothing of the file", async (_, text, code) => {
    const error = await failure({ kubeconfig: await scratchFile(text) });
    expect(error.code).toBe(code);
    expect(everythingIn(error)).not.toContain("s3cr3t");
  });

  test("a context without its cluster", async () => {
    const kubeconfig = await kubeconfigWith({ cluster: {} });
    expect((await failure({ kubeconfig })).code).toBe("kubeconfig-invalid");
  });

  test("plain HTTP is refused unless the kubeconfig says that it is meant", async () => {
    const kubeconfig = await kubeconfigWith({ cluster: { server: "http://127.0.0.1:1" } });
    const error = await failure({ kubeconfig });
    expect(error.code).toBe("kubeconfig-invalid");
    expect(error.what).toContain("unencrypted");
  });

  test("a token that no header can carry", async () => {
    const kubeconfig = await kubeconfigWith({ user: { token: "s3cr3t\nX-Injected: 1" } });
    const error = await failure({ kubeconfig });
    expect(error.code).toBe("credentials-unavailable");
    expect(everythingIn(error)).not.toContain("s3cr3t");
  });

  test("KUBECONFIG with several files: absent ones are skipped, and the first entry of a name counts", async () => {
    const second = JSON.parse(await readFile(cluster.kubeconfig("nobody"), "utf8"));
    second["current-context"] = "second";
    second.contexts.push({ name: "second", context: { cluster: "test", user: "nobody" } });
    const names = [
      "/does/not/exist",
      cluster.kubeconfig("auditor"),
      await scratchFile(JSON.stringify(second)),
    ];
    vi.stubEnv("KUBECONFIG", names.join(path.delimiter));
    try {
      expect((await read({ namespaces: ["blog"] })).cluster).toBe("test");
      expect((await failure({ context: "second" })).code).toBe("live-read-forbidden");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("a certificate authority that is not there", async () => {
    const kubeconfig = await kubeconfigWith({
      cluster: { server: cluster.url, "certificate-authority": "/does/not/exist" },
    });
    const error = await failure({ kubeconfig });
    expect(error.code).toBe("credentials-unavailable");
    expect(error.what).toContain("ENOENT");
  });
});

describe("a credential plugin", () => {
  test("gives the token, and is told which version of the protocol is spoken", async () => {
    const credential = { kind: "ExecCredential", status: { token: tokenOf("auditor") } };
    const live = await read({
      kubeconfig: await kubeconfigWithPlugin(
        `case "$KUBERNETES_EXEC_INFO" in *client.authentication.k8s.io/v1*) echo '${JSON.stringify(credential)}';; esac`,
      ),
      namespaces: ["blog"],
    });
    expect(live.ingresses).toHaveLength(2);
  });

  test.each([
    ["fails", "echo s3cr3t >&2; exit 1"],
    ["prints no JSON", "echo s3cr3t"],
    ["prints no credential", 'echo "{}"'],
  ])("that %s is named, and nothing that it printed is shown", async (_, script) => {
    const error = await failure({ kubeconfig: await kubeconfigWithPlugin(script) });
    expect(error.code).toBe("credentials-unavailable");
    expect(error.what).toContain("its credential plugin sh failed");
    expect(everythingIn(error)).not.toContain("s3cr3t");
  });

  test("that is not installed", async () => {
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-plugin" };
    const error = await failure({ kubeconfig: await kubeconfigWith({ user: { exec } }) });
    expect(error.what).toContain("its credential plugin no-such-plugin cannot be started (ENOENT)");
  });

  test("that waits for ever is given up", async () => {
    const kubeconfig = await kubeconfigWithPlugin("exec sleep 60");
    const error = await failure({ kubeconfig, pluginTimeoutMs: 200 });
    expect(error.code).toBe("credentials-unavailable");
  });
});

const GONE: Fault = {
  kind: "answer",
  status: 410,
  body: JSON.stringify({
    kind: "Status",
    reason: "Expired",
    message: "The provided continue parameter is too old",
  }),
};

function samePage(): string {
  return JSON.stringify({ kind: "IngressList", items: [], metadata: { continue: "again" } });
}

/** A proxy that ends with the test. */
async function proxyWith(faultFor: (url: string, earlier: number) => Fault): Promise<FlakyProxy> {
  const proxy = await startFlakyProxy(cluster, faultFor);
  onTestFinished(async () => await proxy.stop());
  return proxy;
}

type ReaderOptions = Partial<Parameters<typeof apiReader>[0]>;

async function read(options: ReaderOptions): Promise<LiveSnapshot> {
  const reader = apiReader({ namespaces: "all", retryDelayMs: 1, now: () => AT, ...options });
  return await reader.read(new AbortController().signal);
}

async function failure(options: ReaderOptions): Promise<AuditError> {
  const error = await read(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AuditError) return error;
  throw new Error("the read did not fail with an AuditError", { cause: error });
}

/** All that a careless `console.error(error)` would print. */
function everythingIn(error: AuditError): string {
  return [error.message, error.stack, JSON.stringify(error.where), String(error.cause)].join("\n");
}

async function kubectlSnapshot(): Promise<LiveSnapshot> {
  const file = await scratchFile(await cluster.snapshot());
  return await snapshotReader({ path: file }).read(new AbortController().signal);
}

async function scratchFile(text: string): Promise<string> {
  files += 1;
  const file = path.join(cluster.scratchFolder, `scratch-${files}`);
  await writeFile(file, text);
  return file;
}

/** The auditor's kubeconfig, with another cluster or user. */
async function kubeconfigWith(changes: { cluster?: object; user?: object }): Promise<string> {
  const config = JSON.parse(await readFile(cluster.kubeconfig("auditor"), "utf8"));
  if (changes.cluster !== undefined) config.clusters[0].cluster = changes.cluster;
  if (changes.user !== undefined) config.users[0].user = changes.user;
  return await scratchFile(JSON.stringify(config));
}

async function kubeconfigFor(proxy: FlakyProxy): Promise<string> {
  return await kubeconfigWith({ cluster: { server: proxy.url, "insecure-skip-tls-verify": true } });
}

async function kubeconfigWithPlugin(script: string): Promise<string> {
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "sh", args: ["-c", script] };
  return await kubeconfigWith({ user: { exec } });
}

async function createIngresses(namespace: string, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `web-${index}`);
  const workers = Array.from({ length: 16 }, async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      await created(ingressesPath(namespace), ingress(namespace, name));
    }
  });
  await Promise.all(workers);
}

async function grantNobodyOneNamespace(): Promise<void> {
  const api = "/apis/rbac.authorization.k8s.io/v1/namespaces/granted";
  const type = { apiVersion: "rbac.authorization.k8s.io/v1", metadata: { name: "lister" } };
  const rules = [{ apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["list"] }];
  const group = "rbac.authorization.k8s.io";
  const subjects = [{ apiGroup: group, kind: "User", name: "nobody" }];
  const roleRef = { apiGroup: group, kind: "Role", name: "lister" };
  await cluster.request("admin", "POST", `${api}/roles`, { ...type, kind: "Role", rules });
  await cluster.request("admin", "POST", `${api}/rolebindings`, {
    ...type,
    kind: "RoleBinding",
    roleRef,
    subjects,
  });
}

async function created(path: string, object: Parameters<TestCluster["request"]>[3]): Promise<void> {
  const answer = await cluster.request("admin", "POST", path, object);
  expect(answer.status).toBe(201);
}
