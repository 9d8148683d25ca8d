import { readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readActionOptions } from "../../../src/entry/action/action-options.ts";
import { INPUT_FLAGS, type InputName, OUTPUT_NAMES } from "../../../src/entry/action/input-names.ts";
import { githubContext } from "../../../src/entry/assembly/github/github-context.ts";
import { createProgram } from "../../../src/entry/cli/create-program.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const action: ActionFile = parse(readFileSync(path.join(ROOT, "action.yml"), "utf8"));
const guide = readFileSync(path.join(ROOT, "docs/action.md"), "utf8");
const names = Object.keys(INPUT_FLAGS) as InputName[];

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

test("action.yml and the code have the same inputs and outputs, each described", () => {
  expect(Object.keys(action.inputs).sort()).toEqual(names.toSorted());
  expect(Object.keys(action.outputs).sort()).toEqual(OUTPUT_NAMES.toSorted());
  for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
    expect(description.trim().length).toBeGreaterThan(10);
  }
});

test("it runs the bundle on Node 24", () => {
  expect(action.runs).toEqual({ using: "node24", main: "dist/action.js" });
});

test("an input that is not given means what action.yml says is its default", () => {
  const context = githubContext({});
  const written = readActionOptions((name) => action.inputs[name]?.default ?? "", context);
  const { token: _, ...forge } = written.source.forge ?? {};
  expect({ ...written, source: { ...written.source, forge } }).toEqual(readActionOptions(() => "", context));
});

describe("the command line has every option", () => {
  const options = new Set(commandsOf(createProgram(process)).flatMap((command) => command.options));
  const flags = [...options].map(({ long }) => long);

  test.each(Object.entries(INPUT_FLAGS))("input %s: %s", (name, flag) => {
    if (flag === null) expect(["mode", "paths", "summary", "annotations"]).toContain(name);
    else expect(flags).toContain(flag);
  });
});

test.each([...names, ...OUTPUT_NAMES])("docs/action.md tells of %s", (name) => {
  expect(guide).toContain(`| \`${name}\` |`);
});

test.each([
  ["mode", "watch", "audit, pull-request, issues, deploy"],
  ["fail-on", "all", "none, pending, out-of-band, any"],
  ["min-severity", "lowest", "low, medium, high, critical"],
  ["deepen", "yes", "auto, never"],
  ["timeout", "10", "90s, 10m or 1h30m"],
  ["timeout", "10m or so", "90s, 10m or 1h30m"],
  ["allow-problems", "1", "true or false"],
] as const)("%s: %s is refused, and what may be written is told", (name, text, expected) => {
  const read = () => readActionOptions((each) => (each === name ? text : ""), githubContext({}));
  expect(read).toThrow(expect.objectContaining({ code: "usage", where: { option: name } }));
  expect(read).toThrow(expected);
});

function commandsOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}
