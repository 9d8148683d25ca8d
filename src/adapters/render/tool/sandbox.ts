import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SourceTree } from "../../../ports/source-renderer.ts";

export interface Sandbox {
  /** Holds the inputs, laid out as in the repository. */
  readonly root: string;
  /** Nothing of the user's own: no home, no Git, Helm or Kubernetes settings, and proxies that lead nowhere. */
  readonly env: Readonly<Record<string, string>>;
}

/** Lay files out in a temporary folder, which is gone afterwards whatever happens. */
export async function inSandbox<Result>(
  files: readonly string[],
  tree: SourceTree,
  allowNetwork: boolean,
  use: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-render-"));
  try {
    const root = path.join(folder, "repository");
    const home = path.join(folder, "home");
    await mkdir(root);
    await mkdir(home);
    for (const file of files) await layOut(root, file, tree);
    return await use({ root, env: { ...settings(home), ...(allowNetwork ? {} : NO_NETWORK) } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(root: string, file: string, tree: SourceTree): Promise<void> {
  const content = await tree.read(file);
  if (content === null) return;
  const target = path.join(root, file);
  if (!target.startsWith(`${root}${path.sep}`)) throw new Error(`${file} leads out of the sandbox`);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
}

function settings(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: home,
    TMPDIR: home,
    XDG_CONFIG_HOME: path.join(home, "config"),
    XDG_CACHE_HOME: path.join(home, "cache"),
    XDG_DATA_HOME: path.join(home, "data"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    KUBECONFIG: "/dev/null",
    LC_ALL: "C",
  };
}

/** The discard port: nothing listens there. Git is told to allow no protocol at all. */
const NO_NETWORK = {
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  ALL_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "",
  GIT_ALLOW_PROTOCOL: "none",
};
