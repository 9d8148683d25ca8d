import { expect, test } from "vitest";
import {
  ingressText,
  kustomizeSource,
  outline,
  placeOf,
  renderFiles,
} from "../../../support/renderers/render-files.ts";

const HOST = ["spec", "rules", 0, "host"];
const SERVICE = ["spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"];

const BASE = {
  "base/kustomization.yaml": "resources: [web.yaml]\n",
  "base/web.yaml": ingressText(),
};

test("name and namespace are those that the overlay gives, and the origin is the base's file", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    ...BASE,
    "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: eu-\nnameSuffix: -v2\nnamespace: shop\n",
  });

  expect(rendered.problems).toEqual([]);
  expect(outline(rendered)).toEqual(["shop/eu-web-v2 shop.example.com base/web.yaml:1"]);
});

test("no mark of the rendering is left on the object", async () => {
  const rendered = await renderFiles(kustomizeSource("base", { namespace: "shop" }), BASE);

  expect(rendered.ingresses.map(({ object }) => object.metadata)).toEqual([
    { name: "web", namespace: "shop" },
  ]);
});

test("a namespace that nothing of the kustomization gives is the source's", async () => {
  const rendered = await renderFiles(kustomizeSource("base", { namespace: "store" }), BASE);

  expect(outline(rendered)).toEqual(["store/web shop.example.com base/web.yaml:1"]);
});

test("a field that the base has and nothing changes is placed in the base, a patched one in the patch", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    ...BASE,
    "prod/kustomization.yaml":
      "resources: [../base]\nnamespace: shop\npatches: [{ path: host.yaml, target: { kind: Ingress } }]\n",
    "prod/host.yaml": "# why\n- { op: replace, path: /spec/rules/0/host, value: store.example.com }\n",
  });

  expect(placeOf(rendered, SERVICE)).toBe("base/web.yaml:12");
  expect(placeOf(rendered, HOST)).toBe("prod/host.yaml:2");
});

test("a patch that is written out in the kustomization is the place of what it sets", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    ...BASE,
    "prod/kustomization.yaml": `resources: [../base]
namespace: shop
patches:
  - target: { kind: Ingress }
    patch: |-
      - op: replace
        path: /spec/rules/0/host
        value: store.example.com
`,
  });

  expect(placeOf(rendered, HOST)).toBe("prod/kustomization.yaml:8");
});

test("a value that two lines carry is placed at neither", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    ...BASE,
    "prod/kustomization.yaml": `resources: [../base]
namespace: shop
commonAnnotations: { domain: store.example.com }
patches: [{ path: host.yaml, target: { kind: Ingress } }]
`,
    "prod/host.yaml": "- { op: replace, path: /spec/rules/0/host, value: store.example.com }\n",
  });

  expect(placeOf(rendered, HOST)).toBeNull();
});

test("a value that a replacement brings from a ConfigMap is placed where the ConfigMap has it", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    ...BASE,
    "prod/kustomization.yaml": `resources: [../base, domain.yaml]
namespace: shop
replacements:
  - source: { kind: ConfigMap, name: domain, fieldPath: data.host }
    targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host] }]
`,
    "prod/domain.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: domain }\ndata:\n  host: store.example.com\n",
  });

  expect(outline(rendered)).toEqual(["shop/web store.example.com base/web.yaml:1"]);
  expect(placeOf(rendered, HOST)).toBe("prod/domain.yaml:5");
});

test("what the pipeline puts on top counts: namespace, labels, patches, components", async () => {
  const overrides = {
    namespace: "store",
    commonAnnotations: { team: "web" },
    patches: [
      { target: { kind: "Ingress" }, patch: "- { op: add, path: /spec/ingressClassName, value: nginx }" },
      { target: { kind: "Ingress" }, path: "extra/host.yaml" },
    ],
    components: ["../tls"],
  };
  const rendered = await renderFiles(kustomizeSource("base", { overrides }), {
    ...BASE,
    "base/extra/host.yaml": "- { op: replace, path: /spec/rules/0/host, value: store.example.com }\n",
    "tls/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { tls: done }\n",
  });

  expect(rendered.problems).toEqual([]);
  expect(rendered.ingresses.map(({ id, object }) => ({ id, object }))).toMatchObject([
    {
      id: { namespace: "store", name: "web" },
      object: {
        metadata: { annotations: { team: "web", tls: "done" } },
        spec: { ingressClassName: "nginx", rules: [{ host: "store.example.com" }] },
      },
    },
  ]);
});

test("a prefix that the pipeline sets stands in the place of the kustomization's own, not before it", async () => {
  const source = kustomizeSource("prod", { overrides: { namePrefix: "us-" }, namespace: "shop" });

  const rendered = await renderFiles(source, {
    ...BASE,
    "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: eu-\n",
  });

  expect(rendered.ingresses.map(({ id }) => id.name)).toEqual(["us-web"]);
});

test("a folder without a kustomization is taken whole, as Flux takes it", async () => {
  const source = kustomizeSource("apps", { isGenerated: true, loadRestrictor: "none", namespace: "shop" });

  const rendered = await renderFiles(source, {
    "apps/web.yaml": ingressText(),
    "apps/deep/other.yaml": ingressText({ name: "other" }),
    "apps/own/kustomization.yaml": "resources: [third.yaml]\nnamePrefix: own-\n",
    "apps/own/third.yaml": ingressText({ name: "third" }),
    "apps/own/unused.yaml": ingressText({ name: "unused" }),
  });

  expect(rendered.problems).toEqual([]);
  expect(outline(rendered).map((line) => line.split(" ")[0])).toEqual([
    "shop/other",
    "shop/own-third",
    "shop/web",
  ]);
});

test("variables are put in after the build, and one in a form that is not known is a clear problem", async () => {
  const source = kustomizeSource("base", { namespace: "shop", substitute: { DOMAIN: "example.org" } });
  const withHost = (host: string) => ({ ...BASE, "base/web.yaml": ingressText({ host }) });
  const variable = (inside: string) => `$\{${inside}}`;

  const known = await renderFiles(source, withHost(`${variable("NAME:-shop")}.${variable("DOMAIN")}`));
  const unknown = await renderFiles(source, withHost(variable("DOMAIN/org/com")));

  expect(outline(known)).toEqual(["shop/web shop.example.org base/web.yaml:1"]);
  expect(unknown.ingresses).toEqual([]);
  expect(unknown.problems.map(({ message }) => message)).toEqual([
    `kustomize base cannot be rendered: its post-build substitution of ${variable("DOMAIN/org/com")} is of a form not supported`,
  ]);
});

test("a kustomization that inflates a chart of the repository is rendered with helm", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    "prod/kustomization.yaml":
      "namespace: shop\nhelmCharts: [{ name: web, releaseName: web, valuesFile: values.yaml }]\n",
    "prod/values.yaml": "host: store.example.com\n",
    "prod/charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
    "prod/charts/web/values.yaml": "host: shop.example.com\n",
    "prod/charts/web/templates/web.yaml": ingressText({ host: "{{ .Values.host }}" }),
  });

  expect(rendered.problems).toEqual([]);
  expect(rendered.ingresses.map(({ id }) => id)).toEqual([{ namespace: "shop", name: "web" }]);
  expect(placeOf(rendered, HOST)).toBe("prod/values.yaml:1");
});

test("a chart that a kustomization would fetch is a clear problem", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    "prod/kustomization.yaml":
      "helmCharts: [{ name: web, repo: https://charts.example.com, version: 1.2.3 }]\n",
  });

  expect(rendered.problems).toMatchObject([{ code: "remote-base", path: "prod/kustomization.yaml" }]);
});

test("what kustomize refuses is a problem with kustomize's own words", async () => {
  const rendered = await renderFiles(kustomizeSource("prod"), {
    ...BASE,
    "prod/kustomization.yaml":
      "resources: [../base]\npatches: [{ path: host.yaml, target: { kind: Ingress } }]\n",
    "prod/host.yaml": "- { op: replace, path: /spec/nothing/here, value: a }\n",
  });

  expect(rendered.ingresses).toEqual([]);
  expect(rendered.problems).toMatchObject([{ code: "source-not-rendered", level: "error", path: "prod" }]);
  expect(rendered.problems[0]?.message).toMatch(/^kustomize prod cannot be rendered: .*missing path/);
});

test("files and folders whose names look like options or need quoting are rendered", async () => {
  const rendered = await renderFiles(kustomizeSource("-deploy/a b;$(id)", { namespace: "shop" }), {
    "-deploy/a b;$(id)/kustomization.yaml": 'resources: ["-web.yaml"]\n',
    "-deploy/a b;$(id)/-web.yaml": ingressText(),
  });

  expect(rendered.problems).toEqual([]);
  expect(outline(rendered)).toEqual(["shop/web shop.example.com -deploy/a b;$(id)/-web.yaml:1"]);
});

test("the repository's root may be the kustomization", async () => {
  const rendered = await renderFiles(kustomizeSource("."), {
    "kustomization.yaml": "resources: [web.yaml]\nnamespace: shop\n",
    "web.yaml": ingressText(),
  });

  expect(outline(rendered)).toEqual(["shop/web shop.example.com web.yaml:1"]);
});
