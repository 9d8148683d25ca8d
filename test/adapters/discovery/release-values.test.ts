import { expect, it } from "vitest";
import { mayPatchIngress } from "../../../src/adapters/discovery/flux/may-patch-ingress.ts";
import { releaseValues } from "../../../src/adapters/discovery/flux/release-values.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";

const configMap = (name: string, data: Readonly<Record<string, string>>, namespace?: string): string =>
  JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data });

const reference = (name: string, further: object = {}) => ({
  kind: "ConfigMap",
  name,
  valuesKey: null,
  targetPath: null,
  optional: false,
  ...further,
});

type Spec = Parameters<typeof releaseValues>[0];
const valuesOf = (files: Record<string, string>, spec: object, from = "apps/prod/release.yaml") =>
  releaseValues(spec as Spec, { namespace: "shop", from }, memoryTree(files));

it("merges what valuesFrom names in its order, then the release's own values", async () => {
  const files = {
    "apps/a.json": configMap("a", { "values.yaml": "host: a.example.com\ntls: { secret: a, on: true }\n" }),
    "apps/b.json": configMap("b", { "values.yaml": "tls: { secret: b }\nlist: [1]\n" }, "shop"),
  };
  const spec = { valuesFrom: [reference("a"), reference("b")], values: { host: "own.example.com" } };

  expect(await valuesOf(files, spec)).toEqual({
    kind: "values",
    values: { host: "own.example.com", tls: { secret: "b", on: true }, list: [1] },
    files: ["apps/a.json", "apps/b.json"],
  });
});

it("puts a single value where its targetPath says, typed as --set types it", async () => {
  const files = { "vars.json": configMap("vars", { host: "a.example.com", port: "80", on: "true" }) };
  const at = (valuesKey: string, targetPath: string) => reference("vars", { valuesKey, targetPath });
  const spec = { valuesFrom: [at("host", "ingress.host"), at("port", "ingress.port"), at("on", "on")] };

  expect(await valuesOf(files, spec)).toMatchObject({
    values: { ingress: { host: "a.example.com", port: 80 }, on: true },
  });
});

it("reads what a kustomization's configMapGenerator makes", async () => {
  const files = {
    "apps/prod/kustomization.yaml":
      "configMapGenerator:\n  - { name: web-values, files: [values.yaml=web.yaml], literals: [a=b] }\n",
    "apps/prod/web.yaml": "host: a.example.com\n",
  };

  expect(await valuesOf(files, { valuesFrom: [reference("web-values")] })).toEqual({
    kind: "values",
    values: { host: "a.example.com" },
    files: ["apps/prod/kustomization.yaml", "apps/prod/web.yaml"],
  });
});

it("of several by the same name takes the nearest, if it is whole", async () => {
  const files = {
    "apps/prod/vars.json": configMap("vars", { "values.yaml": "env: prod" }),
    "apps/test/vars.json": configMap("vars", { "values.yaml": "env: test" }),
  };
  const spec = { valuesFrom: [reference("vars")] };

  expect(await valuesOf(files, spec)).toMatchObject({ values: { env: "prod" } });
  expect(await valuesOf(files, spec, "apps/test/release.yaml")).toMatchObject({ values: { env: "test" } });
  expect(await valuesOf(files, spec, "releases/web.yaml")).toMatchObject({ kind: "unknown" });
  const patched = { ...files, "apps/prod/patch.json": configMap("vars", { other: "x" }) };
  expect(await valuesOf(patched, spec)).toMatchObject({ kind: "unknown" });
});

it.each([
  [{ kind: "Secret", name: "s" }, "it takes values from Secret s, which Git does not declare in the clear"],
  [{ name: "gone" }, "it takes values from ConfigMap gone, which Git does not declare in the clear"],
  [{ name: "vars", valuesKey: "gone" }, "what it takes from ConfigMap vars is no map of values"],
  [{ name: "vars", valuesKey: "list" }, "what it takes from ConfigMap vars is no map of values"],
  [
    { name: "vars", valuesKey: "list", targetPath: "a[0]" },
    "what it takes from ConfigMap vars is no map of values",
  ],
])("does not guess (%#)", async (further, reason) => {
  const files = { "vars.json": configMap("vars", { list: "[1, 2]" }) };
  const spec = { valuesFrom: [reference("vars", further)] };

  expect(await valuesOf(files, spec)).toEqual({ kind: "unknown", reason });
  const optional = { valuesFrom: [reference("vars", { ...further, optional: true })], values: { a: 1 } };
  const isMissing = !reason.startsWith("what") || ("valuesKey" in further && further.valuesKey === "gone");
  expect(await valuesOf(files, optional)).toMatchObject(
    isMissing ? { values: { a: 1 } } : { kind: "unknown" },
  );
});

it.each([
  [{ kustomize: { images: [{ name: "web", newTag: "2" }] } }, false],
  [{ kustomize: { patches: [{ target: { kind: "Deployment" }, patch: "[]" }] } }, false],
  [{ kustomize: { patches: [{ patch: "kind: Service\nmetadata: { name: web }" }] } }, false],
  [{ kustomize: { patchesStrategicMerge: [{ kind: "Deployment" }] } }, false],
  [{ kustomize: { patches: [{ target: { kind: "Ingress" }, patch: "[]" }] } }, true],
  [{ kustomize: { patches: [{ target: { kind: "Ing.*|Service" }, patch: "[]" }] } }, true],
  [{ kustomize: { patches: [{ target: { labelSelector: "app=web" }, patch: "[]" }] } }, true],
  [{ kustomize: { patches: [{ patch: "kind: Ingress" }] } }, true],
  [{ kustomize: { patches: [{ patch: "{" }] } }, true],
  [{ kustomize: { commonLabels: { a: "b" } } }, true],
  [{ other: {} }, true],
  ["text", true],
])("%j may change an Ingress: %s", (renderer, expected) => {
  expect(mayPatchIngress(renderer)).toBe(expected);
});
