import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { type CliResult, runCli } from "../../support/run-cli.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

/** What a shell would run, end a quote with, expand or take for an option. */
const HOSTILE = `it's "$(touch pwned)" \`touch pwned\` \\ ! && touch pwned; # é \u202e
EOF
touch pwned
	-tab`;

let cluster: TestCluster;
let repository: TestRepository;

const path_ = (service: string, at = "/") => ({
  path: at,
  pathType: "Prefix",
  backend: { service: { name: service, port: { number: 80 } } },
});

function ingress(name: string) {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: "shop",
      labels: { app: "shop" },
      annotations: { "example.com/note": HOSTILE, "example.com/plain": "a'b $HOME" },
    },
    spec: {
      ingressClassName: "nginx",
      rules: [
        { host: "a.example.com", http: { paths: [path_("web"), path_("api", "/api")] } },
        { host: "b.example.com", http: { paths: [path_("web")] } },
        { http: { paths: [path_("web")] } },
      ],
      tls: [{ secretName: "shop-tls", hosts: ["a.example.com", "b.example.com"] }],
    },
  };
}

interface Story {
  readonly title: string;
  readonly name: string;
  /** A JSON merge patch by hand; null deletes the Ingress. */
  readonly patch: object | null;
  readonly command: RegExp;
}

const { rules } = ingress("x").spec;
const STORIES: readonly Story[] = [
  {
    title: "a backend that was moved",
    name: "backend",
    patch: {
      spec: {
        rules: [
          { ...rules[0], http: { paths: [path_("canary"), path_("api", "/api")] } },
          rules[1],
          rules[2],
        ],
      },
    },
    command: /^kubectl --context=test -n shop patch ingresses\.v1\.networking\.k8s\.io backend --type=json /,
  },
  {
    title: "rules that were taken out, put in and turned round",
    name: "rules",
    patch: { spec: { rules: [rules[2], { host: "evil.example.com" }, rules[0]] } },
    command: / patch /,
  },
  {
    title: "a host that was changed",
    name: "host",
    patch: { spec: { rules: [{ ...rules[0], host: "c.example.com" }, rules[1], rules[2]] } },
    command: / patch /,
  },
  { title: "tls that is gone", name: "tls", patch: { spec: { tls: null } }, command: / patch / },
  {
    title: "a host of tls, a label, the class and a default backend",
    name: "several",
    patch: {
      metadata: { labels: { app: "x", more: "y" } },
      spec: {
        ingressClassName: "public",
        tls: [{ secretName: "shop-tls", hosts: ["b.example.com", "z.example.com"] }],
        defaultBackend: { service: { name: "x", port: { name: "http" } } },
      },
    },
    command: / patch /,
  },
  {
    title: "an annotation with a hostile value",
    name: "hostile",
    patch: { metadata: { annotations: { "example.com/note": "x", "example.com/new": HOSTILE } } },
    command: / patch /,
  },
  {
    title: "plain annotations",
    name: "annotations",
    patch: { metadata: { annotations: { "example.com/plain": null, "example.com/new": HOSTILE } } },
    command:
      / annotate ingresses\.v1\.networking\.k8s\.io annotations --overwrite example\.com\/new- 'example\.com\/plain=a'\\''b \$HOME'/,
  },
  { title: "an Ingress that was deleted", name: "deleted", patch: null, command: / create -f - <<'EOF'\n/ },
];

beforeAll(async () => {
  const builder = new RepositoryBuilder();
  const names = [...STORIES.map(({ name }) => name), "plain"];
  const files = names.map((name) => [`deploy/${name}.json`, JSON.stringify(ingress(name), null, 2)]);
  builder.commit({ message: "add", author: ann, files: Object.fromEntries(files) });
  repository = await builder.write({ checkout: true });
  cluster = await startCluster();
  await cluster.createNamespace("shop");
  for (const name of names) {
    await cluster.kubectl("admin", ["apply", "-f", "-"], { stdin: JSON.stringify(ingress(name)) });
  }
});
afterAll(async () => {
  repository.remove();
  await cluster.stop();
});

const ingressAudit = (...args: readonly string[]): Promise<CliResult> =>
  runCli(args, { cwd: repository.dir, env: { KUBECONFIG: cluster.kubeconfig("auditor") } });

/** Pastes the commands into a shell of somebody who may write. */
async function paste(commands: string): Promise<{ readonly status: number | null; readonly output: string }> {
  const shell = spawn("sh", ["-s"], {
    cwd: cluster.scratchFolder,
    env: {
      PATH: `${path.dirname(cluster.kubectlPath)}:${process.env.PATH}`,
      HOME: cluster.scratchFolder,
      KUBECONFIG: cluster.kubeconfig("admin"),
    },
  });
  shell.stdin.end(commands);
  const [stdout, stderr, status] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    new Promise<number | null>((resolve) => shell.on("close", resolve)),
  ]);
  return { status, output: stdout + stderr };
}

/** Audits, or looks into the audit of all. */
async function divergencesOf(name: string, all = audited()) {
  const report = JSON.parse((await all).stdout);
  return report.ingresses.find((each: { name: string }) => each.name === name)?.divergences;
}

const audited = () => ingressAudit("audit", "-o", "json");

async function change(name: string, patch: object | null): Promise<void> {
  const args =
    patch === null
      ? ["delete", "ingress", name, "-n", "shop"]
      : ["patch", "ingress", name, "-n", "shop", "--type=merge", "-p", JSON.stringify(patch)];
  await cluster.kubectl("alice@example.com", args);
}

describe("pasted into a shell, the printed command restores", () => {
  beforeAll(async () => {
    for (const { name, patch } of STORIES) await change(name, patch);
    const all = audited();
    for (const { name } of STORIES) expect(await divergencesOf(name, all), name).not.toEqual([]);
  });

  test.each(STORIES)("$title", async ({ name, command }) => {
    const { stdout, stderr, status } = await ingressAudit("restore", `shop/${name}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("nothing was run") });
    expect(stdout).toMatch(command);
    const { status: pasted, output } = await paste(stdout);
    expect(pasted, output).toBe(0);
  });

  test("and then nothing differs, and nothing of a value was run", async () => {
    const all = audited();
    for (const { name } of STORIES) expect(await divergencesOf(name, all), name).toEqual([]);
    await expect(access(path.join(cluster.scratchFolder, "pwned"))).rejects.toThrow();
  });
});

test("of several fields the one that is named, alone", async () => {
  await change("backend", { metadata: { labels: { app: "x", more: "y" } } });
  const { stdout } = await ingressAudit("restore", "shop/backend", "--field", 'metadata.labels["app"]');
  expect((await paste(stdout)).status).toBe(0);
  expect(await divergencesOf("backend")).toMatchObject([{ field: 'metadata.labels["more"]' }]);
});

test("what has changed again meanwhile is not overwritten", async () => {
  await change("host", { spec: { ingressClassName: "public" } });
  const { stdout } = await ingressAudit("restore", "shop/host");
  await change("host", { spec: { ingressClassName: "urgent" } });
  const { status } = await paste(stdout);
  expect(status).not.toBe(0);
  expect(await divergencesOf("host")).toMatchObject([{ live: "urgent" }]);
});

test("an Ingress that only the cluster has is deleted", async () => {
  const extra = JSON.stringify(ingress("extra"));
  await cluster.kubectl("alice@example.com", ["create", "-f", "-"], { stdin: extra });
  const { stdout } = await ingressAudit("restore", "shop/extra");
  expect(stdout).toBe("kubectl --context=test -n shop delete ingresses.v1.networking.k8s.io extra\n");
  expect((await paste(stdout)).status).toBe(0);
  expect(await divergencesOf("extra")).toBeUndefined();
});

test("what is adopted instead names by the audit log who wrote it, and differs no more", async () => {
  await change("plain", { spec: { ingressClassName: "public" } });
  const { stdout, stderr, status } = await ingressAudit(
    "adopt",
    "shop/plain",
    "--audit-log",
    cluster.auditLogPath,
  );
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(
      /written in the cluster by alice@example\.com at \S+ \(out-of-band, evidence: proven\)/,
    ),
  });
  const git = spawn("git", ["apply", "--index", "-"], { cwd: repository.dir });
  git.stdin.end(stdout);
  expect(await text(git.stderr)).toBe("");
  await repository.git("-c", "user.name=Cyd", "-c", "user.email=cyd@example.com", "commit", "-qm", "adopt");
  expect(await divergencesOf("plain")).toEqual([]);
});

test("where nothing differs there is no command", async () => {
  expect(await ingressAudit("restore", "shop/tls")).toEqual({
    status: 0,
    stdout: "",
    stderr: "shop/tls agrees with Git: there is nothing to restore.\n",
  });
});

test.each([
  [["restore"], /NAMESPACE\/NAME is missing/],
  [["restore", "web"], /does not name an Ingress/],
  [["restore", "shop/none"], /\[ingress-not-found\]/],
  [["restore", "shop/host", "--field", "spec..x"], /is no field path/],
  [["restore", "shop/host", "--field", "spec.tls"], /\[field-agrees\][\s\S]*spec\.ingressClassName/],
])("%j is told to be wrong, with status 2", async (args, message) => {
  const { status, stdout, stderr } = await ingressAudit(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
});
