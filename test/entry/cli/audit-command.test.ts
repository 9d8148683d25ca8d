import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { runCli } from "../../support/run-cli.ts";
import { webLive, webManifest, webSnapshot } from "../../support/web-ingress.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };

let repository: TestRepository;

beforeAll(async () => {
  const builder = new RepositoryBuilder();
  builder.commit({
    message: "add web",
    author: ann,
    files: { "deploy/web.yaml": webManifest("web"), "other/config.yaml": "a: 1\n" },
  });
  builder.commit({
    message: "move to v2 (#12)",
    author: bob,
    files: { "deploy/web.yaml": webManifest("web-v2") },
  });
  builder.branch("broken", "main");
  builder.commit({
    branch: "broken",
    message: "break it",
    author: bob,
    files: { "deploy/web.yaml": "kind: Ingress\n\tx: {" },
  });
  builder.branch("moved-to-submodule", "main");
  builder.commit({
    branch: "moved-to-submodule",
    message: "move deploy to a repository of its own",
    author: bob,
    files: { "deploy/web.yaml": null, deploy: { submodule: "1".repeat(40) } },
  });
  builder.branch("with-submodule", "main");
  builder.commit({
    branch: "with-submodule",
    message: "vendor a theme",
    author: bob,
    files: { "deploy/web.yaml": null, theme: { submodule: "1".repeat(40) } },
  });
  repository = await builder.write({ checkout: true });
  const files = {
    "in-sync.json": webSnapshot(webLive("web-v2")),
    "pending.json": webSnapshot(webLive("web")),
    "injected.json": webSnapshot(
      webLive("web-v2", { annotations: { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" } }),
    ),
  };
  await mkdir(path.join(repository.dir, "live"));
  // Untracked and ignored: files that lie about in a work tree are no manifests.
  await writeFile(path.join(repository.dir, ".git/info/exclude"), "/live/\n");
  for (const [name, text] of Object.entries(files))
    await writeFile(path.join(repository.dir, "live", name), text);
  const latin1 = Buffer.from("sources: [{ paths: [dépôt] }]\n", "latin1");
  await writeFile(path.join(repository.dir, "live/latin-1.yaml"), latin1);
});

afterAll(() => repository[Symbol.dispose]());

const audit = (...args: string[]) => runCli(["audit", ...args], { cwd: repository.dir });

describe("exit status", () => {
  test.each([
    ["0 where Git and cluster agree", ["--snapshot", "live/in-sync.json"], 0],
    ["1 where something is pending", ["--snapshot", "live/pending.json"], 1],
    ["1 where something is out-of-band", ["--snapshot", "live/injected.json"], 1],
    [
      "0 where only more than is there fails",
      ["--snapshot", "live/pending.json", "--fail-on", "out-of-band"],
      0,
    ],
    ["0 where nothing fails", ["--snapshot", "live/injected.json", "--fail-on", "none"], 0],
    ["1 where anything fails", ["--snapshot", "live/injected.json", "--fail-on", "any"], 1],
    ["0 below the least severity", ["--snapshot", "live/pending.json", "--min-severity", "critical"], 0],
    ["2 where a manifest cannot be read", ["--snapshot", "live/in-sync.json", "--ref", "broken"], 2],
    [
      "0 where that is allowed",
      ["--snapshot", "live/in-sync.json", "--ref", "broken", "--allow-problems"],
      0,
    ],
  ])("%s", async (_, args, status) => {
    const result = await audit(...args);
    expect(result).toMatchObject({ status, stderr: "" });
  });

  test("an Ingress whose manifest is broken is not taken for one that Git does not have", async () => {
    const { stdout } = await audit("--snapshot", "live/in-sync.json", "--ref", "broken", "-o", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      ingresses: [],
      summary: { unreadable: 1 },
      problems: [
        { path: "deploy/web.yaml", level: "error" },
        { code: "hidden-by-unreadable", level: "warning", ingress: { namespace: "shop", name: "web" } },
      ],
    });
  });
});

describe("a submodule, which is not read", () => {
  const report = async (...args: readonly string[]) => {
    const { stdout } = await audit("--snapshot", "live/in-sync.json", "-o", "json", ...args);
    return JSON.parse(stdout);
  };

  test("may declare still what stood at its path", async () => {
    expect(await report("--ref", "moved-to-submodule")).toMatchObject({
      ingresses: [],
      summary: { unreadable: 1 },
      problems: [
        { code: "submodule-not-read", path: "deploy", level: "error" },
        { code: "hidden-by-unreadable", ingress: { namespace: "shop", name: "web" } },
      ],
    });
  });

  test("is told of beside what only the cluster has", async () => {
    expect(await report("--ref", "with-submodule")).toMatchObject({
      ingresses: [{ state: "extra", divergences: [{ verdict: "pending", commits: [{ author: bob }] }] }],
      problems: [{ code: "submodule-not-read", path: "theme", level: "warning" }],
    });
  });

  test("is an error where it is what is to be audited", async () => {
    const { status, stdout } = await audit(
      "deploy",
      "--snapshot",
      "live/in-sync.json",
      "--ref",
      "moved-to-submodule",
    );
    expect(status).toBe(2);
    expect(stdout).toMatch(/unreadable-file[\s\S]*The path is a submodule/);
  });

  test("is nothing to tell of where all agrees", async () => {
    expect(await report()).toMatchObject({ problems: [] });
  });
});

describe("bad input ends with status 2, what is wrong, and how to mend it", () => {
  test.each([
    ["an unknown ref", ["--ref", "mian"], /ref-not-found/],
    ["a ref that looks like an option", ["--ref=--output=/tmp/x"], /ref-not-found|usage/],
    ["an unknown applied revision", ["--applied-revision", "v9.9.9"], /ref-not-found/],
    ["a snapshot that is not there", ["--snapshot", "nope.json"], /snapshot-not-found/],
    ["an audit log that is not there", ["--audit-log", "nope.log"], /audit-log-unreadable/],
    ["an output format that is not known", ["--output", "xml"], /--output: "xml" is not understood/],
    ["two outputs on standard output", ["-o", "json", "-o", "text"], /Two outputs/],
    [
      "two outputs to one file",
      ["-o", "json=./out/r", "-o", "sarif=out/r"],
      /Two outputs would go to out\/r/,
    ],
    ["a folder that is no repository", ["--repo", "/"], /not-a-repository/],
    ["a path that holds no manifest", ["deplyo"], /paths-match-nothing[\s\S]*Did you mean deploy\?/],
    ["a path outside the repository", ["../elsewhere"], /outside the repository/],
    ["two inputs from standard input", ["--snapshot", "-", "--audit-log", "-"], /standard input/],
    ["a configuration that is not there", ["--config", "nope.yaml"], /config-not-found/],
    ["a configuration that is no text", ["--config", "live/latin-1.yaml"], /latin-1\.yaml is not UTF-8/],
    ["an unknown cluster", ["--cluster", "prod"], /cluster-unknown/],
    ["an output file that cannot be written", ["-o", "json=/nope/x.json"], /output-unwritable/],
    ["a verdict that is not known", ["--fail-on", "never"], /--fail-on: "never"/],
    ["what is no namespace's name", ["-n", "shop/web"], /"shop\/web" is no name of a namespace/],
    ["both one namespace and all", ["-n", "shop", "-A"], /exclude each other/],
  ])("%s", async (_, args, message) => {
    const { status, stderr, stdout } = await audit("--snapshot", "live/in-sync.json", ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/→ \S/);
    expect(stdout).toBe("");
  });

  test("an unknown option is told with a way to the help", async () => {
    const { status, stderr } = await audit("--snapshoot", "x");
    expect(status).toBe(2);
    expect(stderr).toMatch(/Did you mean --snapshot/);
  });
});

describe("inputs", () => {
  test("reads the snapshot from standard input", async () => {
    const stdin = await readFile(path.join(repository.dir, "live/pending.json"), "utf8");
    const result = await runCli(["audit", "--snapshot", "-"], { cwd: repository.dir, stdin });
    expect(result).toMatchObject({ status: 1, stderr: "" });
    expect(result.stdout).toContain("Bob Roy");
  });

  test("reads Git's object store and not the work tree", async () => {
    await writeFile(path.join(repository.dir, "deploy/web.yaml"), webManifest("web-v3"));
    const committed = await audit("--snapshot", "live/in-sync.json");
    const worktree = await audit("--snapshot", "live/in-sync.json", "--worktree", "-o", "json");
    await repository.git("checkout", "--", "deploy/web.yaml");
    expect(committed.status).toBe(0);
    expect(JSON.parse(worktree.stdout)).toMatchObject({
      git: { worktree: true },
      ingresses: [
        {
          divergences: [
            { verdict: "pending", commits: [{ sha: "0".repeat(40), author: { name: "Not committed yet" } }] },
          ],
        },
      ],
    });
  });

  test("does not take the snapshot itself for a manifest", async () => {
    const file = path.join(repository.dir, "live.json");
    await writeFile(file, webSnapshot(webLive("web-v2")));
    const { status } = await audit("--snapshot", "live.json", "--worktree");
    await rm(file);
    expect(status).toBe(0);
  });

  test("audits from a folder below the root, and one path only", async () => {
    const result = await runCli(["audit", "web.yaml", "--snapshot", "../live/pending.json"], {
      cwd: path.join(repository.dir, "deploy"),
    });
    expect(result).toMatchObject({ status: 1, stderr: "" });
  });

  test("finds the repository through a symbolic link", async () => {
    const link = path.join(repository.dir, "live", "link");
    await symlink(repository.dir, link);
    const result = await runCli(["audit", "deploy", "--repo", link, "--snapshot", "in-sync.json"], {
      cwd: path.join(repository.dir, "live"),
    });
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });

  test("does not take what another file declares for the cluster's own", async () => {
    await writeFile(path.join(repository.dir, "live/two.json"), webSnapshot(webLive("web-v2")));
    const { stdout } = await audit("other", "--snapshot", "live/two.json", "-o", "json");
    expect(JSON.parse(stdout).ingresses).toEqual([]);
  });

  test("reads audit logs by glob, plain and gzipped, and names the person", async () => {
    const event = {
      kind: "Event",
      apiVersion: "audit.k8s.io/v1",
      level: "RequestResponse",
      auditID: "a-1",
      stage: "ResponseComplete",
      requestURI: "/apis/networking.k8s.io/v1/namespaces/shop/ingresses?fieldManager=kubectl-create",
      verb: "create",
      user: { username: "mallory@example.com", groups: ["system:authenticated"] },
      sourceIPs: ["10.0.0.9"],
      userAgent: "kubectl/v1.36.3",
      objectRef: {
        resource: "ingresses",
        namespace: "shop",
        name: "web",
        apiGroup: "networking.k8s.io",
        apiVersion: "v1",
      },
      responseStatus: { code: 201 },
      requestObject: webLive("web-v9"),
      responseObject: webLive("web-v9"),
      requestReceivedTimestamp: "2026-03-01T10:00:00.000000Z",
      stageTimestamp: "2026-03-01T10:00:00.100000Z",
    };
    await writeFile(path.join(repository.dir, "live/evil.json"), webSnapshot(webLive("web-v9")));
    await writeFile(path.join(repository.dir, "live/audit-1.log.gz"), gzipSync(`${JSON.stringify(event)}\n`));
    await writeFile(path.join(repository.dir, "live/audit-2.log"), `${JSON.stringify(event)}\n`);
    const { stdout, status } = await audit(
      "--snapshot",
      "live/evil.json",
      "--audit-log",
      "live/audit-*",
      "-o",
      "json",
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).ingresses[0].divergences).toMatchObject([
      {
        verdict: "out-of-band",
        evidence: "proven",
        actor: { user: "mallory@example.com", auditID: "a-1", source: "cli" },
      },
    ]);
  });
});

describe("outputs", () => {
  test("writes several formats, one to standard output and the others to files", async () => {
    const folder = path.join(repository.dir, "live");
    const { stdout, status } = await audit(
      "--snapshot",
      "live/pending.json",
      ...[
        "-o",
        "text",
        "-o",
        `json=${folder}/r.json`,
        "-o",
        `sarif=${folder}/r.sarif`,
        "-o",
        `markdown=${folder}/r.md`,
      ],
    );
    expect(status).toBe(1);
    expect(stdout).toContain("pending");
    expect(JSON.parse(await readFile(`${folder}/r.json`, "utf8")).schema).toBe("ingress-audit.report/v1");
    expect(JSON.parse(await readFile(`${folder}/r.sarif`, "utf8")).version).toBe("2.1.0");
    expect(await readFile(`${folder}/r.md`, "utf8")).toContain("Bob Roy");
  });

  test("is coloured only on a terminal or on request, and never with NO_COLOR", async () => {
    const args = ["audit", "--snapshot", "live/pending.json"];
    const run = (env: Record<string, string>, ...more: string[]) =>
      runCli([...args, ...more], { cwd: repository.dir, env });
    expect((await run({})).stdout).not.toContain("\u001b[");
    expect((await run({ FORCE_COLOR: "1" })).stdout).toContain("\u001b[");
    expect((await run({ FORCE_COLOR: "1", NO_COLOR: "1" })).stdout).not.toContain("\u001b[");
    expect((await run({ FORCE_COLOR: "1" }, "--no-color")).stdout).not.toContain("\u001b[");
  });
});

describe("the configuration", () => {
  test("of the audited commit counts, and one that is not committed is told of", async () => {
    const file = path.join(repository.dir, ".ingress-audit.yaml");
    await writeFile(file, "ignore:\n  - { reason: on its way out, ingresses: [shop/*] }\n");
    const ignored = await audit("--snapshot", "live/pending.json", "-o", "json");
    const named = await audit(
      "--snapshot",
      "live/pending.json",
      "-o",
      "json",
      "--config",
      ".ingress-audit.yaml",
    );
    await repository.git("clean", "-q", "-f", ".ingress-audit.yaml");
    expect(JSON.parse(ignored.stdout).problems).toMatchObject([
      { code: "config-not-committed", level: "warning" },
    ]);
    expect(ignored.status).toBe(1);
    expect(named.status).toBe(0);
    expect(JSON.parse(named.stdout).ignored).toMatchObject([{ reason: "on its way out", count: 1 }]);
  });
});
