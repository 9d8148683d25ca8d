import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startGitServer } from "../../../support/git-server.ts";
import { runCli } from "../../../support/run-cli.ts";
import { ann, bob, type FleetWorld, fleetWorld, live, manifest } from "./fleet-world.ts";

let world: FleetWorld;

beforeEach(async () => {
  world = await fleetWorld();
});

afterEach(() => world[Symbol.dispose]());

const TWO = `repositories:
  - {name: platform, path: .}
  - {name: shop, path: ../shop}
clusters:
  - {name: prod, context: prod}
  - {name: stage, context: stage}
`;

const NOTHING = `No Application, Kustomization, HelmRelease or kustomization: every manifest of the repository counts.

0 sources; found in Git alone.`;
const SHOP = `Application argocd/shop
└─ plain deploy/prod → namespace shop of https://kubernetes.default.svc
   Argo CD applies the manifests in deploy/prod as they are.

1 source; found in Git alone.`;

interface Row {
  readonly cluster: string;
  readonly repository: string | null;
  readonly status: string;
  readonly error: { readonly code: string } | null;
  readonly report?: {
    readonly summary: Readonly<Record<string, number>>;
    readonly ingresses: readonly {
      readonly namespace: string;
      readonly name: string;
      readonly state: string;
      readonly divergences: readonly {
        readonly verdict: string;
        readonly commits: readonly { readonly author: object }[];
      }[];
    }[];
    readonly problems: readonly { readonly code: string; readonly message: string; readonly level: string }[];
  };
}

/** The rows by `CLUSTER/REPOSITORY`. */
async function audit(...args: readonly string[]) {
  const { stdout, stderr, status } = await world.run("audit", "-o", "json", ...args);
  expect(stderr).toBe("");
  const { audits, totals } = JSON.parse(stdout) as { audits: Row[]; totals: Record<string, number> };
  return { status, totals, rows: new Map(audits.map((row) => [`${row.cluster}/${row.repository}`, row])) };
}

/** `shop/web: extra out-of-band`, of what a report holds. */
function told(row: Row | undefined): readonly string[] {
  return (row?.report?.ingresses ?? []).map(
    ({ namespace, name, state, divergences }) =>
      `${namespace}/${name}: ${[state, ...divergences.map(({ verdict }) => verdict)].join(" ")}`,
  );
}

describe("whose Ingress it is", () => {
  test("what another repository declares is in its report, and nobody calls it out-of-band", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana") }]);
    await world.repository("shop", [{ "web.yaml": manifest("shop/web") }]);
    const prod = await world.snapshot("prod", [live("ops/grafana"), live("shop/web")]);
    const stage = await world.snapshot("stage", [live("ops/grafana"), live("shop/web", "web-v2")]);

    const { status, rows } = await audit(
      "--all-clusters",
      "--snapshot",
      `prod=${prod}`,
      "--snapshot",
      `stage=${stage}`,
    );

    expect([...rows].map(([key, row]) => [key, row.status, told(row)])).toEqual([
      ["stage/shop", "diverged", ["shop/web: changed out-of-band"]],
      ["prod/platform", "clean", ["ops/grafana: in-sync"]],
      ["prod/shop", "clean", ["shop/web: in-sync"]],
      ["stage/platform", "clean", ["ops/grafana: in-sync"]],
    ]);
    expect(rows.get("prod/platform")?.report?.summary).toMatchObject({ live: 1, otherRepositories: 1 });
    expect(status).toBe(1);
  });

  test("what no repository declares is told of once: where it was removed, else in the first", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana") }]);
    await world.repository("shop", [
      { "web.yaml": manifest("shop/web"), "old.yaml": manifest("shop/old") },
      { "old.yaml": null },
    ]);
    const objects = [live("ops/grafana"), live("shop/web"), live("shop/old"), live("lab/hand")];
    const prod = await world.snapshot("prod", objects);

    const { rows } = await audit("--cluster", "prod", "--snapshot", prod);

    expect(told(rows.get("prod/platform"))).toEqual(["lab/hand: extra out-of-band", "ops/grafana: in-sync"]);
    expect(told(rows.get("prod/shop"))).toEqual(["shop/old: extra pending", "shop/web: in-sync"]);
    const [removed] = rows.get("prod/shop")?.report?.ingresses ?? [];
    expect(removed?.divergences[0]?.commits).toMatchObject([{ author: bob }]);
  });

  test("declared by two repositories it is ambiguous in both, and neither in sync nor diverged", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "a.yaml": manifest("shop/web") }]);
    await world.repository("shop", [{ "deploy/web.yaml": manifest("shop/web", "web-v2") }]);
    const prod = await world.snapshot("prod", [live("shop/web")]);

    const { status, rows } = await audit("--cluster", "prod", "--snapshot", prod);

    const twice = (row: Row | undefined) =>
      row?.report?.problems.filter(({ code }) => code === "declared-twice").map(({ message }) => message);
    expect(twice(rows.get("prod/platform"))).toEqual([
      expect.stringContaining("declared here and at deploy/web.yaml:1 of repository shop"),
    ]);
    expect(twice(rows.get("prod/shop"))).toEqual([
      expect.stringContaining("declared here and at a.yaml:1 of repository platform"),
    ]);
    expect([...rows.values()].map(told)).toEqual([[], []]);
    expect([...rows.values()].map((row) => row.status)).toEqual(["incomplete", "incomplete"]);
    expect(status).toBe(2);
  });

  test("a manifest of another repository that cannot be read may declare it", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana") }]);
    await world.repository("shop", [
      { "web.yaml": manifest("shop/web") },
      { "web.yaml": "kind: Ingress\n\tx: {" },
    ]);
    const prod = await world.snapshot("prod", [live("ops/grafana"), live("shop/web"), live("lab/hand")]);

    const { status, rows } = await audit("--cluster", "prod", "--snapshot", prod);

    expect(told(rows.get("prod/platform"))).toEqual(["lab/hand: extra out-of-band", "ops/grafana: in-sync"]);
    expect(told(rows.get("prod/shop"))).toEqual([]);
    expect(rows.get("prod/shop")?.report?.summary.unreadable).toBe(1);
    expect(status).toBe(2);
  });

  test("only the repositories that a cluster's sources name are deployed to it", async () => {
    const configuration = `repositories:
  - {name: platform, path: .}
  - {name: shop, path: ../shop, sources: [{paths: [prod]}]}
clusters:
  - name: prod
    context: prod
    sources: [{repository: shop}]
  - name: stage
    context: stage
    sources: [{paths: [stage]}, {repository: shop, paths: [stage]}]
`;
    await world.repository("platform", [
      { ".ingress-audit.yaml": configuration, "stage/a.yaml": manifest("ops/grafana") },
    ]);
    await world.repository("shop", [
      { "prod/web.yaml": manifest("shop/web"), "stage/web.yaml": manifest("shop/web", "web-next") },
    ]);
    const prod = await world.snapshot("prod", [live("shop/web")]);
    const stage = await world.snapshot("stage", [live("shop/web", "web-next"), live("ops/grafana")]);

    const { status, rows } = await audit(
      "--all-clusters",
      "--snapshot",
      `prod=${prod}`,
      "--snapshot",
      `stage=${stage}`,
    );

    expect([...rows].map(([key, row]) => [key, told(row)])).toEqual([
      ["prod/shop", ["shop/web: in-sync"]],
      ["stage/platform", ["ops/grafana: in-sync"]],
      ["stage/shop", ["shop/web: in-sync"]],
    ]);
    expect(status).toBe(0);
  });
});

describe("an Argo CD Application that applies another repository's folder", () => {
  const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: "https://git.example.com/acme/shop-deploy", path: deploy/prod }
  destination: { server: "https://kubernetes.default.svc", namespace: shop }
`;
  const object = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop", namespace: "argocd" },
    spec: {
      source: { repoURL: "git@git.example.com:acme/shop-deploy.git", path: "deploy/prod" },
      destination: { server: "https://kubernetes.default.svc", namespace: "shop" },
    },
  };
  const shop = {
    "deploy/prod/web.yaml": manifest("shop/web"),
    "deploy/test/web.yaml": manifest("shop/test"),
  };
  const remote = "git@git.example.com:acme/shop-deploy.git";

  test.each([
    ["in Git", { "apps/shop.yaml": application }, []],
    ["in the cluster", {}, [object]],
    ["in both", { "apps/shop.yaml": application }, [object]],
  ])("declared %s: that folder alone counts, in that repository's report", async (_, files, objects) => {
    await world.repository("platform", [
      { ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana"), ...files },
    ]);
    await world.repository("shop", [shop], remote);
    const prod = await world.snapshot("prod", [live("ops/grafana"), live("shop/web"), ...objects]);

    const { status, rows } = await audit("--cluster", "prod", "--snapshot", prod);

    expect(told(rows.get("prod/platform"))).toEqual(["ops/grafana: in-sync"]);
    expect(told(rows.get("prod/shop"))).toEqual(["shop/web: in-sync"]);
    expect([...rows.values()].flatMap(({ report }) => report?.problems ?? [])).toEqual([]);
    expect(status).toBe(0);
  });

  test("of a repository that is not configured stays a source that is not rendered", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "apps/shop.yaml": application }]);
    await world.repository("shop", [{ "b.yaml": manifest("ops/b") }]);
    const tracked = live("shop/web") as { metadata: { annotations: Record<string, string> } };
    tracked.metadata.annotations["argocd.argoproj.io/tracking-id"] =
      "shop:networking.k8s.io/Ingress:shop/web";
    const prod = await world.snapshot("prod", [live("ops/b"), tracked]);

    const { rows } = await audit("--cluster", "prod", "--snapshot", prod);

    expect([...rows.values()].flatMap(told)).toEqual(["ops/b: in-sync"]);
    expect(rows.get("prod/platform")?.report?.problems).toMatchObject([{ code: "source-not-rendered" }]);
  });

  test("is a branch of that repository's tree in sources", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "apps/shop.yaml": application }]);
    await world.repository("shop", [shop], remote);

    const { status, stdout } = await world.run("sources", "--all-clusters", "--git-only", "--no-color");

    expect(status).toBe(0);
    const trees = stdout
      .split(/^══ /m)
      .slice(1)
      .map((tree) => tree.replace(/ ═+\n/, ": "));
    expect(trees.map((tree) => tree.trimEnd())).toEqual([
      `prod · platform: ${NOTHING}`,
      `prod · shop: ${SHOP}`,
      `stage · platform: ${NOTHING}`,
      `stage · shop: ${SHOP}`,
    ]);
  });
});

describe("what cannot be read", () => {
  test("a cluster is one failed row, and the other cluster's reports are there", async () => {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana") }]);
    await world.repository("shop", [{ "web.yaml": manifest("shop/web") }]);
    const stage = await world.snapshot("stage", [live("ops/grafana"), live("shop/web")]);

    const { status, rows, totals } = await audit(
      "--all-clusters",
      "--snapshot",
      `prod=${stage}.not-there`,
      "--snapshot",
      `stage=${stage}`,
    );

    expect([...rows].map(([key, row]) => [key, row.status])).toEqual([
      ["prod/null", "failed"],
      ["stage/platform", "clean"],
      ["stage/shop", "clean"],
    ]);
    expect(rows.get("prod/null")?.error?.code).toBe("snapshot-not-found");
    expect({ status, failed: totals.failed }).toEqual({ status: 2, failed: 1 });
  });

  test("a repository is one failed row; what it may declare is not called out-of-band", async () => {
    await world.repository("platform", [
      { ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana"), "b.yaml": manifest("ops/b") },
      { "b.yaml": null },
    ]);
    const prod = await world.snapshot("prod", [
      live("ops/grafana", "moved"),
      live("ops/b"),
      live("shop/web"),
    ]);

    const { status, rows } = await audit("--cluster", "prod", "--snapshot", prod);

    const platform = rows.get("prod/platform");
    expect(told(platform)).toEqual(["ops/grafana: changed out-of-band"]);
    expect(platform?.report?.problems).toMatchObject([
      {
        code: "repository-unreadable",
        level: "error",
        message: expect.stringContaining("the 2 live Ingresses"),
      },
    ]);
    expect(platform?.report?.summary.unreadable).toBe(2);
    expect(rows.get("prod/shop")?.error?.code).toBe("repository-not-found");
    expect(status).toBe(2);
  });

  test("a folder of this repository is no other repository", async () => {
    const configuration = TWO.replace("../shop", "deploy");
    await world.repository("platform", [
      { ".ingress-audit.yaml": configuration, "deploy/a.yaml": manifest("ops/a") },
    ]);
    const prod = await world.snapshot("prod", [live("ops/a")]);

    const { rows } = await audit("--cluster", "prod", "--snapshot", prod);

    expect(rows.get("prod/shop")?.error?.code).toBe("repository-not-found");
  });

  test("a url is not fetched without leave", async () => {
    const configuration = TWO.replace("path: ../shop", "url: 'https://git.example.com/acme/shop'");
    await world.repository("platform", [
      { ".ingress-audit.yaml": configuration, "a.yaml": manifest("ops/a") },
    ]);
    const prod = await world.snapshot("prod", [live("ops/a")]);

    const { status, rows } = await audit("--cluster", "prod", "--snapshot", prod);

    expect(rows.get("prod/shop")?.error?.code).toBe("repository-not-fetched");
    expect(told(rows.get("prod/platform"))).toEqual(["ops/a: in-sync"]);
    expect(status).toBe(2);
  });
});

describe("a command of one repository", () => {
  const files = { ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana") };

  test("knows what the others declare", async () => {
    await world.repository("platform", [files]);
    await world.repository("shop", [{ "web.yaml": manifest("shop/web") }]);
    const prod = await world.snapshot("prod", [live("ops/grafana"), live("shop/web")]);

    const own = await world.run("blame", "ops/grafana", "--cluster", "prod", "--snapshot", prod, "--json");
    const other = await world.run("blame", "shop/web", "--cluster", "prod", "--snapshot", prod);

    expect(JSON.parse(own.stdout).lines[1].origin).toMatchObject({ kind: "git", commit: { author: ann } });
    expect(other).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("[ingress-of-other-repository]"),
    });
  });

  test("calls nothing out-of-band that one which cannot be read may declare", async () => {
    await world.repository("platform", [files]);
    const prod = await world.snapshot("prod", [live("ops/grafana"), live("shop/web")]);

    const { status, stderr } = await world.run("blame", "shop/web", "--cluster", "prod", "--snapshot", prod);

    expect(status).toBe(2);
    expect(stderr).toContain("Repository shop could not be read");
  });

  test("says so where the configuration does not deploy it", async () => {
    const configuration = TWO.replace("  - {name: platform, path: .}\n", "");
    await world.repository("platform", [{ ".ingress-audit.yaml": configuration }]);

    const { status, stderr } = await world.run(
      "blame",
      "shop/web",
      "--cluster",
      "prod",
      "--snapshot",
      "x.json",
    );

    expect({ status, code: /\[.*\]/.exec(stderr)?.[0] }).toEqual({
      status: 2,
      code: "[repository-not-deployed]",
    });
  });
});

test("a repository that has a url is cloned into the cache, and read from there", async () => {
  const remote = await world.repository("remote", [{ "web.yaml": manifest("shop/web") }]);
  await remote.git("clone", "--quiet", "--bare", remote.dir, `${remote.dir}.git`);
  await using server = await startGitServer(`${remote.dir}.git`, "s3cret");
  const configuration = TWO.replace("path: ../shop", `url: "${server.url}", ref: main`);
  await world.repository("platform", [{ ".ingress-audit.yaml": configuration, "a.yaml": manifest("ops/a") }]);
  const prod = await world.snapshot("prod", [live("ops/a"), live("shop/web", "other")]);
  const env = {
    XDG_CACHE_HOME: path.join(world.dir, "cache"),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: ${server.authorization}`,
  };
  const args = [
    "--all-clusters",
    "--allow-network",
    "--snapshot",
    `prod=${prod}`,
    "--snapshot",
    `stage=${prod}`,
  ];

  const { stdout, stderr, status } = await runCli(["audit", "-o", "json", ...args], {
    cwd: path.join(world.dir, "platform"),
    env,
  });

  const { audits, totals } = JSON.parse(stdout);
  expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
  expect(audits.slice(0, 2).map(told)).toEqual([
    ["shop/web: changed out-of-band"],
    ["shop/web: changed out-of-band"],
  ]);
  expect(totals).toMatchObject({ audits: 4, failed: 0, inSync: 2 });
  expect(await readdir(path.join(world.dir, "cache/ingress-audit/repositories"))).toHaveLength(1);
});

describe("what comes out", () => {
  async function two() {
    await world.repository("platform", [{ ".ingress-audit.yaml": TWO, "a.yaml": manifest("ops/grafana") }]);
    await world.repository("shop", [{ "web.yaml": manifest("shop/web") }]);
    const prod = await world.snapshot("prod", [live("ops/grafana"), live("shop/web")]);
    return ["audit", "--all-clusters", "--snapshot", `prod=${prod}`, "--snapshot", `stage=${prod}`];
  }

  test("reports one after another, in the configuration's order, and the summary at the end", async () => {
    const { status, stdout } = await world.run(...(await two()));

    expect(stdout.match(/^══ [a-z]+ · [a-z]+|^══ Summary/gm)).toEqual([
      "══ prod · platform",
      "══ prod · shop",
      "══ stage · platform",
      "══ stage · shop",
      "══ Summary",
    ]);
    expect(stdout).toContain("4 audits of 2 clusters and 2 repositories");
    expect(status).toBe(0);
  });

  test("a folder takes a file for each, a pattern names them, and the summary goes where it is sent", async () => {
    const out = path.join(world.dir, "out");
    const args = [
      ...(await two()),
      ...["-o", `json=${out}/json/`, "-o", `sarif=${out}/{repository}/{cluster}.sarif`],
      ...["--summary", `markdown=${out}/summary.md`, "--summary", "json"],
    ];

    const { stdout, status, stderr } = await world.run(...args);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect((await readdir(path.join(out, "json"))).sort()).toEqual([
      "prod-platform.json",
      "prod-shop.json",
      "stage-platform.json",
      "stage-shop.json",
    ]);
    expect((await readdir(path.join(out, "shop"))).sort()).toEqual(["prod.sarif", "stage.sarif"]);
    const runOf = async (file: string) =>
      JSON.parse(await readFile(path.join(out, file), "utf8")).runs[0].automationDetails.id;
    expect([await runOf("shop/prod.sarif"), await runOf("platform/prod.sarif")]).toEqual([
      "ingress-audit/prod/shop/",
      "ingress-audit/prod/platform/",
    ]);
    expect(await readFile(path.join(out, "summary.md"), "utf8")).toContain("| `prod` | `platform` |");
    const { audits } = JSON.parse(stdout);
    expect(audits[0].files.json).toBe(`${out}/json/prod-platform.json`);
    expect(audits[0].report).toBeUndefined();
  });

  test("a summary that is asked for stands alone", async () => {
    const { stdout } = await world.run(...(await two()), "--summary", "text");
    expect(stdout.split("\n")[0]).toBe("══ Summary  4 audits of 2 clusters and 2 repositories");
  });

  test("one report as SARIF is the whole output", async () => {
    await two();
    const prod = await world.snapshot("prod", [live("ops/grafana")]);
    const config = path.join(world.dir, "one.yaml");
    await writeFile(config, "repositories: [{name: platform, path: .}]\n");

    const { stdout } = await world.run("audit", "--config", config, "--snapshot", prod, "-o", "sarif");

    expect(JSON.parse(stdout).runs).toHaveLength(1);
  });

  test("a summary of one audit is refused", async () => {
    await two();
    const config = path.join(world.dir, "none.yaml");
    await writeFile(config, "{}\n");
    const { status, stderr } = await world.run("audit", "--config", config, "--summary", "text");
    expect(status).toBe(2);
    expect(stderr).toContain("--summary is of several audits, and this is one");
  });

  test.each([
    [
      "two formats on standard output",
      ["-o", "text", "--summary", "json"],
      "would both go to standard output",
    ],
    ["one file for several reports", ["-o", "json=report.json"], "Two reports would be written to"],
    ["several SARIF reports on standard output", ["-o", "sarif"], "Several SARIF reports"],
    ["a summary that is not understood", ["--summary", "sarif"], '--summary: "sarif" is not understood'],
    ["a cluster named beside all of them", ["--cluster", "prod"], "exclude each other"],
    ["a context for several clusters", ["--context", "x"], "--context names one cluster"],
    ["a path of one repository", ["a.yaml"], "PATH is of one repository"],
    ["a revision of one repository", ["--applied-revision", "HEAD"], "--applied-revision is of one"],
    ["a log that is nobody's", ["--audit-log", "audit.log"], "does not say which cluster's it is"],
    ["a second snapshot", ["--snapshot", "prod=x.json"], "given twice for cluster prod"],
  ])("%s is refused", async (_, args, message) => {
    const { status, stderr, stdout } = await world.run(...(await two()), ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
