import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { createProgram } from "../../../src/entry/cli/create-program.ts";

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

it.for<[readonly string[], string, string]>([
  [["adit"], "Unknown command 'adit'", "Did you mean audit? ingress-audit --help lists the commands."],
  [
    ["audit", "--min-sevrity", "low"],
    "Unknown option '--min-sevrity'",
    "Did you mean --min-severity? ingress-audit audit --help lists the arguments and options.",
  ],
  [
    ["github", "pr", "--nothing-such"],
    "Unknown option '--nothing-such'",
    "ingress-audit github pr --help lists the arguments and options.",
  ],
  [
    ["snapshot", "--context"],
    "Option '--context <name>' argument missing",
    "ingress-audit snapshot --help lists the arguments and options.",
  ],
  [
    ["blame", "shop/web", "shop/api"],
    "Too many arguments for 'blame'. Expected 1 argument but got 2: shop/web, shop/api",
    "ingress-audit blame --help lists the arguments and options.",
  ],
  [
    ["blame"],
    "No Ingress is named: NAMESPACE/NAME is missing",
    "Write NAMESPACE/NAME, such as shop/web, before the options.",
  ],
  [
    ["audit", "--min-severity", "hgih"],
    '--min-severity: "hgih" is not understood',
    "Did you mean high? Write one of low, medium, high, critical.",
  ],
  [
    ["audit", "--fail-on", "never"],
    '--fail-on: "never" is not understood',
    "Write one of none, pending, out-of-band, any.",
  ],
  [
    ["github", "issues", "--issue-per", "clutser"],
    '--issue-per: "clutser" is not understood',
    "Did you mean cluster? Write one of ingress, cluster.",
  ],
  [
    ["audit", "-n", ""],
    "--namespace has an empty value",
    "Leave the option out, or see that the variable that it comes from is set.",
  ],
  [
    ["audit", "deploy", ""],
    "An argument is empty",
    "Leave the argument out, or see that the variable that it comes from is set.",
  ],
])("%s is wrong usage, told with a way out", async ([args, what, mend]) => {
  const running = createProgram(process).parseAsync(["node", "ingress-audit", ...args]);

  await expect(running).rejects.toMatchObject({ code: "usage", what, mend });
});

it("tells of wrong usage as of every other error, and once", () => {
  const { status, stdout, stderr } = run("audit", "--outptu", "json");

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toBe(`ingress-audit: Unknown option '--outptu' [usage]
  command: ingress-audit audit
  → Did you mean --output? ingress-audit audit --help lists the arguments and options.
`);
});

it("shows its help where no command is given", () => {
  const { status, stdout, stderr } = run();

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("Usage: ingress-audit");
});
