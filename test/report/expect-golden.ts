import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

/**
 * Compare a rendered text with a file of golden/; `UPDATE_EXPECTED=1` rewrites the file instead.
 *
 * @param folder Where golden/ is; beside this file unless given.
 */
export function expectGolden(name: string, rendered: string, folder = import.meta.dirname): void {
  const file = path.join(folder, "golden", name);
  if (process.env.UPDATE_EXPECTED === "1") {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, rendered);
  }
  expect(rendered).toBe(readFileSync(file, "utf8"));
}
