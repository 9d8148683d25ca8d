import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** What tools printed, by the content of all that went in: in memory, and on disk for the next run. */
export interface RenderCache {
  get(key: string): Promise<CachedRender | null>;
  put(key: string, render: CachedRender): Promise<void>;
}

/** A failure is remembered too: the same inputs fail again. */
export type CachedRender =
  | { readonly kind: "done"; readonly stdout: string }
  | { readonly kind: "failed"; readonly reason: string };

/** @param folder null to remember in memory only. */
export function renderCache(folder: string | null): RenderCache {
  const known = new Map<string, CachedRender>();
  return {
    async get(key) {
      const remembered = known.get(key) ?? (folder === null ? null : await readEntry(folder, key));
      if (remembered !== null) known.set(key, remembered);
      return remembered;
    },
    async put(key, render) {
      known.set(key, render);
      if (folder !== null) await writeEntry(folder, key, render);
    },
  };
}

/** A key of everything that decides what a tool prints. */
export function cacheKey(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

async function readEntry(folder: string, key: string): Promise<CachedRender | null> {
  try {
    const entry: unknown = JSON.parse(await readFile(fileOf(folder, key), "utf8"));
    return isCachedRender(entry) ? entry : null;
  } catch {
    return null;
  }
}

function isCachedRender(entry: unknown): entry is CachedRender {
  if (typeof entry !== "object" || entry === null || !("kind" in entry)) return false;
  if (entry.kind === "done") return "stdout" in entry && typeof entry.stdout === "string";
  return entry.kind === "failed" && "reason" in entry && typeof entry.reason === "string";
}

/** Whole or not at all, as another run may read at the same time. A cache that cannot be written is no error. */
async function writeEntry(folder: string, key: string, render: CachedRender): Promise<void> {
  const file = fileOf(folder, key);
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, JSON.stringify(render), { mode: 0o600 });
    await rename(temporary, file);
  } catch {
    // The next run renders again.
  }
}

function fileOf(folder: string, key: string): string {
  return path.join(folder, key.slice(0, 2), `${key}.json`);
}
