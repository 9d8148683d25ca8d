import type { Metafile } from "esbuild";

/** What one entry loads before it does anything: what it imports, and what that imports, but not what is loaded later. */
export interface LoadedAtStart {
  readonly bytes: number;
  /** Bytes by package, and by folder of the sources; the largest first. */
  readonly parts: readonly (readonly [name: string, bytes: number])[];
}

/** @param entry The entry's source, as esbuild was given it. */
export function loadedAtStart({ outputs }: Metafile, entry: string): LoadedAtStart {
  const first = Object.entries(outputs).find(([, output]) => output.entryPoint === entry)?.[0];
  if (first === undefined) throw new Error(`${entry} is no entry of the bundle`);
  const files = new Set<string>();
  const waiting = [first];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && path in outputs) waiting.push(path);
    }
  }
  const parts = new Map<string, number>();
  for (const file of files) {
    for (const [source, { bytesInOutput }] of Object.entries(outputs[file]?.inputs ?? {})) {
      const name = partOf(source);
      parts.set(name, (parts.get(name) ?? 0) + bytesInOutput);
    }
  }
  return {
    bytes: [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0),
    parts: [...parts].sort(([, left], [, right]) => right - left),
  };
}

/** `zod`, `@actions/core`, `src/report`; of zod its languages apart. */
function partOf(source: string): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)(.*)/.exec(source);
  if (inPackage === null) return source.split("/").slice(0, 2).join("/");
  const [, name = "", rest = ""] = inPackage;
  return rest.includes("/locales/") && !rest.endsWith("/en.js") ? `${name}/locales` : name;
}
