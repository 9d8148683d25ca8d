import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { ingressText } from "../../support/renderers/render-files.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { runCli } from "../../support/run-cli.ts";

const author = { name: "Ann Lee", email: "ann@example.com" };

const FILES = {
  "apps/shop.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: "https://git.example.com/team/deploy", path: deploy/prod }
  destination: { name: in-cluster, namespace: shop }
`,
  "apps/redis.yaml": `# From elsewhere.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: redis, namespace: argocd }
spec:
  source: { repoURL: "https://charts.example.com", chart: "redis\\e[31m", targetRevision: 1.0.0 }
  destination: { name: in-cluster, namespace: redis }
`,
  "deploy/prod/kustomization.yaml": "resources: [web.yaml]\n",
  "deploy/prod/web.yaml": ingressText(),
};

async function repositoryOf(files: Record<string, string>) {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add", author, files });
  return builder.write({ remotes: { origin: "git@git.example.com:team/deploy.git" } });
}

test("prints what was found and why, as a tree, with control characters made harmless", async () => {
  await using repository = await repositoryOf(FILES);

  const { status, stdout, stderr } = await runCli([
    "sources",
    "--repo",
    repository.dir,
    "--ref",
    "main",
    "--git-only",
    "--no-color",
  ]);

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toBe(`Application argocd/shop  apps/shop.yaml:1
└─ kustomize deploy/prod → namespace shop of in-cluster
   Argo CD builds the kustomization in deploy/prod.
Application argocd/redis  apps/redis.yaml:2
└─ not rendered: chart redis⟨U+001B⟩[31m comes from https://charts.example.com
   Audit the repository that holds it, or vendor it; until then its live Ingresses are left out.

1 source, 1 not rendered; found in Git alone.
`);
});

test("says what the cluster last applied, from a snapshot's objects", async () => {
  await using repository = await repositoryOf(FILES);
  const revision = "abcdef12".padEnd(40, "0");
  const application = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop", namespace: "argocd" },
    spec: {
      source: { repoURL: "https://git.example.com/team/deploy", path: "deploy/prod" },
      destination: { name: "in-cluster", namespace: "shop" },
    },
    status: { sync: { status: "Synced", revision } },
  };
  const ingress = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "a", namespace: "b" },
  };
  const snapshot = path.join(repository.dir, ".git", "live.json");
  await writeFile(
    snapshot,
    JSON.stringify({ apiVersion: "v1", kind: "List", items: [application, ingress] }),
  );

  const { stdout } = await runCli([
    "sources",
    "--repo",
    repository.dir,
    "--ref",
    "main",
    "--snapshot",
    snapshot,
    "--no-color",
  ]);

  expect(stdout).toContain("kustomize deploy/prod → namespace shop of in-cluster, applied abcdef12\n");
  expect(stdout).toContain("found in Git and the cluster.");
});

test("prints JSON for programs", async () => {
  await using repository = await repositoryOf(FILES);

  const { stdout } = await runCli([
    "sources",
    "--repo",
    repository.dir,
    "--ref",
    "main",
    "--git-only",
    "--json",
  ]);

  expect(JSON.parse(stdout)).toMatchObject({
    sources: [{ source: { kind: "kustomize", root: "deploy/prod", namespace: "shop" } }],
    unrendered: [{ declaredBy: { name: "argocd/redis" } }],
    problems: [],
    isClusterRead: false,
  });
});

test("says so where nothing was found", async () => {
  await using repository = await repositoryOf({ "web.yaml": ingressText() });

  const { status, stdout } = await runCli([
    "sources",
    "--repo",
    repository.dir,
    "--ref",
    "main",
    "--git-only",
  ]);

  expect(status).toBe(0);
  expect(stdout).toContain("every manifest of the repository counts");
  expect(stdout).toContain("0 sources; found in Git alone.");
});
