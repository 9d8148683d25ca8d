import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

const GOLDEN = path.join(import.meta.dirname, "golden");

/** Compare a rendered text with a file of golden/; `UPDATE_EXPECTED=1` rewrites the file instead. */
export function expectGolden(name: string, rendered: string, folder = GOLDEN): void {
  const file = path.join(folder, name);
  if (process.env.UPDATE_EXPECTED === "1") {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, rendered);
  }
  expect(rendered).toBe(readFileSync(file, "utf8"));
}
