import { describe, expect, test } from "vitest";
import { readCodeOwners } from "../../../src/audit/drift-issues/code-owners.ts";

/** A pattern, and paths that it matches or does not. */
const PATTERNS: readonly [pattern: string, matched: readonly string[], unmatched: readonly string[]][] = [
  ["*", ["a.yaml", "deploy/a.yaml", "deploy/eu/a.yaml"], []],
  ["**", ["a.yaml", "deploy/eu/a.yaml"], []],
  ["/*", ["a.yaml"], ["deploy/a.yaml"]],
  ["*.yaml", ["a.yaml", "deploy/eu/a.yaml"], ["a.yml", "deploy/a.yaml.bak"]],
  ["web.yaml", ["web.yaml", "deploy/web.yaml"], ["deploy/my-web.yaml"]],
  ["deploy", ["deploy", "deploy/a.yaml", "eu/deploy/a.yaml"], ["deploys/a.yaml"]],
  ["deploy/", ["deploy/a.yaml", "eu/deploy/a/b.yaml"], ["deploy", "eu/deploy"]],
  ["/deploy", ["deploy", "deploy/a/b.yaml"], ["eu/deploy/a.yaml"]],
  ["/deploy/", ["deploy/a/b.yaml"], ["eu/deploy/a.yaml", "deploy"]],
  ["deploy/*", ["deploy/a.yaml"], ["deploy/eu/a.yaml", "x/deploy/a.yaml"]],
  ["deploy/**", ["deploy/a.yaml", "deploy/eu/a.yaml"], ["x/deploy/a.yaml"]],
  ["deploy/*.yaml", ["deploy/a.yaml"], ["deploy/eu/a.yaml"]],
  ["deploy/eu", ["deploy/eu/a.yaml", "deploy/eu"], ["x/deploy/eu/a.yaml"]],
  ["/deploy/*/web.yaml", ["deploy/eu/web.yaml"], ["deploy/web.yaml", "deploy/eu/x/web.yaml"]],
  ["/deploy/*/web", ["deploy/eu/web/a.yaml"], ["deploy/web/a.yaml"]],
  ["deploy/**/web.yaml", ["deploy/web.yaml", "deploy/a/b/web.yaml"], ["x/deploy/web.yaml"]],
  ["**/web", ["web/a.yaml", "a/b/web/c.yaml"], ["a/webs/c.yaml"]],
  ["/w?b.yaml", ["web.yaml"], ["wb.yaml", "w/b.yaml"]],
  ["/with\\ space/", ["with space/a.yaml"], ["with/a.yaml"]],
  ["/Deploy/", ["Deploy/a.yaml"], ["deploy/a.yaml"]],
];

describe("a pattern", () => {
  test.each(PATTERNS)("%s", (pattern, matched, unmatched) => {
    const ownersOf = readCodeOwners(`${pattern} @edge\n`);
    expect(matched.filter((path) => ownersOf(path).length === 0)).toEqual([]);
    expect(unmatched.filter((path) => ownersOf(path).length > 0)).toEqual([]);
  });

  test("of many wildcards takes no long time", () => {
    const ownersOf = readCodeOwners(`${"**/".repeat(200)}${"*a".repeat(200)}b @edge\n`);
    const started = performance.now();
    expect(ownersOf(`${"a/".repeat(200)}${"a".repeat(2_000)}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("a file", () => {
  const names = (text: string, path = "deploy/web.yaml") =>
    readCodeOwners(text)(path).map(({ kind, name }) => `${kind}:${name}`);

  test("names users, teams and addresses", () => {
    expect(names("* @alice @acme/edge docs@example.com")).toEqual([
      "login:alice",
      "team:acme/edge",
      "email:docs@example.com",
    ]);
  });

  test("lets the last matching rule win, whole", () => {
    expect(names("* @alice\n/deploy/ @bob @carol\n*.md @dan")).toEqual(["login:bob", "login:carol"]);
  });

  test("has nobody own what the last matching rule gives to nobody", () => {
    expect(names("* @alice\n/deploy/web.yaml")).toEqual([]);
  });

  test("may hold comments, blank lines and any line ends", () => {
    expect(names("# who\r\n\r\n  * \t @alice # the rest\r\n")).toEqual(["login:alice"]);
  });

  test.each([
    ["a negation", "!/deploy/ @bob"],
    ["a range of characters", "/deploy/[a-z]eb.yaml @bob"],
    ["an escaped sign of a comment", "\\#web.yaml @bob"],
    ["something that is no owner", "/deploy/ bob"],
    ["an owner that can be none", "/deploy/ @-bob"],
  ])("skips a line with %s", (_, line) => {
    expect(names(`* @alice\n${line}`)).toEqual(["login:alice"]);
  });

  test("that GitHub would not load has no owners", () => {
    expect(names(`* @alice\n${"#".repeat(3 * 1024 * 1024)}`)).toEqual([]);
  });
});
