import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltAction, buildAction } from "../../support/act/build-action.ts";
import { runStep } from "../../support/act/run-step.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { type FleetWorld, fleetWorld, live, manifest } from "../cli/fleet/fleet-world.ts";

const CONFIGURATION = `repositories:
  - {name: platform, path: .}
  - {name: shop, path: ../shop}
clusters:
  - {name: prod, context: prod}
  - {name: stage, context: stage}
  - {name: lab, context: lab}
`;

const LIST = `  - {name: secret, path: ../secret}
clusters:
  - {name: prod, context: prod}
`;

interface Summary {
  readonly audits: readonly {
    readonly repository: string;
    readonly report: {
      readonly ingresses: readonly {
        readonly divergences: readonly {
          readonly commits: readonly { readonly author: { readonly login: string | null } }[];
        }[];
      }[];
      readonly problems: readonly { readonly path: string }[];
    };
  }[];
}

let action: BuiltAction;
let world: FleetWorld;
let snapshot: string;

beforeAll(async () => {
  action = await buildAction();
  world = await fleetWorld();
  const files = { ".ingress-audit.yaml": CONFIGURATION, "deploy/a.yaml": manifest("ops/grafana") };
  await world.repository("platform", [files]);
  await world.repository("shop", [{ "web.yaml": manifest("shop/web") }]);
  const prod = await world.snapshot("prod", [live("ops/grafana", "other"), live("shop/web", "other")]);
  const stage = await world.snapshot("stage", [live("ops/grafana"), live("shop/web")]);
  snapshot = `prod=${prod}\nstage=${stage}\nlab=${stage}.not-there\n`;
});

afterAll(async () => {
  world[Symbol.dispose]();
  await action[Symbol.asyncDispose]();
});

const workspace = () => path.join(world.dir, "platform");

test("all clusters: the summary first, then what differs; totals as outputs; only this repository's lines", async () => {
  const [json, sarif] = [path.join(world.dir, "summary.json"), path.join(world.dir, "sarif")];
  const inputs = { mode: "audit", clusters: "all", snapshot, "json-file": json, "sarif-file": sarif };

  const step = await runStep(action, { workspace: workspace(), inputs });

  expect(step.status).toBe(1);
  expect(step.stderr).toBe("");
  expect(step.summary.split("\n")[0]).toBe("## ❌ Not everything could be audited; 2 of 4 Ingresses differ");
  expect(step.summary.match(/^# .*/gm)).toEqual(["# `prod` · `platform`", "# `prod` · `shop`"]);
  expect(step.outputs).toMatchObject({
    diverged: "2",
    "verdict-counts": '{"pending":0,"unmerged":0,"out-of-band":2,"controller":0}',
    "severity-counts": '{"high":2}',
    "max-severity": "high",
    "report-path": json,
    "sarif-path": sarif,
  });
  expect(step.stdout).toMatch(/^::error title=Not everything could be audited::Of lab not all/m);
  expect(step.stdout.match(/file=[^,]*/g)).toEqual(["file=deploy/a.yaml"]);
  const { audits } = JSON.parse(await readFile(json, "utf8"));
  expect(audits).toHaveLength(5);
  expect((await readdir(sarif)).sort()).toEqual(["prod-platform.sarif", "stage-platform.sarif"]);
  const { runs } = JSON.parse(await readFile(path.join(sarif, "prod-platform.sarif"), "utf8"));
  expect(runs[0].automationDetails).toEqual({ id: "ingress-audit/prod/platform/" });
});

test("GitHub is asked about each repository's commits, by its own name; one that it does not show is told of", async () => {
  using pending = await fleetWorld();
  const moved = (key: string) => [{ "web.yaml": manifest(key, "old") }, { "web.yaml": manifest(key) }];
  const at = (name: string) => `https://github.com/acme/${name}.git`;
  const config = { ".ingress-audit.yaml": CONFIGURATION.replace(/clusters:.*/s, LIST) };
  const [own, ...changes] = moved("ops/grafana");
  const platform = await pending.repository("platform", [{ ...config, ...own }, ...changes], at("platform"));
  const shop = await pending.repository("shop", moved("shop/web"), at("shop"));
  await pending.repository("secret", moved("secret/web"), at("secret"));
  const objects = ["ops/grafana", "shop/web", "secret/web"].map((key) => live(key, "old"));
  await using server = await startGitHub({
    repositories: [
      { fullName: "acme/platform", gitDir: path.join(platform.dir, ".git") },
      { fullName: "acme/shop", gitDir: path.join(shop.dir, ".git") },
    ],
    users: [{ login: "bob-roy", emails: ["bob@example.com"] }],
  });

  const step = await runStep(action, {
    workspace: path.join(pending.dir, "platform"),
    inputs: {
      mode: "audit",
      clusters: "prod",
      snapshot: await pending.snapshot("prod", objects),
      token: "ghs_actions",
      "json-file": path.join(pending.dir, "summary.json"),
    },
    env: {
      GITHUB_API_URL: server.url,
      GITHUB_GRAPHQL_URL: server.graphqlUrl,
      GITHUB_REPOSITORY: "acme/platform",
    },
  });

  expect(step.stderr).toBe("");
  const { audits } = JSON.parse(await readFile(path.join(pending.dir, "summary.json"), "utf8")) as Summary;
  const told = audits.map(({ repository, report }) => [
    repository,
    report.ingresses.flatMap(({ divergences }) =>
      divergences.flatMap(({ commits }) => commits.map(({ author }) => author.login)),
    ),
    report.problems.filter(({ path }) => path === "forge").length,
  ]);
  expect(told.sort()).toEqual([
    ["platform", ["bob-roy"], 0],
    ["secret", [null], 1],
    ["shop", ["bob-roy"], 0],
  ]);
});

test("named clusters alone, and nothing that fails", async () => {
  const inputs = { mode: "audit", clusters: "stage", snapshot: snapshot.split("\n")[1] ?? "" };

  const step = await runStep(action, { workspace: workspace(), inputs });

  expect(step.status).toBe(0);
  expect(step.summary).toContain("## ✅ 0 of 2 Ingresses differ");
  expect(step.outputs).toMatchObject({ diverged: "0", "max-severity": "" });
});
