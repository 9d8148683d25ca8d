/**
 * Bundles the entries into dist/. With --check it builds into a temporary folder and fails if the committed dist/
 * differs.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle } from "./build/bundle.ts";

const root = path.resolve(import.meta.dirname, "..");
const check = process.argv.includes("--check");
const dist = path.join(root, "dist");
const outdir = check ? await mkdtemp(path.join(tmpdir(), "ingress-audit-dist-")) : dist;

if (!check) await rm(dist, { recursive: true, force: true });
await bundle(outdir);

if (check) {
  try {
    const stale = await differences(dist, outdir);
    if (stale.length > 0) {
      console.error(`dist/ is not up to date: ${stale.join(", ")}. Run npm run build and commit dist/.`);
      process.exitCode = 1;
    }
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function differences(committed: string, built: string): Promise<string[]> {
  const [left, right] = await Promise.all([listFiles(committed), listFiles(built)]);
  const names = [...new Set([...left, ...right])].sort();
  const stale: string[] = [];
  for (const name of names) {
    const same =
      left.includes(name) &&
      right.includes(name) &&
      (await readFile(path.join(committed, name))).equals(await readFile(path.join(built, name)));
    if (!same) stale.push(name);
  }
  return stale;
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
