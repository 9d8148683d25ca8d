import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { sourceDiscovery } from "../../../src/adapters/discovery/discover-sources.ts";
import { renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { toolRenderer } from "../../../src/adapters/render/tool-renderer.ts";
import type { AuditRequest } from "../../../src/audit/audit-request.ts";
import { reviewPullRequest } from "../../../src/audit/pull-request/review-pull-request.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { HelmSource } from "../../../src/model/source.ts";
import type { ClusterReader } from "../../../src/ports/cluster-reader.ts";
import { isNothingLeft, type ReviewedIngress } from "../../../src/report/pull-request/pull-request-review.ts";
import {
  clusterWith,
  ingressObject,
  pullRequestOf,
  reviewPorts,
} from "../../support/pull-request/pull-request-world.ts";
import { type ToolsOnPath, toolsOnPath } from "../../support/renderers/tools-on-path.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";

const alice = { name: "Alice", email: "alice@example.com" };
const bob = { name: "Bob", email: "bob@example.com" };
const cy = { name: "Cy", email: "cy@example.com" };

type Files = Readonly<Record<string, string | null>>;

interface Story {
  readonly main: Files;
  /** One commit each, of Bob's and then of Cy's. */
  readonly feature: readonly Files[];
  /** On main, after the two have parted. */
  readonly later?: Files;
}

let tools: ToolsOnPath;
beforeAll(async () => {
  tools = await toolsOnPath();
}, 120_000);
afterAll(() => tools[Symbol.asyncDispose]());

async function write({ main, feature, later }: Story): Promise<TestRepository> {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "main", author: alice, files: main });
  builder.branch("feature", "main");
  for (const [at, files] of feature.entries())
    builder.commit({ branch: "feature", message: `feature ${at}`, author: at === 0 ? bob : cy, files });
  if (later !== undefined) builder.commit({ message: "later", author: alice, files: later });
  const repository = await builder.write({ remotes: { origin: "https://github.com/acme/shop.git" } });
  onTestFinished(() => repository.remove());
  return repository;
}

interface Setting {
  readonly cluster?: ClusterReader | null;
  readonly audit?: Partial<AuditRequest>;
  /** A PATH with other tools. */
  readonly path?: string;
}

async function review(story: Story, { cluster = null, audit = {}, path = tools.path }: Setting = {}) {
  const repository = await write(story);
  const request = await pullRequestOf(repository, {}, { discover: true, ...audit });
  const sourceRenderer = toolRenderer({
    cache: renderCache(null),
    allowNetwork: false,
    timeoutSeconds: 60,
    parallelism: 2,
    path,
  });
  const ports = await reviewPorts(repository, { cluster, sourceRenderer, discovery: sourceDiscovery });
  const outcome = await reviewPullRequest(request, ports);
  return { ...outcome, repository };
}

/** The one Ingress that a review holds. */
function only({ ingresses }: { ingresses: readonly ReviewedIngress[] }): ReviewedIngress {
  const [first, ...others] = ingresses;
  if (first === undefined || others.length > 0) throw new Error(`${ingresses.length} Ingresses are reviewed`);
  return first;
}

function shaOf(repository: TestRepository, revision: string): Promise<string> {
  return repository.git("rev-parse", revision).then((sha) => sha.trim());
}

const SERVICE =
  'spec.rules[host="shop.example.com"].http.paths[path="/",pathType="Prefix"].backend.service.name';

const base = (service: string, comment = "") => `${comment}apiVersion: networking.k8s.io/v1
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

const patch = (service: string) =>
  `- op: replace\n  path: /spec/rules/0/http/paths/0/backend/service/name\n  value: ${service}\n`;

const KUSTOMIZED: Files = {
  "deploy/base/kustomization.yaml": "resources: [web.yaml]\n",
  "deploy/base/web.yaml": base("web"),
  "deploy/prod/kustomization.yaml":
    "resources: [../base]\nnamespace: shop\npatches:\n  - { path: service.yaml, target: { kind: Ingress } }\n",
  "deploy/prod/service.yaml": patch("web-v1"),
};

const CHART: Files = {
  "charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
  "charts/web/values.yaml": "service: web\n",
  "charts/web/templates/ingress.yaml": base("{{ .Values.service }}").replace(
    "name: web\nspec",
    "name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\nspec",
  ),
  "envs/prod.yaml": "# The shop.\nservice: web-v1\n",
};

const RELEASE: HelmSource = {
  kind: "helm",
  id: "helm charts/web as web in shop",
  chart: "charts/web",
  releaseName: "web",
  namespace: "shop",
  valueFiles: ["envs/prod.yaml"],
  values: null,
  set: [],
  setFiles: [],
  isDefaultReplaced: false,
  kubeVersion: null,
  apiVersions: [],
};

const live = (service: string) => clusterWith([ingressObject({ paths: { "/": service } })]);

describe("a pull request that changes what an Ingress is rendered from", () => {
  test("is told by the field that comes of it, the input's line, and the commit", async () => {
    const { review: found, repository } = await review(
      {
        main: KUSTOMIZED,
        feature: [
          { "deploy/prod/service.yaml": `# Moved.\n${patch("web-v2")}` },
          { "deploy/base/web.yaml": base("web", "# The shop.\n") },
        ],
      },
      { cluster: live("web-v1") },
    );

    const { changes, ...ingress } = only(found);
    expect(ingress).toMatchObject({ change: "changed", live: "present", overwrites: [], drift: [] });
    expect(changes).toMatchObject([
      {
        field: SERVICE,
        base: "web-v1",
        head: "web-v2",
        live: "web-v1",
        effect: "changes",
        risk: { severity: "high" },
        place: { side: "head", path: "deploy/prod/service.yaml", line: 4 },
        commits: [{ sha: await shaOf(repository, "feature~1"), author: { name: "Bob" } }],
      },
    ]);
    expect(found.problems).toEqual([]);
  });

  test("through a chart's values likewise, and whose hotfix the merge overwrites", async () => {
    const { review: found, repository } = await review(
      { main: CHART, feature: [{ "envs/prod.yaml": "# The shop.\nservice: web-v2\n" }] },
      { cluster: live("web-hotfix"), audit: { sources: [RELEASE], discover: false } },
    );

    const { changes, overwrites } = only(found);
    expect(changes).toMatchObject([
      {
        field: SERVICE,
        base: "web-v1",
        head: "web-v2",
        live: "web-hotfix",
        effect: "changes",
        place: { side: "head", path: "envs/prod.yaml", line: 2 },
        commits: [{ sha: await shaOf(repository, "feature") }],
      },
    ]);
    expect(overwrites).toMatchObject([
      { field: SERVICE, desired: "web-v1", live: "web-hotfix", after: "web-v2", verdict: "out-of-band" },
    ]);
  });

  test("changes every overlay of a base", async () => {
    const { review: found } = await review({
      main: {
        ...KUSTOMIZED,
        "deploy/prod/service.yaml": "[]\n",
        "deploy/test/kustomization.yaml": "resources: [../base]\nnamespace: test\n",
      },
      feature: [{ "deploy/base/web.yaml": base("web-v2") }],
    });

    expect(found.ingresses.map(({ namespace, changes }) => [namespace, changes.length])).toEqual([
      ["shop", 1],
      ["test", 1],
    ]);
  });

  test("is nothing where no rendering is another", async () => {
    const { review: found } = await review(
      {
        main: CHART,
        feature: [
          {
            "charts/web/values.yaml": "service: unused\n",
            "charts/web/templates/ingress.yaml": `{{/* The shop. */}}\n${CHART["charts/web/templates/ingress.yaml"]}`,
          },
        ],
      },
      { audit: { sources: [RELEASE], discover: false } },
    );

    expect(isNothingLeft(found)).toBe(true);
    expect(found.problems).toEqual([]);
  });

  test("says apart what has drifted on the same object", async () => {
    const annotated = ingressObject({ paths: { "/": "web-v1" }, annotations: { team: "core" } });
    const { review: found } = await review(
      { main: KUSTOMIZED, feature: [{ "deploy/prod/service.yaml": patch("web-v2") }] },
      { cluster: clusterWith([annotated]) },
    );

    const { overwrites, drift } = only(found);
    expect(overwrites).toEqual([]);
    expect(drift).toMatchObject([
      { field: 'metadata.annotations["team"]', verdict: "out-of-band", fate: "stays" },
    ]);
  });

  test("leaves what the base branch has done since to the base branch", async () => {
    const host = "- { op: add, path: /metadata/annotations, value: { team: core } }\n";
    const { review: found } = await review({
      main: KUSTOMIZED,
      feature: [{ "deploy/prod/service.yaml": patch("web-v2") }],
      later: {
        "deploy/prod/kustomization.yaml": `${KUSTOMIZED["deploy/prod/kustomization.yaml"]}  - { path: team.yaml, target: { kind: Ingress } }\n`,
        "deploy/prod/team.yaml": host,
      },
    });

    expect(only(found).changes.map(({ field }) => field)).toEqual([SERVICE]);
  });
});

describe("a rendering that fails", () => {
  const gone = { "deploy/prod/service.yaml": null };

  test("at the head is a problem, and what it rendered before is unreadable, not removed", async () => {
    const { review: found } = await review(
      { main: KUSTOMIZED, feature: [gone] },
      { cluster: live("web-v1") },
    );

    expect(isNothingLeft(found)).toBe(false);
    expect(only(found)).toMatchObject({ namespace: "shop", name: "web", change: "unreadable", changes: [] });
    expect(found.problems).toMatchObject([
      { code: "source-not-rendered", level: "error", message: expect.stringContaining("service.yaml") },
    ]);
  });

  test("at both is a problem of whoever changes what goes in", async () => {
    const broken = { ...KUSTOMIZED, ...gone };
    const touching = await review({ main: broken, feature: [{ "deploy/base/web.yaml": base("web-v2") }] });
    const beside = await review({ main: broken, feature: [{ "docs/a.md": "a" }] });

    expect(touching.review.problems).toMatchObject([{ code: "source-not-rendered", level: "error" }]);
    expect(isNothingLeft(beside.review)).toBe(true);
  });

  test("at the base alone is mended", async () => {
    const { review: found } = await review({
      main: { ...KUSTOMIZED, ...gone },
      feature: [{ "deploy/prod/service.yaml": patch("web-v1") }],
    });

    expect(only(found)).toMatchObject({ change: "mended" });
    expect(found.problems).toEqual([]);
  });

  test("for want of a tool is said where the pull request changes what goes in", async () => {
    await using none = await toolsOnPath({ kustomize: null, helm: null });
    const { review: found } = await review(
      { main: KUSTOMIZED, feature: [{ "deploy/base/web.yaml": base("web-v2") }] },
      { path: none.path },
    );

    expect(found.ingresses).toEqual([]);
    expect(found.problems).toMatchObject([{ code: "renderer-missing", level: "error" }]);
  });

  test("of a kustomization that is no YAML is never nothing", async () => {
    const { review: found } = await review({
      main: KUSTOMIZED,
      feature: [{ "deploy/prod/kustomization.yaml": "resources: [../base\n" }],
    });

    expect(found.problems.filter(({ level }) => level === "error")).not.toEqual([]);
    expect(found.ingresses.map(({ namespace, change }) => [namespace, change])).toEqual([
      ["shop", "unreadable"],
    ]);
  });
});

describe("sources that GitOps tools declare", () => {
  const application = (service: string | null): JsonObject => ({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop", namespace: "argocd" },
    spec: {
      source: {
        repoURL: "https://github.com/acme/shop.git",
        targetRevision: "main",
        path: "charts/web",
        helm: {
          releaseName: "web",
          valueFiles: ["../../envs/prod.yaml"],
          ...(service === null ? {} : { parameters: [{ name: "service", value: service }] }),
        },
      },
      destination: { server: "https://kubernetes.default.svc", namespace: "shop" },
    },
  });

  test("in the cluster alone are known from there", async () => {
    const cluster = clusterWith([ingressObject({ paths: { "/": "web-v1" } })], {
      gitOpsObjects: [application(null)],
    });
    const { review: found } = await review(
      { main: CHART, feature: [{ "envs/prod.yaml": "# The shop.\nservice: web-v2\n" }] },
      { cluster },
    );

    expect(only(found).changes).toMatchObject([
      { field: SERVICE, head: "web-v2", place: { path: "envs/prod.yaml", line: 2 } },
    ]);
  });

  test("in a file of the pull request count as the head has them, whatever the cluster still follows", async () => {
    const file = (service: string) => JSON.stringify(application(service), null, 2);
    const cluster = clusterWith([ingressObject({ paths: { "/": "web-v1" } })], {
      gitOpsObjects: [application("web-v1")],
    });
    const { review: found } = await review(
      {
        main: { ...CHART, "apps/shop.json": file("web-v1") },
        feature: [{ "apps/shop.json": file("web-v2") }],
      },
      { cluster },
    );

    expect(only(found).changes).toMatchObject([
      { field: SERVICE, base: "web-v1", head: "web-v2", effect: "changes" },
    ]);
  });

  test("are not known where the cluster cannot be read, which is said", async () => {
    const error = new AuditError({ code: "live-unreachable", what: "No answer", mend: "Try again." });
    const { review: found, clusterError } = await review(
      { main: KUSTOMIZED, feature: [{ "deploy/prod/service.yaml": patch("web-v2") }] },
      { cluster: { read: () => Promise.reject(error) } },
    );

    expect(clusterError).toBe(error);
    expect(only(found).changes).toMatchObject([{ field: SERVICE, effect: "unknown" }]);
  });
});
