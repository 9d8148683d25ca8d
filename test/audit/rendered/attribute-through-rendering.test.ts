import { expect, test } from "vitest";
import { renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import type { KustomizeSource } from "../../../src/model/source.ts";
import { auditSources } from "../../support/renderers/audit-sources.ts";
import { helmSource, kustomizeSource } from "../../support/renderers/render-files.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Ray", email: "bob@example.com" };
const cas = { name: "Cas Orr", email: "cas@example.com" };

const OVERLAY = kustomizeSource("deploy/prod");

const ingress = (service: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: ${service}, port: { number: 80 } } }
`;

const hostPatch = (host: string) => `- { op: replace, path: /spec/rules/0/host, value: ${host} }\n`;

function kustomizedShop(): RepositoryBuilder {
  const builder = new RepositoryBuilder();
  builder.commit({
    message: "add the shop",
    author: ann,
    files: {
      "deploy/base/kustomization.yaml": "resources: [web.yaml]\n",
      "deploy/base/web.yaml": ingress("web"),
      "deploy/prod/kustomization.yaml":
        "resources: [../base]\nnamespace: shop\npatches:\n  - { path: host.yaml, target: { kind: Ingress } }\n",
      "deploy/prod/host.yaml": hostPatch("shop.example.com"),
    },
  });
  return builder;
}

const auditOf = (repository: TestRepository, source: KustomizeSource, live: { host: string }) =>
  auditSources(repository, [source], live, renderCache(null));

test("a patch that was changed is the change of the field, and its file and line are named", async () => {
  const builder = kustomizedShop();
  builder.commit({ message: "unrelated", author: cas, files: { "docs/a.yaml": "a: 1\n" } });
  const changed = builder.commit({
    message: "move the shop",
    author: bob,
    files: { "deploy/prod/host.yaml": `# moved\n${hostPatch("store.example.com")}` },
  });
  builder.commit({
    message: "comment",
    author: cas,
    files: { "deploy/base/web.yaml": `# The shop.\n${ingress("web")}` },
  });
  await using repository = await builder.write();

  const { report, runs } = await auditOf(repository, OVERLAY, { host: "shop.example.com" });

  expect(report.problems.filter(({ level }) => level === "error")).toEqual([]);
  const divergences = report.ingresses.flatMap((each) => each.divergences);
  expect(new Set(divergences.flatMap(({ commits }) => commits.map(({ sha }) => sha)))).toEqual(
    new Set([repository.sha(changed)]),
  );
  expect(new Set(divergences.map(({ verdict }) => verdict))).toEqual(new Set(["pending"]));
  expect(divergences.find(({ change }) => change === "removed")?.input).toEqual({
    path: "deploy/prod/host.yaml",
    line: 2,
  });
  expect(runs.length).toBeLessThanOrEqual(3);
});

test("whoever changed the file that a chart's parameter is the text of is named, and that file", async () => {
  const builder = new RepositoryBuilder();
  builder.commit({
    message: "add the chart",
    author: ann,
    files: {
      "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
      "chart/templates/web.yaml": ingress("web").replace("shop.example.com", "{{ .Values.host }}"),
      "envs/host.txt": "shop.example.com",
    },
  });
  const changed = builder.commit({
    message: "move the shop",
    author: bob,
    files: { "envs/host.txt": "store.example.com" },
  });
  builder.commit({ message: "unrelated", author: cas, files: { "envs/other.txt": "a" } });
  await using repository = await builder.write();
  const source = helmSource("chart", {
    releaseName: "web",
    setFiles: [{ name: "host", file: "envs/host.txt" }],
  });

  const { report } = await auditSources(
    repository,
    [source],
    { host: "shop.example.com" },
    renderCache(null),
  );

  const divergences = report.ingresses.flatMap((each) => each.divergences);
  expect(new Set(divergences.flatMap(({ commits }) => commits.map(({ sha }) => sha)))).toEqual(
    new Set([repository.sha(changed)]),
  );
  expect(divergences.find(({ change }) => change === "removed")?.input).toEqual({
    path: "envs/host.txt",
    line: 1,
  });
});

test("a tool that is not there is said once, and what it would render is not audited", async () => {
  await using repository = await kustomizedShop().write();
  const sources = [OVERLAY, kustomizeSource("deploy/base", { namespace: "other" })];

  const { report } = await auditSources(
    repository,
    sources,
    { host: "shop.example.com" },
    renderCache(null),
    { kustomize: null },
  );

  expect(report.problems.map(({ code }) => code)).toEqual([
    "renderer-missing",
    "ingress-classes-unknown",
    "managed-fields-missing",
    "hidden-by-unreadable",
  ]);
  expect(report.summary).toMatchObject({ diverged: 0, unreadable: 1 });
});

test("two sources that come to the same are rendered once each, and declare one Ingress twice", async () => {
  await using repository = await kustomizedShop().write();
  const sources = [OVERLAY, { ...OVERLAY, id: "the same again" }];

  const { report } = await auditSources(repository, sources, { host: "shop.example.com" }, renderCache(null));

  expect(report.problems.map(({ code }) => code)).toEqual([
    "declared-twice",
    "ingress-classes-unknown",
    "managed-fields-missing",
    "hidden-by-unreadable",
  ]);
});

test("whoever moved the overlay's folder is not its author", async () => {
  const builder = kustomizedShop();
  const changed = builder.commit({
    message: "use the api",
    author: bob,
    files: { "deploy/base/web.yaml": ingress("api") },
  });
  builder.commit({
    message: "tidy the folders",
    author: cas,
    files: {
      "deploy/prod/kustomization.yaml": null,
      "deploy/prod/host.yaml": null,
      "envs/prod/kustomization.yaml":
        "resources: [../../deploy/base]\nnamespace: shop\npatches:\n  - { path: host.yaml, target: { kind: Ingress } }\n",
      "envs/prod/host.yaml": hostPatch("shop.example.com"),
    },
  });
  await using repository = await builder.write();
  const moved = { ...OVERLAY, id: "kustomize envs/prod", root: "envs/prod" };

  const { report } = await auditOf(repository, moved, { host: "shop.example.com" });

  const divergences = report.ingresses.flatMap((each) => each.divergences);
  expect(divergences.map(({ field, verdict }) => ({ field: field.split(".").at(-1), verdict }))).toEqual([
    { field: "name", verdict: "pending" },
  ]);
  expect(divergences.flatMap(({ commits }) => commits.map(({ sha }) => sha))).toEqual([
    repository.sha(changed),
  ]);
});

test("what renders to the same as the cluster has is in sync, and nothing but the audited commit is rendered", async () => {
  await using repository = await kustomizedShop().write();

  const { report, runs } = await auditOf(repository, OVERLAY, { host: "shop.example.com" });

  expect(report.summary).toMatchObject({ desired: 1, live: 1, inSync: 1, diverged: 0 });
  expect(runs).toEqual(["kustomize deploy/prod"]);
});

const verdictsOf = ({ ingresses }: Awaited<ReturnType<typeof auditOf>>["report"]) =>
  ingresses
    .filter(({ name }) => name === "web")
    .flatMap(({ divergences }) => divergences)
    .map(({ verdict, commits }) => [verdict, commits.map(({ sha, author }) => [sha, author.name])]);

test("who took away an Ingress of another namespace than its source is given is found", async () => {
  const builder = new RepositoryBuilder();
  builder.commit({
    message: "add the shop",
    author: ann,
    files: {
      "deploy/prod/kustomization.yaml": "resources: [api.yaml, web.yaml]\n",
      "deploy/prod/api.yaml": ingress("api").replace("name: web", "name: api"),
      "deploy/prod/web.yaml": ingress("web").replace("name: web", "name: web\n  namespace: shop"),
    },
  });
  const removed = builder.commit({
    message: "remove the shop",
    author: bob,
    files: { "deploy/prod/kustomization.yaml": "resources: [api.yaml]\n", "deploy/prod/web.yaml": null },
  });
  await using repository = await builder.write();

  const { report } = await auditOf(
    repository,
    { ...OVERLAY, namespace: "other" },
    { host: "shop.example.com" },
  );

  expect(verdictsOf(report)).toEqual([["pending", [[repository.sha(removed), "Bob Ray"]]]]);
});

test("the namespace may be put together of parts that no file holds as a whole", async () => {
  const builder = new RepositoryBuilder();
  const web = (host: string) =>
    ingress("web").replace("name: web", "name: web\n  namespace: sh-x").replace("shop.example.com", host);
  builder.commit({
    message: "add the shop",
    author: ann,
    files: {
      "deploy/prod/kustomization.yaml": `resources: [web.yaml, parts.yaml]
replacements:
  - source: { kind: ConfigMap, name: parts, fieldPath: data.end }
    targets:
      - { select: { kind: Ingress }, fieldPaths: [metadata.namespace], options: { delimiter: "h", index: 1 } }
`,
      "deploy/prod/parts.yaml":
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: parts }\ndata: { end: op }\n",
      "deploy/prod/web.yaml": web("shop.example.com"),
    },
  });
  const changed = builder.commit({
    message: "move the shop",
    author: bob,
    files: { "deploy/prod/web.yaml": web("store.example.com") },
  });
  await using repository = await builder.write();

  const { report } = await auditOf(repository, OVERLAY, { host: "shop.example.com" });

  const byBob = ["pending", [[repository.sha(changed), "Bob Ray"]]];
  expect(verdictsOf(report)).toEqual([byBob, byBob]);
});
