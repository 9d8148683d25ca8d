import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const main = path.resolve(import.meta.dirname, "../../../src/entry/cli/main.ts");

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}

it.for([[["--help"]], [["--version"]], [["audit", "--help"]], [["help", "blame"]]])(
  "%s is no error",
  ([args]) => {
    const { status, stdout, stderr } = run(...(args ?? []));

    expect(status).toBe(0);
    expect(stdout).not.toBe("");
    expect(stderr).toBe("");
  },
);

it.for([[["nothing-such"]], [["audit", "--nothing-such"]], [["blame"]]])("%s is wrong usage", ([args]) => {
  const { status, stdout, stderr } = run(...(args ?? []));

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("error: ");
});

it("shows its help where no command is given", () => {
  const { status, stdout, stderr } = run();

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("Usage: ingress-audit");
});
