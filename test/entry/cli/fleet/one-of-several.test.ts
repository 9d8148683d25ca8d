import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FleetWorld, fleetWorld, live, manifest } from "./fleet-world.ts";

let world: FleetWorld;
let given: readonly string[];

const CLUSTERS = `clusters:
  - {name: eu, context: eu, sources: [{paths: [web.yaml]}]}
  - {name: us, context: us, sources: [{paths: [web.yaml]}]}
  - {name: eu-west, context: eu-west, sources: [{paths: [web.yaml]}]}
`;

beforeEach(async () => {
  world = await fleetWorld();
  await world.repository("platform", [{ ".ingress-audit.yaml": CLUSTERS, "web.yaml": manifest("shop/web") }]);
  const eu = await world.snapshot("eu", [live("shop/web", "web-eu")]);
  const us = await world.snapshot("us", [live("shop/web", "web-us")]);
  given = ["--snapshot", `eu=${eu}`, "--snapshot", `us=${us}`];
});

afterEach(() => world[Symbol.dispose]());

/** What standard output says of the Service that each cluster has. */
const services = (text: string) => [...new Set(text.match(/\bweb-(?:eu|us)\b/g) ?? [])];

describe("of files that say which cluster's they are, the chosen cluster's is read", () => {
  test.each([
    ["audit", ["audit", "-o", "json"]],
    ["blame", ["blame", "shop/web"]],
    ["adopt", ["adopt", "shop/web", "--field", "spec"]],
    ["restore", ["restore", "shop/web", "--field", "spec"]],
    ["sources", ["sources", "--json"]],
  ])("%s", async (command, args) => {
    const runs = await Promise.all(
      ["eu", "us"].map((cluster) => world.run(...args, "--cluster", cluster, ...given)),
    );

    const expected = command === "sources" ? [[], []] : [["web-eu"], ["web-us"]];
    expect(runs.map(({ stdout }) => services(stdout))).toEqual(expected);
    expect(runs.map(({ status }) => status)).toEqual(command === "audit" ? [1, 1] : [0, 0]);
  });
});

test("an audit log that says whose it is names the writer in blame, as in audit", async () => {
  const event = {
    apiVersion: "audit.k8s.io/v1",
    kind: "Event",
    auditID: "1",
    stage: "ResponseComplete",
    verb: "update",
    user: { username: "alice@example.com" },
    userAgent: "kubectl/v1.32.4",
    objectRef: { apiGroup: "networking.k8s.io", resource: "ingresses", namespace: "shop", name: "web" },
    responseStatus: { code: 200 },
    requestReceivedTimestamp: "2026-01-01T00:00:00Z",
    stageTimestamp: "2026-01-01T00:00:00Z",
  };
  await writeFile(path.join(world.dir, "eu.log"), `${JSON.stringify(event)}\n`);
  const log = (name: string) => ["--audit-log", `${name}=${path.join(world.dir, "eu.log")}`];

  const ours = await world.run("blame", "shop/web", "--cluster", "eu", ...given, ...log("eu"), "--json");
  const theirs = await world.run("blame", "shop/web", "--cluster", "eu", ...given, ...log("us"), "--json");

  expect(ours.status).toBe(0);
  expect(theirs.stderr).toContain("is of a cluster that is not looked at");
  expect(theirs.status).toBe(2);
});

test.each([
  ["audit", []],
  ["blame", ["shop/web"]],
  ["adopt", ["shop/web"]],
  ["restore", ["shop/web"]],
])(
  "%s does not take another cluster's file, nor that cluster's live state in its place",
  async (command, args) => {
    const { stderr, status } = await world.run(command, ...args, "--cluster", "eu-west", ...given);

    expect(stderr).toContain("is of a cluster that is not looked at");
    expect(status).toBe(2);
  },
);

test("a file without a name is the chosen cluster's, and of several the last one counts", async () => {
  const files = ["--snapshot", "none.json", "--snapshot", path.join(world.dir, "us.json")];

  const { stdout } = await world.run("blame", "shop/web", "--cluster", "eu-west", ...files);

  expect(services(stdout)).toEqual(["web-us"]);
});
