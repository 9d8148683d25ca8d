/**
 * What a pull request's review and a run of drift issues take, and how many requests they send, over 5,000 commits of 500
 * Ingress files of which each differs from the cluster in two fields: 1,000 divergences. GitHub is the tests' server,
 * which checks each request against GitHub's description; its own time is in the figures.
 * manifests as they are, or each below an overlay of its own.
 *
 *   npx node bench/forge.ts [--small]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { bundle } from "../scripts/build/bundle.ts";
import type { GitHubServer } from "../test/support/github/github-server.ts";
import { startGitHub } from "../test/support/github/start-github.ts";
import { temporaryFolder } from "../test/support/repository/temporary-folder.ts";
import { generateHistory, ingressText, pathOf, versionsOf } from "./generated-repository.ts";

const { values } = parseArgs({ options: { small: { type: "boolean", default: false } } });
const [COMMITS, FILES] = values.small ? [500, 50] : [5000, 500];

const folder = await temporaryFolder();
await bundle(folder);
await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
const history = generateHistory(COMMITS, FILES);
const author = { name: "Author 1", email: "a1@example.com" };
for (const [branch, count] of [
  ["one", 1],
  ["all", FILES],
] as const) {
  history.branch(branch, "main");
  const changed = Array.from({ length: count }, (_, file) => [
    pathOf(file),
    ingressText(file, COMMITS + 1).replace(
      /name: app-(\d+)\n {16}port/,
      "name: new-$1\n                port",
    ),
  ]);
  history.commit({ branch, message: branch, author, files: Object.fromEntries(changed) });
}
using repository = await history.write({ remotes: { origin: "https://github.com/acme/shop.git" } });
const server = await startGitHub({
  users: Array.from({ length: 8 }, (_, index) => ({
    login: `author-${index}`,
    emails: [`a${index}@example.com`],
  })),
  repositories: [{ fullName: "acme/shop", gitDir: path.join(repository.dir, ".git") }],
});
try {
  await server.addPull({ title: "One", author: "author-1", head: "one" });
  await server.addPull({ title: "All", author: "author-1", head: "all" });
  const snapshot = await writeSnapshot();
  const live = ["--snapshot", snapshot, "--repo", repository.dir];
  await measure("audit of all, no forge", [
    "audit",
    "--ref",
    "main",
    ...live,
    "--fail-on",
    "none",
    "-o",
    "json",
  ]);
  await measure("review, one Ingress of 500", ["github", "pr", "--pull-request", "1", ...live]);
  await measure("review, every Ingress", ["github", "pr", "--pull-request", "2", ...live]);
  const issues = ["github", "issues", "--ref", "main", ...live];
  await measure("issues, one for the cluster: opened", [...issues, "--issue-per", "cluster"]);
  await measure("issues, one for the cluster: again", [...issues, "--issue-per", "cluster"]);
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}

/** As an older version, and with an annotation that no version has. */
async function writeSnapshot(): Promise<string> {
  const items = Array.from({ length: FILES }, (_, file) => {
    const versions = versionsOf(file, COMMITS, FILES);
    const object = parse(ingressText(file, versions.at(-2) ?? 0));
    object.metadata.annotations["example.com/by-hand"] = "true";
    return object;
  });
  const file = path.join(folder, "live.json");
  await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  return file;
}

async function measure(what: string, args: readonly string[]): Promise<void> {
  const before = server.requests.length;
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(folder, "cli.js"), ...args], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      GITHUB_API_URL: server.url,
      GITHUB_TOKEN: server.tokens.actions,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (chunk: Buffer) => {
    told += chunk.toString("utf8");
  });
  const [status] = await once(child, "close");
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what}: ${seconds.toFixed(1)} s, ${requests(server, before)}, exit ${status}`);
  if (status === 2) console.log(told);
}

function requests(github: GitHubServer, before: number): string {
  const sent = github.requests.slice(before);
  const byName = Map.groupBy(sent, ({ operation }) => operation ?? "?");
  const names = [...byName].map(([name, all]) => `${all.length} ${name}`).join(", ");
  return `${sent.length} requests${names === "" ? "" : ` (${names})`}`;
}
