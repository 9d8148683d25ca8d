import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type ToolsOnPath, toolsOnPath } from "../../../support/renderers/tools-on-path.ts";
import { runCli } from "../../../support/run-cli.ts";
import { bob, type FleetWorld, fleetWorld, live, manifest } from "./fleet-world.ts";

const CONFIGURATION = `repositories:
  - {name: platform, path: .}
  - {name: shop, path: ../shop}
clusters:
  - {name: prod, context: prod}
`;

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: "https://git.example.com/acme/shop-deploy", path: overlays/prod }
  destination: { name: in-cluster, namespace: shop }
`;

const KUSTOMIZED = {
  "base/kustomization.yaml": "resources: [web.yaml]\n",
  "base/web.yaml": manifest("shop/web"),
  "overlays/prod/kustomization.yaml": "resources: [../../base]\n",
};

let tools: ToolsOnPath;
let world: FleetWorld;

beforeAll(async () => {
  tools = await toolsOnPath();
});
afterAll(() => tools[Symbol.asyncDispose]());
beforeEach(async () => {
  world = await fleetWorld();
  const files = { ".ingress-audit.yaml": CONFIGURATION, "apps/shop.yaml": APPLICATION };
  await world.repository("platform", [{ ...files, "a.yaml": manifest("ops/grafana") }]);
});
afterEach(() => world[Symbol.dispose]());

async function audit(snapshot: string) {
  const { stdout, stderr, status } = await runCli(["audit", "-o", "json", "--snapshot", snapshot], {
    cwd: path.join(world.dir, "platform"),
    env: { PATH: tools.path, XDG_CACHE_HOME: path.join(world.dir, "cache") },
  });
  expect(stderr).toBe("");
  const audits: {
    repository: string;
    report: { ingresses: object[]; problems: object[]; summary: object };
  }[] = JSON.parse(stdout).audits;
  const reportOf = (name: string) => audits.find(({ repository }) => repository === name)?.report;
  return { status, platform: reportOf("platform"), shop: reportOf("shop") };
}

test("an Application in one repository renders another one's overlay, and its commit is named", async () => {
  await world.repository(
    "shop",
    [KUSTOMIZED, { "base/web.yaml": manifest("shop/web", "web-v2") }],
    "git@git.example.com:acme/shop-deploy.git",
  );
  const snapshot = await world.snapshot("prod", [live("ops/grafana"), live("shop/web")]);

  const { status, platform, shop } = await audit(snapshot);

  expect(status).toBe(1);
  expect(platform).toMatchObject({ problems: [], ingresses: [{ name: "grafana", state: "in-sync" }] });
  expect(shop).toMatchObject({
    problems: [],
    ingresses: [
      {
        name: "web",
        origin: { renderer: "kustomize" },
        divergences: [{ verdict: "pending", commits: [{ author: bob, subject: "change 2 of shop" }] }],
      },
    ],
  });
});

test("an overlay that does not render keeps what it once declared from being called out-of-band", async () => {
  await world.repository(
    "shop",
    [KUSTOMIZED, { "overlays/prod/kustomization.yaml": "resources: [../../gone]\n" }],
    "git@git.example.com:acme/shop-deploy.git",
  );
  const snapshot = await world.snapshot("prod", [live("ops/grafana"), live("shop/web"), live("lab/hand")]);

  const { status, platform, shop } = await audit(snapshot);

  expect(status).toBe(2);
  expect(platform?.ingresses).toMatchObject([
    { name: "hand", state: "extra", divergences: [{ verdict: "out-of-band" }] },
    { name: "grafana", state: "in-sync" },
  ]);
  expect(platform?.summary).toMatchObject({ otherRepositories: 1 });
  expect(shop).toMatchObject({ ingresses: [], summary: { unreadable: 1 } });
});
