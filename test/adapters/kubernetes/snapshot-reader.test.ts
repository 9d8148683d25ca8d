import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import {
  type SnapshotReaderOptions,
  snapshotReader,
} from "../../../src/adapters/kubernetes/snapshot-reader.ts";
import { writeSnapshot } from "../../../src/adapters/kubernetes/write-snapshot.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { Json } from "../../../src/model/json.ts";
import type { LiveSnapshot } from "../../../src/ports/cluster-reader.ts";
import { ingress as ingressObject } from "../../support/cluster/ingress-objects.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-snapshot-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const nginx = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "nginx", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
  spec: { controller: "k8s.io/ingress-nginx" },
};

/** As kubectl prints it with --show-managed-fields. */
function ingress(...named: Parameters<typeof ingressObject>) {
  const object = ingressObject(...named);
  return { ...object, metadata: { ...object.metadata, managedFields: [] } };
}

describe("the forms of a snapshot", () => {
  const objects = [ingress("shop", "web"), ingress("blog", "web"), nginx];
  const { apiVersion: _v, kind: _k, ...bare } = ingress("shop", "web");

  test.each<[string, string | Buffer]>([
    ["a List as JSON", JSON.stringify(list(objects))],
    ["a List as YAML", stringify(list(objects))],
    ["single YAML documents", objects.map((object) => `---\n${stringify(object)}`).join("")],
    ["YAML with empty documents and comments", `# taken by hand\n---\n---\n${stringify(list(objects))}---\n`],
    [
      "two lists, one for each kind",
      [list(objects.slice(0, 2)), list([nginx])].map((each) => stringify(each)).join("---\n"),
    ],
    ["gzip", gzipSync(JSON.stringify(list(objects)))],
    ["a byte order mark", `\ufeff${JSON.stringify(list(objects))}`],
    [
      "UTF-16 with a mark, as PowerShell redirects",
      Buffer.from(`\ufeff${JSON.stringify(list(objects))}`, "utf16le"),
    ],
    ["CRLF", stringify(list(objects)).replaceAll("\n", "\r\n")],
  ])("%s", async (_, content) => {
    const live = await read(content);
    expect(live.ingresses).toEqual([
      { id: { namespace: "blog", name: "web" }, object: ingress("blog", "web") },
      { id: { namespace: "shop", name: "web" }, object: ingress("shop", "web") },
    ]);
    expect(live.ingressClasses).toEqual([
      { name: "nginx", isDefault: true, controller: "k8s.io/ingress-nginx" },
    ]);
    expect(live.problems).toEqual([]);
  });

  test("without managedFields on any Ingress says how to take it", async () => {
    const without = list([ingressObject("shop", "web"), ingressObject("blog", "web"), nginx]);
    const some = list([ingressObject("shop", "web"), ingress("blog", "web"), nginx]);
    expect((await read(JSON.stringify(without))).problems).toMatchObject([
      {
        code: "managed-fields-missing",
        level: "warning",
        remedy: expect.stringContaining("--show-managed-fields"),
      },
    ]);
    expect((await read(JSON.stringify(some))).problems).toEqual([]);
    expect((await read(JSON.stringify(list([nginx])))).problems).toEqual([]);
  });

  test("the API's own IngressList, whose items do not say what they are", async () => {
    const raw = { apiVersion: "networking.k8s.io/v1", kind: "IngressList", metadata: {}, items: [bare] };
    const live = await read(JSON.stringify(raw));
    expect(live.ingresses.map(({ object }) => object)).toEqual([
      expect.objectContaining({ apiVersion: "networking.k8s.io/v1", kind: "Ingress" }),
    ]);
  });

  test("one Ingress alone", async () => {
    expect((await read(JSON.stringify(ingress("shop", "web")))).ingresses).toHaveLength(1);
  });

  test("standard input", async () => {
    const stdin = Readable.from([Buffer.from(JSON.stringify(list(objects)))]);
    const live = await snapshotReader({ path: "-", stdin }).read(new AbortController().signal);
    expect(live).toMatchObject({ cluster: null, ingresses: [{ id: { namespace: "blog" } }, {}] });
  });
});

describe("what the snapshot does not say", () => {
  test("is unknown: the time, and the IngressClasses where only Ingresses were listed", async () => {
    const live = await read(JSON.stringify(list([ingress("shop", "web")])));
    expect(live).toMatchObject({
      cluster: "snapshot",
      observedAt: null,
      namespaces: "all",
      ingressClasses: null,
    });
    expect(live.problems).toMatchObject([{ code: "ingress-classes-unknown", level: "warning" }]);
  });

  test("an empty IngressClassList says that there are none", async () => {
    const classes = { apiVersion: "networking.k8s.io/v1", kind: "IngressClassList", items: [] };
    const live = await read([list([]), classes].map((each) => stringify(each)).join("---\n"));
    expect(live).toMatchObject({ ingresses: [], ingressClasses: [], problems: [] });
  });
});

describe("what cannot be read is an error", () => {
  const whole = JSON.stringify(list([ingress("shop", "web"), nginx]), null, 4);

  test.each<[string, string | Buffer, string]>([
    ["nothing", "", "is empty"],
    ["blanks", " \n\t", "is empty"],
    ["a web page", "<!doctype html><title>Log in</title>", "is a web page"],
    ["JSON that was cut off", whole.slice(0, -30), "ends in the middle of its JSON"],
    ["JSON that was cut off after a brace", whole.slice(0, whole.lastIndexOf("}")), "JSON"],
    ["two JSON documents", `${whole}\n${whole}`, "is not one JSON document"],
    ["gzip that was cut off", gzipSync(whole).subarray(0, 60), "cannot be unpacked"],
    ["bytes", Buffer.from([0x00, 0xff, 0xfe, 0x80]), "is not text"],
    ["kubectl's complaint", "Error from server (Forbidden): no", "neither a list nor an Ingress"],
    ["kubectl's table", "NAMESPACE   NAME\nshop        web", "is no Kubernetes object"],
    ["a JSON list", "[]", "is no Kubernetes object"],
    ["comments only", "# nothing\n", "holds no document"],
    ["YAML with a tab", "kind:\tList\nitems:\n\t- a", "is neither JSON nor valid YAML"],
    ["YAML with a key twice", "kind: List\nkind: List\nitems: []", "is neither JSON nor valid YAML"],
    [
      "the server's refusal",
      JSON.stringify({ kind: "Status", message: "forbidden" }),
      '"forbidden", not a list',
    ],
    ["a list without items", JSON.stringify({ kind: "List" }), "is a List without items"],
    ["something else", JSON.stringify({ apiVersion: "v1", kind: "Secret" }), "neither a list nor an Ingress"],
    [
      "a list of something else",
      JSON.stringify(list(of("Pod", "Pod", "Service"))),
      "is a list of Pod, Service, and holds no",
    ],
    ["aliases without end", bomb(), "cannot be resolved"],
  ])("%s", async (_, content, what) => {
    const error = await failure(content);
    expect(error.code).toBe("snapshot-unreadable");
    expect(error.what).toContain(what);
    expect(error.mend).not.toBe("");
  });

  test("a file that is not there, and a folder", async () => {
    const signal = new AbortController().signal;
    const absent = snapshotReader({ path: path.join(folder, "absent") });
    await expect(absent.read(signal)).rejects.toMatchObject({ code: "snapshot-not-found" });
    await expect(snapshotReader({ path: folder }).read(signal)).rejects.toMatchObject({
      code: "snapshot-unreadable",
    });
  });

  test.each([
    ["a token for the next page", { continue: "eyJ2IjoibWV0YS5rOHMuaW8vdjEi" }],
    ["a count of the items left", { remainingItemCount: 700 }],
  ])("one page of a longer list: %s", async (_, metadata) => {
    const error = await failure(JSON.stringify({ ...list([ingress("shop", "web")]), metadata }));
    expect(error.code).toBe("snapshot-incomplete");
  });

  test("an error never shows what the file holds", async () => {
    const error = await failure('{"items": [{"metadata": {"annotations": {"auth": s3cr3t}}}]}');
    expect(`${error.message}${String(error.cause)}`).not.toContain("s3cr3t");
  });

  test("any bytes give objects or an AuditError", async () => {
    const readBytes = async (content: Buffer) => {
      const stdin = Readable.from([content]);
      await snapshotReader({ path: "-", stdin })
        .read(new AbortController().signal)
        .catch((error: unknown) => expect(error).toBeInstanceOf(AuditError));
    };
    const bytes = fc.oneof(
      fc.uint8Array().map((content) => Buffer.from(content)),
      fc.string().map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(`{"kind":"List","items":[${text}]}`)),
      fc
        .json()
        .map((text) =>
          Buffer.from(`{"kind":"Ingress","apiVersion":"networking.k8s.io/v1","metadata":${text}}`),
        ),
    );
    await fc.assert(fc.asyncProperty(bytes, readBytes), { numRuns: 500 });
  });
});

describe("an object that is not understood is a problem, never absent", () => {
  test.each(["extensions/v1beta1", "networking.k8s.io/v1beta1"])("an Ingress of %s", async (apiVersion) => {
    const live = await read(JSON.stringify(list([{ ...ingress("shop", "web"), apiVersion }, nginx])));
    expect(live.ingresses).toEqual([]);
    expect(live.problems).toMatchObject([
      { code: "live-version-outdated", level: "error", ingress: { namespace: "shop", name: "web" } },
    ]);
    expect(live.problems[0]?.remedy).toContain("kubectl get ingresses.v1.networking.k8s.io");
  });

  test.each<[string, unknown]>([
    ["no name", { ...ingress("shop", "web"), metadata: { namespace: "shop" } }],
    ["no namespace", { ...ingress("shop", "web"), metadata: { name: "web" } }],
    ["metadata that is a string", { ...ingress("shop", "web"), metadata: "web" }],
    ["a spec that is a list", { ...ingress("shop", "web"), spec: [] }],
    ["an entry that is no object", 7],
    ["an entry that is null", null],
    ["an IngressClass without a name", { ...nginx, metadata: {} }],
  ])("%s", async (_, object) => {
    const live = await read(JSON.stringify(list([object, nginx])));
    expect(live.ingresses).toEqual([]);
    expect(live.problems).toMatchObject([{ code: "live-object-malformed", level: "error" }]);
  });

  test("the same Ingress with two contents is ambiguous, and audited with neither", async () => {
    const twice = [ingress("shop", "web"), ingress("shop", "web", { service: "other" }), nginx];
    const live = await read(JSON.stringify(list(twice)));
    expect(live.ingresses).toEqual([]);
    expect(live.problems).toMatchObject([
      { code: "live-object-ambiguous", level: "error", ingress: { namespace: "shop", name: "web" } },
    ]);
  });

  test("the same Ingress listed twice alike is one", async () => {
    const live = await read(JSON.stringify(list([ingress("shop", "web"), ingress("shop", "web"), nginx])));
    expect(live.ingresses).toHaveLength(1);
    expect(live.problems).toEqual([]);
  });

  test("one Ingress that was asked for by name is read, with a warning that it is no list", async () => {
    const live = await read(JSON.stringify(ingress("shop", "web")));
    expect(live.ingresses).toHaveLength(1);
    expect(live.problems.map(({ code }) => code)).toEqual(["snapshot-of-one", "ingress-classes-unknown"]);
  });

  test("another kind, or another API's Ingress, is left out with a warning", async () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { namespace: "shop", name: "api" } };
    const openshift = {
      apiVersion: "config.openshift.io/v1",
      kind: "Ingress",
      metadata: { name: "cluster" },
    };
    const live = await read(JSON.stringify(list([service, openshift, nginx])));
    expect(live.problems.map(({ message, level }) => [message, level])).toEqual([
      ["v1 Service shop/api is no Ingress of networking.k8s.io/v1 and was left out", "warning"],
      [
        "config.openshift.io/v1 Ingress cluster is no Ingress of networking.k8s.io/v1 and was left out",
        "warning",
      ],
    ]);
  });
});

describe("namespaces", () => {
  const both = JSON.stringify(
    list([ingress("shop", "web"), { ...ingress("blog", "old"), apiVersion: "extensions/v1beta1" }, nginx]),
  );

  test("restricts to those asked for, problems included", async () => {
    const live = await read(both, { namespaces: ["shop", "shop"] });
    expect(live).toMatchObject({
      namespaces: ["shop"],
      ingresses: [{ id: { namespace: "shop" } }],
      problems: [],
    });
    expect((await read(both, { namespaces: ["blog"] })).problems).toHaveLength(1);
  });

  test("one that our own snapshot does not cover is an error, and no empty namespace", async () => {
    const shop = { ...(await read(both, { namespaces: ["shop"] })), cluster: "prod" };
    await expect(read(writeSnapshot(shop), { namespaces: ["blog"] })).rejects.toMatchObject({
      code: "snapshot-lacks-namespace",
    });
  });
});

describe("writing a snapshot", () => {
  const live: LiveSnapshot = {
    cluster: "prod",
    observedAt: "2026-03-01T12:00:00.000Z",
    namespaces: ["blog", "shop"],
    ingresses: [
      { id: { namespace: "blog", name: "web" }, object: ingress("blog", "web") },
      { id: { namespace: "shop", name: "web" }, object: ingress("shop", "web") },
    ],
    ingressClasses: [
      { name: "internal", isDefault: false, controller: null },
      { name: "nginx", isDefault: true, controller: "k8s.io/ingress-nginx" },
    ],
    problems: [],
  };

  test.each<[string, LiveSnapshot]>([
    ["some namespaces", live],
    ["the whole cluster", { ...live, namespaces: "all" }],
    ["no Ingress and no IngressClass", { ...live, ingresses: [], ingressClasses: [] }],
  ])("is read back as it was: %s", async (_, snapshot) => {
    expect(await read(writeSnapshot(snapshot))).toEqual(snapshot);
  });

  test("keeps that IngressClasses could not be read", async () => {
    const back = await read(writeSnapshot({ ...live, ingressClasses: null }));
    expect(back.ingressClasses).toBeNull();
    expect(back.problems).toMatchObject([{ code: "ingress-classes-unknown" }]);
  });

  test("is a List as kubectl prints it", () => {
    expect(JSON.parse(writeSnapshot(live))).toMatchObject({
      apiVersion: "v1",
      kind: "List",
      items: [{ kind: "Ingress" }, { kind: "Ingress" }, { kind: "IngressClass" }, { kind: "IngressClass" }],
      metadata: { resourceVersion: "" },
    });
  });

  test("is refused where an object could not be read", () => {
    const hidden = { path: "p", line: null, code: "c", message: "m", remedy: "r", level: "error" as const };
    expect(() => writeSnapshot({ ...live, problems: [hidden] })).toThrow(AuditError);
  });
});

function list(items: readonly unknown[]) {
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}

/** Nine levels of nine aliases each. */
function of(...kinds: readonly string[]): Json[] {
  return kinds.map((kind, index) => ({ apiVersion: "v1", kind, metadata: { name: `x-${index}` } }));
}

function bomb(): string {
  const levels = Array.from("abcdefghi", (name, level) => {
    const below = level === 0 ? '"x"' : `*${"abcdefghi"[level - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => below).join(",")}]\n`;
  });
  return `kind: List\nitems: []\n${levels.join("")}`;
}

async function read(
  content: string | Buffer,
  options: Omit<SnapshotReaderOptions, "path"> = {},
): Promise<LiveSnapshot> {
  const file = path.join(await mkdtemp(path.join(folder, "case-")), "snapshot");
  await writeFile(file, content);
  return await snapshotReader({ path: file, ...options }).read(new AbortController().signal);
}

async function failure(content: string | Buffer): Promise<AuditError> {
  const error = await read(content).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AuditError) return error;
  throw new Error("the read did not fail with an AuditError", { cause: error });
}
