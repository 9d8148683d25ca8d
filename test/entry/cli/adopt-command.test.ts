import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import {
  type FileContent,
  RepositoryBuilder,
  type TestRepository,
} from "../../support/repository/build-repository.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";
import { type CliResult, runCli } from "../../support/run-cli.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

/** As a team writes it: two documents, comments, quotes of both kinds. */
const WEB = `# The shop's front door.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    # agreed with the CDN
    nginx.ingress.kubernetes.io/proxy-body-size: '8m'   # uploads
spec:
  ingressClassName: nginx
  rules:
  # the shop itself
  - host: "shop.example.com"
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: { service: { name: web, port: { number: 80 } } }   # blue
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
`;

const rule = (host: string, service: string, port = 80) => ({
  host,
  http: {
    paths: [
      { path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number: port } } } },
    ],
  },
});

function live({ annotations = SIZE, rules = [rule("shop.example.com", "web")], name = "web" } = {}) {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: "shop",
      uid: "1",
      resourceVersion: "9",
      generation: 2,
      creationTimestamp: "2026-01-01T00:00:00Z",
      annotations,
    },
    spec: { ingressClassName: "nginx", rules },
    status: { loadBalancer: {} },
  };
}

const SIZE: Record<string, string> = { "nginx.ingress.kubernetes.io/proxy-body-size": "8m" };

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

async function repositoryOf(files: Record<string, FileContent>): Promise<TestRepository> {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add web", author: ann, files });
  const repository = await builder.write({ checkout: true });
  await repository.git("config", "user.name", "Cyd Day");
  await repository.git("config", "user.email", "cyd@example.com");
  return repository;
}

let count = 0;
async function adopt(
  repository: TestRepository,
  items: readonly object[],
  ...args: readonly string[]
): Promise<CliResult> {
  count += 1;
  const snapshot = path.join(folder, `live-${count}.yaml`);
  await writeFile(snapshot, stringify({ apiVersion: "v1", kind: "List", items }));
  return await runCli(["adopt", "shop/web", "--repo", repository.dir, "--snapshot", snapshot, ...args]);
}

/** Applies a patch as its reader would. */
async function apply(repository: TestRepository, patch: string): Promise<void> {
  const git = spawn("git", ["apply", "-"], { cwd: repository.dir, stdio: ["pipe", "inherit", "pipe"] });
  git.stdin.end(patch);
  const stderr = await text(git.stderr);
  if (stderr !== "") throw new Error(stderr);
}

describe("plain manifests", () => {
  let repository: TestRepository;
  beforeAll(async () => {
    repository = await repositoryOf({ "deploy/web.yaml": WEB });
  });
  afterAll(() => repository.remove());

  test("a patch changes the lines of the value, and nothing beside it", async () => {
    const { status, stdout, stderr } = await adopt(repository, [
      live({
        annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "64m", "example.com/note": "yes" },
        rules: [rule("shop.example.com", "web-v2"), rule("api.example.com", "api", 8080)],
      }),
    ]);
    expect({ status, changed: changedLines(stdout) }).toEqual({
      status: 0,
      changed: [
        "-    nginx.ingress.kubernetes.io/proxy-body-size: '8m'   # uploads",
        "+    nginx.ingress.kubernetes.io/proxy-body-size: '64m'   # uploads",
        '+    example.com/note: "yes"',
        "-        backend: { service: { name: web, port: { number: 80 } } }   # blue",
        "+        backend: { service: { name: web-v2, port: { number: 80 } } }   # blue",
        "+  - host: api.example.com",
        "+    http:",
        "+      paths:",
        "+      - path: /",
        "+        pathType: Prefix",
        "+        backend:",
        "+          service:",
        "+            name: api",
        "+            port:",
        "+              number: 8080",
      ],
    });
    expect(stderr).toContain("Adopts 4 live values of shop/web:");
  });
});

describe("what is rendered", () => {
  const INGRESS = WEB.split("---")[0]?.replace("  namespace: shop\n", "") ?? "";
  const BASE = {
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml": INGRESS,
    "prod/kustomization.yaml": "namespace: shop\nresources: [../base]\npatches:\n- path: size.yaml # prod\n",
    "prod/size.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 8m # as the CDN has it
`,
  };
  const CONFIG = "sources:\n  - kustomize: prod\n";

  test("the patch that carries the value is changed, and the base that it hides is not", async () => {
    using repository = await repositoryOf({ ...BASE, ".ingress-audit.yaml": CONFIG });
    const bigger = { "nginx.ingress.kubernetes.io/proxy-body-size": "64m" };
    const { stdout, stderr, status } = await adopt(repository, [live({ annotations: bigger })]);
    expect({ status, stderr, changed: changedLines(stdout) }).toEqual({
      status: 0,
      stderr: expect.stringContaining("prod/size.yaml:6"),
      changed: [
        "-    nginx.ingress.kubernetes.io/proxy-body-size: 8m # as the CDN has it",
        "+    nginx.ingress.kubernetes.io/proxy-body-size: 64m # as the CDN has it",
      ],
    });
  });

  test("a base that another overlay shares is left alone, and the overlay is named", async () => {
    using repository = await repositoryOf({
      ...BASE,
      "staging/kustomization.yaml": "namespace: staging\nresources: [../base]\n",
      ".ingress-audit.yaml": CONFIG,
    });
    const { stdout, stderr, status } = await adopt(repository, [
      live({ rules: [rule("shop.example.com", "web-v2")] }),
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("[no-single-place]");
    expect(stderr).toMatch(/base\/web.yaml:\d+: it would change kustomize staging too/);
  });

  test("a chart's values file gets the value, a part of it where the template adds the rest", async () => {
    using repository = await repositoryOf({
      "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
      "chart/values.yaml": "host: shop\nservice:\n  name: web   # blue\nannotations: {}\n",
      "chart/templates/ingress.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 8m
    {{- toYaml .Values.annotations | nindent 4 }}
spec:
  ingressClassName: nginx
  rules:
  - host: {{ .Values.host }}.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: { service: { name: {{ .Values.service.name }}, port: { number: 80 } } }
`,
      "prod.yaml": "# of prod\nhost: shop\n",
      ".ingress-audit.yaml":
        "sources:\n  - helm: { chart: chart, release: web, valueFiles: [prod.yaml] }\n    namespace: shop\n",
    });
    const { stdout, stderr } = await adopt(repository, [
      live({ annotations: { ...SIZE, "example.com/note": "on" }, rules: [rule("store.example.com", "web")] }),
    ]);
    expect(stderr).toContain("Adopts 3 live values");
    expect(changedLines(stdout)).toEqual([
      "-annotations: {}",
      "+annotations:",
      '+  example.com/note: "on"',
      "-host: shop",
      "+host: store",
    ]);
  });
});

function changedLines(patch: string): readonly string[] {
  return patch.split("\n").filter((line) => /^[-+](?!--|\+\+)/.test(line));
}
void apply;
void readFile;
