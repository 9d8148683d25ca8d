import { createSign } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import { connect } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { apiReader } from "../../../src/adapters/kubernetes/api-reader.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { Json } from "../../../src/model/json.ts";
import type { LiveSnapshot } from "../../../src/ports/cluster-reader.ts";
import { tokenOf } from "../../support/cluster/access.ts";
import { certificateAuthority } from "../../support/cluster/certificate-authority.ts";
import { ingress, ingressesPath } from "../../support/cluster/ingress-objects.ts";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";

let cluster: TestCluster;
let folder: string;
let count = 0;

beforeAll(async () => {
  cluster = await startCluster();
  folder = path.join(cluster.scratchFolder, "access");
  await mkdir(folder);
  for (const namespace of ["shop", "audit"]) await cluster.createNamespace(namespace);
  await create(ingressesPath("shop"), ingress("shop", "web"));
  await create("/api/v1/namespaces/audit/serviceaccounts", {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "auditor" },
  });
  await create("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "service-account-auditor" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ingress-auditor" },
    subjects: [{ kind: "ServiceAccount", name: "auditor", namespace: "audit" }],
  });
});

afterAll(async () => {
  await cluster.stop();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a client certificate", () => {
  test("in files, named relative to the kubeconfig", async () => {
    const { certificate, key } = cluster.clientAuthority.issue({ user: "auditor" });
    await file("auditor.crt", certificate);
    await file("auditor.key", key);
    const user = { "client-certificate": "auditor.crt", "client-key": "./auditor.key" };

    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
  });

  test("inline, and before any file", async () => {
    const { certificate, key } = cluster.clientAuthority.issue({ user: "auditor" });
    const user = {
      "client-certificate-data": base64(certificate),
      "client-certificate": "/does/not/exist",
      "client-key-data": base64(key),
      "client-key": "/does/not/exist",
    };

    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
  });

  test("counts for the groups that it names", async () => {
    const { certificate, key } = cluster.clientAuthority.issue({ user: "root", groups: ["system:masters"] });
    const user = { "client-certificate-data": base64(certificate), "client-key-data": base64(key) };

    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
  });

  test.each([
    [
      "of somebody without rights",
      () => cluster.clientAuthority.issue({ user: "nobody" }),
      "live-read-forbidden",
    ],
    [
      "that has expired",
      () => cluster.clientAuthority.issue({ user: "auditor", notAfter: new Date(Date.now() - 60_000) }),
      "live-read-unauthorized",
    ],
    [
      "of an authority that the server does not know",
      () => certificateAuthority().issue({ user: "auditor" }),
      "live-read-unauthorized",
    ],
  ])("%s", async (_, issue, code) => {
    const { certificate, key } = issue();
    const user = { "client-certificate-data": base64(certificate), "client-key-data": base64(key) };

    expect((await failure({ kubeconfig: await kubeconfig({ user }) })).code).toBe(code);
  });

  test("with another one's key", async () => {
    const { certificate } = cluster.clientAuthority.issue({ user: "auditor" });
    const { key } = cluster.clientAuthority.issue({ user: "auditor" });
    const user = { "client-certificate-data": base64(certificate), "client-key-data": base64(key) };
    const error = await failure({ kubeconfig: await kubeconfig({ user }) });

    expect(error.code).toBe("credentials-unavailable");
    expect(error.what).toContain("its client certificate and key do not fit together");
  });

  test("that is no certificate", async () => {
    const user = { "client-certificate-data": base64("s3cr3t"), "client-key-data": base64("s3cr3t") };
    const error = await failure({ kubeconfig: await kubeconfig({ user }) });

    expect(error.code).toBe("credentials-unavailable");
    expect(error.what).toContain("its client certificate or key cannot be read");
    expect(`${error.message}${error.stack}`).not.toContain("s3cr3t");
  });
});

describe("a token", () => {
  test("in a file, named relative to the kubeconfig, with a line break at its end", async () => {
    await file("token", `${tokenOf("auditor")}\n`);
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: { tokenFile: "token" } }) })).toEqual([
      "web",
    ]);
  });

  test("in a file counts before one that stands in the kubeconfig", async () => {
    await file("token", tokenOf("auditor"));
    const user = { tokenFile: "token", token: "old" };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
  });

  test("file that is not there", async () => {
    const error = await failure({ kubeconfig: await kubeconfig({ user: { tokenFile: "gone" } }) });
    expect(error.code).toBe("credentials-unavailable");
    expect(error.what).toContain("a file that it names cannot be read (ENOENT)");
  });

  test("that has expired", async () => {
    const token = await serviceAccountToken({ expiredForS: 3_600 });
    const error = await failure({ kubeconfig: await kubeconfig({ user: { token } }) });
    expect(error).toMatchObject({
      code: "live-read-unauthorized",
      mend: "Log in again, or renew the token in the kubeconfig.",
    });
    expect(`${error.message}${error.stack}`).not.toContain(token);
  });

  test("of a service account", async () => {
    const token = await serviceAccountToken();
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: { token } }) })).toEqual(["web"]);
  });

  test("none at all is no access", async () => {
    const error = await failure({ kubeconfig: await kubeconfig({ user: {} }) });
    expect(error.code).toBe("live-read-forbidden");
  });

  test("as somebody else, whom the kubeconfig impersonates", async () => {
    const asAuditor = { token: tokenOf("admin"), as: "auditor" };
    const asGroup = { token: tokenOf("admin"), as: "somebody", "as-groups": ["a", "system:masters"] };
    const asNobody = { token: tokenOf("admin"), as: "nobody" };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: asAuditor }) })).toEqual(["web"]);
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: asGroup }) })).toEqual(["web"]);
    expect((await failure({ kubeconfig: await kubeconfig({ user: asNobody }) })).code).toBe(
      "live-read-forbidden",
    );
  });
});

describe("a credential plugin", () => {
  const plugin = (script: string, more: object = {}) => ({
    exec: {
      apiVersion: "client.authentication.k8s.io/v1",
      interactiveMode: "IfAvailable",
      command: "sh",
      args: ["-c", script],
      ...more,
    },
  });
  const credential = (status: object) =>
    JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status });

  test("gives a client certificate", async () => {
    const { certificate, key } = cluster.clientAuthority.issue({ user: "auditor" });
    const answer = await file(
      "certificate.json",
      credential({ clientCertificateData: certificate, clientKeyData: key }),
    );
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: plugin(`cat '${answer}'`) }) })).toEqual([
      "web",
    ]);
  });

  test("gives a token, and runs once for all requests", async () => {
    const runs = path.join(folder, "runs");
    const script = `echo run >>'${runs}'; echo '${credential({ token: tokenOf("auditor") })}'`;
    const live = await read({
      kubeconfig: await kubeconfig({ user: plugin(script) }),
      namespaces: ["shop", "audit"],
    });
    expect(live.ingresses).toHaveLength(1);
    expect(await readFile(runs, "utf8")).toBe("run\n");
  });

  test("lies beside the kubeconfig that names it by a path", async () => {
    await mkdir(path.join(folder, "bin"), { recursive: true });
    const script = await file(
      "bin/login",
      `#!/bin/sh\necho '${credential({ token: tokenOf("auditor") })}'\n`,
    );
    await chmod(script, 0o755);
    const user = { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "./bin/login" } };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
  });

  test("gets its variables, and is told of the cluster where it asks for that", async () => {
    const told = path.join(folder, "told.json");
    const script = `echo "$KUBERNETES_EXEC_INFO" >'${told}'; echo "$CREDENTIAL"`;
    const user = plugin(script, {
      env: [{ name: "CREDENTIAL", value: credential({ token: tokenOf("auditor") }) }],
      provideClusterInfo: true,
    });
    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
    const info = JSON.parse(await readFile(told, "utf8"));
    expect(info).toEqual({
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      spec: {
        interactive: false,
        cluster: {
          server: cluster.url,
          "certificate-authority-data": (await readFile(cluster.caPath)).toString("base64"),
        },
      },
    });
  });

  test("that never answers is given up, killed, and named", async () => {
    const note = path.join(folder, "plugin-pid");
    const user = plugin(`echo $$ >'${note}'; exec sleep 60`);
    const error = await failure({ kubeconfig: await kubeconfig({ user }), pluginTimeoutMs: 500 });
    expect(error.code).toBe("credentials-unavailable");
    expect(error.what).toContain("its credential plugin sh did not answer within 0.5 s");
    const pid = Number(await readFile(note, "utf8"));
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
  });

  test("that reads its input gets none, and does not hang", async () => {
    const user = plugin("cat >/dev/null; exit 3");
    const error = await failure({ kubeconfig: await kubeconfig({ user }) });
    expect(error.what).toContain("its credential plugin sh failed");
  });
});

describe("in a pod, with no kubeconfig", () => {
  test("the service account's token and authority are used", async () => {
    await inPod(await serviceAccountToken());
    const live = await read({ serviceAccountDir: folder });
    expect(live.ingresses.map(({ id }) => id.name)).toEqual(["web"]);
    expect(live.cluster).toBe("in-cluster");
  });

  test("an expired token is told of", async () => {
    await inPod(await serviceAccountToken({ expiredForS: 60 }));
    expect((await failure({ serviceAccountDir: folder })).code).toBe("live-read-unauthorized");
  });

  test("a kubeconfig counts before it", async () => {
    await inPod("no token");
    vi.stubEnv("KUBECONFIG", cluster.kubeconfig("auditor"));
    expect((await read({ serviceAccountDir: folder })).cluster).toBe("test");
  });

  test("without the server's address there is no cluster", async () => {
    await inPod(await serviceAccountToken());
    vi.stubEnv("KUBERNETES_SERVICE_HOST", "");
    const error = await failure({ serviceAccountDir: folder });
    expect(error.code).toBe("kubeconfig-missing");
    expect(error.what).toContain("KUBERNETES_SERVICE_HOST");
  });

  test("without a service account there is none either", async () => {
    await inPod("no token");
    const error = await failure({ serviceAccountDir: path.join(folder, "nothing-mounted") });
    const file = path.join(folder, "no-kubeconfig");
    expect(error).toMatchObject({
      code: "kubeconfig-missing",
      what: `There is no kubeconfig ${file}, which KUBECONFIG names`,
      where: { kubeconfig: file },
    });
  });

  test("there are no other contexts", async () => {
    await inPod(await serviceAccountToken());
    const error = await failure({ serviceAccountDir: folder, context: "prod" });
    expect(error.what).toBe("There is no context prod: without a kubeconfig, only in-cluster");
  });
});

describe("the server's certificate", () => {
  const token = tokenOf("auditor");

  test("is checked against inline data, before any file", async () => {
    const data = (await readFile(cluster.caPath)).toString("base64");
    const changes = { "certificate-authority-data": data, "certificate-authority": "/does/not/exist" };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: { token }, cluster: changes }) })).toEqual([
      "web",
    ]);
  });

  test("is not checked where the kubeconfig says so", async () => {
    const changes = { "certificate-authority": undefined, "insecure-skip-tls-verify": true };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: { token }, cluster: changes }) })).toEqual([
      "web",
    ]);
  });

  test("of another authority is refused, with what to look at", async () => {
    const data = base64(certificateAuthority().certificate);
    const error = await failure({
      kubeconfig: await kubeconfig({ user: { token }, cluster: { "certificate-authority-data": data } }),
    });
    expect(error.code).toBe("live-tls-failed");
    expect(error.mend).toContain("certificate-authority");
  });

  test("for another name is refused, unless the kubeconfig names it", async () => {
    const wrong = { "tls-server-name": "shop.example.com" };
    const right = { "tls-server-name": "kubernetes.default.svc" };
    const error = await failure({ kubeconfig: await kubeconfig({ user: { token }, cluster: wrong }) });
    expect(error).toMatchObject({ code: "live-tls-failed" });
    expect(error.what).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(await namesRead({ kubeconfig: await kubeconfig({ user: { token }, cluster: right }) })).toEqual([
      "web",
    ]);
  });

  test("an authority that is no certificate", async () => {
    const error = await failure({
      kubeconfig: await kubeconfig({
        user: { token },
        cluster: { "certificate-authority-data": base64("x") },
      }),
    });
    expect(error.code).toBe("live-tls-failed");
  });
});

describe("a proxy", () => {
  const user = { token: tokenOf("auditor") };

  test("that the kubeconfig names", async () => {
    const proxy = await connectProxy();
    const changes = { "proxy-url": proxy.url };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user, cluster: changes }) })).toEqual(["web"]);
    expect(proxy.targets()).toContain(new URL(cluster.url).host);
  });

  test("of the environment is not asked for the loopback, where this server is", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
    expect(await namesRead({ kubeconfig: await kubeconfig({ user }) })).toEqual(["web"]);
  });

  test("of the environment, where the kubeconfig names none", async () => {
    const proxy = await connectProxy();
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    // A name that only the proxy can resolve.
    const changes = {
      server: cluster.url.replace("127.0.0.1", "api.invalid"),
      "tls-server-name": "127.0.0.1",
    };
    expect(await namesRead({ kubeconfig: await kubeconfig({ user, cluster: changes }) })).toEqual(["web"]);
    expect(proxy.targets()[0]).toMatch(/^api\.invalid:/);
  });

  test("that is not there", async () => {
    const changes = { "proxy-url": "http://127.0.0.1:1" };
    const error = await failure({ kubeconfig: await kubeconfig({ user, cluster: changes }) });
    expect(error.code).toBe("live-unreachable");
    expect(error.what).toContain("ECONNREFUSED");
    expect(error.what).toContain(", through the proxy 127.0.0.1:1, cannot be reached");
  });

  test("that refuses", async () => {
    const proxy = await connectProxy(407);
    const changes = { "proxy-url": proxy.url.replace("//", "//me:s3cr3t@") };
    const error = await failure({ kubeconfig: await kubeconfig({ user, cluster: changes }) });
    expect(error.code).toBe("live-unreachable");
    expect(`${error.message}${error.stack}${JSON.stringify(error.where)}`).not.toContain("s3cr3t");
  });
});

describe("the context", () => {
  test("that is nearly named is suggested", async () => {
    const config = JSON.parse(await readFile(cluster.kubeconfig("auditor"), "utf8"));
    config.contexts.push({ name: "prod-eu", context: config.contexts[0].context });
    const error = await failure({
      kubeconfig: await file("contexts", JSON.stringify(config)),
      context: "prod-ue",
    });
    expect(error).toMatchObject({
      code: "context-unknown",
      mend: expect.stringContaining("Did you mean prod-eu?"),
    });
  });

  test("of each file of $KUBECONFIG can be chosen, the first file's is current", async () => {
    const second = JSON.parse(await readFile(cluster.kubeconfig("nobody"), "utf8"));
    second.contexts = [{ name: "second", context: { cluster: "test", user: "nobody" } }];
    const names = [cluster.kubeconfig("auditor"), await file("second", JSON.stringify(second))];
    vi.stubEnv("KUBECONFIG", names.join(path.delimiter));
    expect((await read({})).cluster).toBe("test");
    expect(await failure({ context: "second" })).toMatchObject({
      code: "live-read-forbidden",
      where: { context: "second" },
    });
  });
});

type ReaderOptions = Partial<Parameters<typeof apiReader>[0]>;

async function read(options: ReaderOptions): Promise<LiveSnapshot> {
  const reader = apiReader({ namespaces: "all", retryDelayMs: 1, ...options });
  return await reader.read(new AbortController().signal);
}

async function namesRead(options: ReaderOptions): Promise<string[]> {
  return (await read(options)).ingresses.map(({ id }) => id.name);
}

async function failure(options: ReaderOptions): Promise<AuditError> {
  const error = await read(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AuditError) return error;
  throw new Error("the read did not fail with an AuditError", { cause: error });
}

async function kubeconfig(changes: { user: object; cluster?: object }): Promise<string> {
  count += 1;
  const given = { server: cluster.url, "certificate-authority": cluster.caPath, ...changes.cluster };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "test",
    contexts: [{ name: "test", context: { cluster: "test", user: "me" } }],
    clusters: [{ name: "test", cluster: given }],
    users: [{ name: "me", user: changes.user }],
  };
  return await file(`kubeconfig-${count}`, JSON.stringify(config));
}

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, text);
  return place;
}

/** What the kubelet mounts into a pod and sets in its environment. */
async function inPod(token: string): Promise<void> {
  const { hostname, port } = new URL(cluster.url);
  await file("token", token);
  await file("ca.crt", await readFile(cluster.caPath, "utf8"));
  await file("namespace", "audit");
  vi.stubEnv("KUBECONFIG", path.join(folder, "no-kubeconfig"));
  vi.stubEnv("KUBERNETES_SERVICE_HOST", hostname);
  vi.stubEnv("KUBERNETES_SERVICE_PORT", port);
}

/** From the server; or, as it makes none that have expired, signed with its key. */
async function serviceAccountToken({ expiredForS = 0 } = {}): Promise<string> {
  const answer = await cluster.request(
    "admin",
    "POST",
    "/api/v1/namespaces/audit/serviceaccounts/auditor/token",
    { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 3_600 } },
  );
  const { status } = answer.body as { status: { token: string } };
  if (expiredForS === 0) return status.token;
  const [header = "", payload = ""] = status.token.split(".");
  const expired = Math.floor(Date.now() / 1000) - expiredForS;
  const claims = { ...decoded(payload), iat: expired - 600, nbf: expired - 600, exp: expired };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const key = await readFile(cluster.serviceAccountKeyPath, "utf8");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

/** A proxy that connects to wherever it is asked, or refuses with a status. */
async function connectProxy(refusal = 0): Promise<{ url: string; targets: () => readonly string[] }> {
  const targets: string[] = [];
  const server = http.createServer();
  server.on("connect", (request, socket, head) => {
    targets.push(request.url ?? "");
    if (refusal > 0) {
      socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`tcp://${request.url}`);
    const onward = connect(Number(port), hostname.replace("api.invalid", "127.0.0.1"), () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    onTestFinished(() => void onward.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return { url: `http://127.0.0.1:${address.port}`, targets: () => targets };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function create(apiPath: string, object: object): Promise<void> {
  const answer = await cluster.request("admin", "POST", apiPath, object as Json);
  expect(answer.status).toBe(201);
}
