import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { type CliResult, runCli } from "../../support/run-cli.ts";
import { webManifest } from "../../support/web-ingress.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };
const bob = { name: "Bob Roy", email: "bob@example.com" };
const NOTE = 'metadata.annotations["example.com/note"]';

let cluster: TestCluster;
let repository: TestRepository;

beforeAll(async () => {
  const builder = new RepositoryBuilder();
  builder.commit({ message: "add web", author: ann, files: { "deploy/web.yaml": webManifest("web") } });
  repository = await builder.write();
  cluster = await startCluster();
  await cluster.createNamespace("shop");
  const deployer = "system:serviceaccount:argocd:argocd-application-controller";
  await cluster.kubectl(
    deployer,
    ["apply", "--server-side", "--field-manager=argocd-controller", "-f", "-"],
    {
      stdin: webManifest("web"),
    },
  );
  await cluster.kubectl("alice@example.com", [
    "-n",
    "shop",
    "annotate",
    "ingress",
    "web",
    "example.com/note=hi",
  ]);
  await repository.commit({
    message: "move to v2 (#12)",
    author: bob,
    files: { "deploy/web.yaml": webManifest("web-v2") },
  });
});

afterAll(async () => {
  repository.remove();
  await cluster.stop();
});

function run(
  args: readonly string[],
  options: { readonly stdin?: string; readonly kubeconfig?: string } = {},
): Promise<CliResult> {
  const { kubeconfig = cluster.kubeconfig("auditor"), ...rest } = options;
  return runCli(args, { cwd: repository.dir, env: { KUBECONFIG: kubeconfig }, ...rest });
}

describe("against a real API server", () => {
  test("names the author of what is pending, and by the audit log who wrote in the cluster", async () => {
    const { status, stdout, stderr } = await run([
      "audit",
      "--audit-log",
      cluster.auditLogPath,
      "-o",
      "json",
    ]);

    const report = JSON.parse(stdout);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(report.cluster).toMatchObject({ name: "test", auditLog: { events: expect.any(Number) } });
    expect(report.ingresses[0].divergences).toMatchObject([
      { field: NOTE, verdict: "out-of-band", evidence: "proven", actor: { user: "alice@example.com" } },
      { verdict: "pending", evidence: "proven", commits: [{ author: bob }] },
    ]);
  });

  test("without the log names the program, and nobody", async () => {
    const { stdout } = await run(["audit", "-o", "json"]);
    expect(JSON.parse(stdout).ingresses[0].divergences[0]).toMatchObject({
      field: NOTE,
      evidence: "indicated",
      actor: { user: null, fieldManager: "kubectl-annotate" },
    });
  });

  test("a snapshot, and what kubectl prints as YAML, lead to the same", async () => {
    const file = path.join(cluster.scratchFolder, "live.json");
    expect(await run(["snapshot", "-o", file])).toEqual({ status: 0, stdout: "", stderr: "" });
    const yaml = await cluster.kubectl("auditor", [
      ...["get", "ingress,ingressclass", "-A", "-o", "yaml", "--show-managed-fields"],
    ]);
    const divergencesOf = async (result: Promise<CliResult>) => JSON.parse((await result).stdout).ingresses;

    const live = await divergencesOf(run(["audit", "-o", "json"]));

    expect(await divergencesOf(run(["audit", "--snapshot", file, "-o", "json"]))).toEqual(live);
    expect(
      await divergencesOf(run(["audit", "--snapshot", "-", "-o", "json"], { stdin: yaml.stdout })),
    ).toEqual(live);
  });

  test("blame tells both for each line", async () => {
    const { stdout } = await run(["blame", "shop/web", "--audit-log", cluster.auditLogPath]);
    expect(stdout).toMatch(/^cli +alice@example\.com .*example\.com\/note: hi$/m);
    expect(stdout).toMatch(/^[0-9a-f]{7} +Ann Lee .*ingressClassName: nginx$/m);
  });
});

describe("without access the audit ends with 2, and says what to do", () => {
  test.each<[string, () => Promise<CliResult>, RegExp]>([
    ["no rights", () => run(["audit"], { kubeconfig: cluster.kubeconfig("nobody") }), /live-read-forbidden/],
    [
      "no such context",
      () => run(["audit", "--context", "tset"]),
      /context-unknown[\s\S]*Did you mean test\?/,
    ],
    ["no such file", () => run(["audit", "--kubeconfig", "/no/kubeconfig"]), /kubeconfig-missing/],
    [
      "a token that is no longer good",
      async () => run(["audit"], { kubeconfig: await withToken("old") }),
      /401/,
    ],
  ])("%s", async (_, result, message) => {
    const { status, stdout, stderr } = await result();
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/→ \S/);
  });
});

async function withToken(token: string): Promise<string> {
  const config = JSON.parse(await readFile(cluster.kubeconfig("auditor"), "utf8"));
  config.users[0].user = { token };
  const file = path.join(cluster.scratchFolder, "other-token");
  await writeFile(file, JSON.stringify(config));
  return file;
}
