import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { MAIN, runCli } from "../../support/run-cli.ts";
import { webLive, webManifest, webSnapshot } from "../../support/web-ingress.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

let repository: TestRepository;

beforeAll(async () => {
  const builder = new RepositoryBuilder();
  const files = {
    "deploy/web.yaml": webManifest("web"),
    "media/blog.yaml": webManifest("blog", { namespace: "media", name: "blog" }),
    "media/notes.json": '{"a": 1}\n',
  };
  builder.commit({ message: "add web", author: ann, files });
  repository = await builder.write({ checkout: true });
  await mkdir(path.join(repository.dir, "live"));
  await writeFile(path.join(repository.dir, ".git/info/exclude"), "/live/\n");
  await writeFile(path.join(repository.dir, "live/live.json"), webSnapshot(webLive("evil")));
  await writeFile(path.join(repository.dir, "live/audit-1.log"), event("a-1", "web", "2026-03-01T10:00:00Z"));
  await writeFile(
    path.join(repository.dir, "live/audit-2.log"),
    event("a-2", "evil", "2026-03-01T11:00:00Z"),
  );
  await writeFile(
    path.join(repository.dir, "live/events.json"),
    event("a-2", "evil", "2026-03-01T11:00:00Z"),
  );
});

afterAll(() => repository.remove());

const json = ["--snapshot", "live/live.json", "-o", "json"];
const run = (...args: string[]) => runCli(args, { cwd: repository.dir });

function event(auditID: string, service: string, at: string): string {
  const object = webLive(service);
  const { name, namespace } = object.metadata;
  return `${JSON.stringify({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "RequestResponse",
    auditID,
    stage: "ResponseComplete",
    requestURI: "/apis/networking.k8s.io/v1/namespaces/shop/ingresses?fieldManager=kubectl-create",
    verb: "create",
    user: { username: "mallory@example.com", groups: [] },
    userAgent: "kubectl/v1.36.3",
    objectRef: { resource: "ingresses", namespace, name, apiGroup: "networking.k8s.io", apiVersion: "v1" },
    responseStatus: { code: 201 },
    requestObject: object,
    responseObject: object,
    requestReceivedTimestamp: at,
    stageTimestamp: at,
  })}\n`;
}

describe("the audit log may be given", () => {
  test.each([
    ["after the path", ["audit", "deploy", "--audit-log", "live/audit-1.log", "live/audit-2.log", ...json]],
    [
      "before it, behind --",
      ["audit", ...json, "--audit-log", "live/audit-1.log", "live/audit-2.log", "--", "deploy"],
    ],
    [
      "before it, with =",
      ["audit", ...json, "--audit-log=live/audit-1.log", "--audit-log=live/audit-2.log", "deploy"],
    ],
    [
      "several times",
      ["audit", "deploy", "--audit-log", "live/audit-1.log", "--audit-log", "live/audit-2.log", ...json],
    ],
    ["as a glob", ["audit", "deploy", "--audit-log", "live/audit-*.log", ...json]],
  ])("%s", async (_, args) => {
    const { stdout, stderr } = await run(...args);

    const report = JSON.parse(stdout);
    expect(stderr).toBe("");
    expect(report.cluster.auditLog.events).toBe(2);
    expect(report.summary).toMatchObject({ desired: 1, diverged: 1 });
  });

  test("as a glob that the shell expands", () => {
    const line = `exec "$0" "$1" audit deploy --audit-log live/audit*.log ${json.join(" ")}`;
    const { stdout } = spawnSync("sh", ["-c", line, process.execPath, MAIN], {
      cwd: repository.dir,
      encoding: "utf8",
    });
    expect(JSON.parse(stdout).cluster.auditLog.events).toBe(2);
  });

  test("as JSON by its name", async () => {
    const { stdout } = await run("audit", "deploy", "--audit-log", "live/events.json", ...json);
    expect(JSON.parse(stdout).cluster.auditLog.events).toBe(1);
  });
});

describe("a path that --audit-log swallows is never read as a log without events", () => {
  test.each([
    ["a folder", ["media"], /--audit-log takes media for an audit log, and it is a folder/],
    ["a folder with a slash", ["media/"], /it is a folder.*\n.*\n.*"media\/\*"/],
    ["a YAML manifest", ["deploy/web.yaml"], /it is a manifest by its name/],
    ["a JSON file", ["media/notes.json"], /it holds no audit event/],
    ["what is not there", ["deplyo"], /there is no such file/],
  ])("%s: says how to write it", async (_, paths, message) => {
    const { status, stderr, stdout } = await run(
      "audit",
      ...json,
      "--audit-log",
      "live/audit-1.log",
      ...paths,
    );

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toContain(
      `write it before the options (ingress-audit audit ${paths[0]} --audit-log …), or --`,
    );
  });

  test("a path that starts at --repo", async () => {
    const { stderr } = await runCli(["audit", "--repo", repository.dir, "--audit-log", "deploy"], {
      cwd: "/",
    });
    expect(stderr).toContain("--audit-log takes deploy for an audit log, and there is no such file");
  });

  test("the Ingress to blame", async () => {
    const { status, stderr } = await run(
      "blame",
      ...json.slice(0, 2),
      "--audit-log",
      "live/audit-1.log",
      "shop/web",
    );
    expect(status).toBe(2);
    expect(stderr).toContain("--audit-log took shop/web: write it first, or put -- before it");
  });

  test("a log that is not there is told of as such", async () => {
    const { status, stderr } = await run("audit", ...json, "--audit-log", "live/audit-3.log");
    expect(status).toBe(2);
    expect(stderr).toContain("[audit-log-unreadable]");
  });
});
