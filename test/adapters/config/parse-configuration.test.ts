import { readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configurationJsonSchema } from "../../../src/adapters/config/configuration-schema.ts";
import { parseConfiguration } from "../../../src/adapters/config/parse-configuration.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import { NO_CONFIGURATION } from "../../../src/model/configuration.ts";

const FILE = ".ingress-audit.yaml";
const SCHEMA = new URL("../../../schema/config.v1.json", import.meta.url);
const GUIDE = readFileSync(new URL("../../../docs/configuration.md", import.meta.url), "utf8");

function mistakes(text: string): string[] {
  const error = failure(text);
  expect(error.code).toBe("config-invalid");
  return error.what.split("\n").slice(1);
}

function failure(text: string): AuditError {
  try {
    parseConfiguration(text, FILE);
  } catch (error) {
    if (error instanceof AuditError) return error;
    throw error;
  }
  throw new Error("The configuration was taken");
}

describe("what is written", () => {
  test.each(["", "# nothing yet\n", "---\n", "{}", "\uFEFF\r\n"])(
    "nothing means the defaults: %j",
    (text) => {
      expect(parseConfiguration(text, FILE)).toEqual(NO_CONFIGURATION);
    },
  );

  test("service accounts become the users that the audit log names", () => {
    const { deployers } = parseConfiguration(
      "deployers: {builtin: false, users: [ci-*], serviceAccounts: [ci/deployer], fieldManagers: [helm]}",
      FILE,
    );
    expect(deployers).toEqual({
      builtIn: false,
      users: ["ci-*", "system:serviceaccount:ci:deployer"],
      fieldManagers: ["helm"],
    });
  });

  test("an ignore rule knows its line, and has a name", () => {
    const { ignore } = parseConfiguration(
      "ignore:\n  - {fields: [spec.tls], reason: a}\n  -\n    name: b\n    reason: b\n    ingresses: [shop/*]\n    expires: 2026-12-31\n",
      FILE,
    );
    expect(ignore.map(({ name, line, expires }) => [name, line, expires])).toEqual([
      ["ignore-1", 2, null],
      ["b", 4, "2026-12-31"],
    ]);
  });

  test("a cluster has every namespace unless it names some", () => {
    const { clusters } = parseConfiguration("clusters: [{name: a}, {name: b, namespaces: [shop]}]", FILE);
    expect(clusters.map(({ namespaces }) => namespaces)).toEqual(["all", ["shop"]]);
  });

  test("anchors and merges share what is common", () => {
    const { sources } = parseConfiguration(
      "sources:\n  - &a {paths: [a], namespace: shop}\n  - {<<: *a, paths: [b]}\n",
      FILE,
    );
    expect(sources).toEqual([
      { paths: ["a"], kustomize: null, helm: null, exclude: [], namespace: "shop" },
      { paths: ["b"], kustomize: null, helm: null, exclude: [], namespace: "shop" },
    ]);
  });
});

describe("what is wrong is said with its place and its remedy", () => {
  test.each<[string, string, string]>([
    ["a misspelt key", "source: []", "1:1: the configuration has no key source. Did you mean sources?"],
    [
      "a misspelt key within",
      "sources:\n  - path: [a]\n    paths: [a]\n",
      "2:5: sources[0] has no key path. Did you mean paths?",
    ],
    [
      "an unknown key",
      "sources:\n  - paths: [a]\n    colour: red\n",
      "3:5: sources[0] has no key colour. It may have paths, kustomize, helm, exclude, namespace.",
    ],
    [
      "an unknown key below the deployers",
      "deployers:\n  managers: []\n",
      "2:3: deployers has no key managers. It may have builtin, users, serviceAccounts, fieldManagers.",
    ],
    ["a missing reason", "ignore:\n  - fields: [spec]\n", "2:5: ignore[0] needs reason, a text"],
    [
      "an empty reason",
      "ignore:\n  - fields: [spec]\n    reason: ''\n",
      "3:13: ignore[0].reason must not be empty",
    ],
    ["a text for a list", "sources:\n  - paths: deploy\n", "2:12: sources[0].paths must be a list"],
    ["a list for a map", "deployers: []\n", "1:12: deployers must be a map of keys"],
    ["a number for a text", "clusters: [{name: 5}]\n", "1:19: clusters[0].name must be a text"],
    [
      "a text for a boolean",
      "deployers: {builtin: maybe}\n",
      "1:22: deployers.builtin must be true or false",
    ],
    ["a document that is a list", "- a\n", "1:1: the configuration must be a map of keys"],
    [
      "an unknown verdict",
      "failOn: unmerged\n",
      "1:9: failOn must be one of none, pending, out-of-band, any",
    ],
    [
      "an unknown severity",
      "minSeverity: hihg\n",
      "1:14: minSeverity must be one of low, medium, high, critical",
    ],
    [
      "a date that is none",
      "ignore: [{reason: a, fields: [spec], expires: soon}]\n",
      "1:47: ignore[0].expires must be a date such as 2026-12-31",
    ],
    [
      "a day that no calendar has",
      "ignore: [{reason: a, fields: [spec], expires: 2026-02-30}]\n",
      "1:47: ignore[0].expires is no day of the calendar",
    ],
    [
      "a rule that ignores everything",
      "ignore:\n  - reason: a\n",
      "2:5: ignore[0] would ignore everything: give ingresses, fields or fieldManagers",
    ],
    [
      "a repository that is nowhere",
      "repositories: [{name: a}]\n",
      "1:16: repositories[0] needs a path or a url",
    ],
    [
      "an address that runs a command",
      "repositories: [{name: a, url: 'ext::sh -c id'}]\n",
      "1:31: repositories[0].url must be an https, ssh or git address without credentials",
    ],
    [
      "two repositories of one name",
      "repositories: [{name: a, path: .}, {name: a, path: ../a}]\n",
      "1:43: repositories[1].name must not be that of [0] too",
    ],
    [
      "this repository twice",
      "repositories: [{name: a, path: .}, {name: b, path: ./}]\n",
      "1:15: repositories lists the folder . twice",
    ],
    [
      "a ref of this repository",
      "repositories: [{name: a, path: ., ref: main}]\n",
      "1:40: repositories[0].ref is not needed: the configuration's own repository is audited at the commit that --ref names",
    ],
    [
      "a source of an unknown repository",
      "repositories: [{name: a, path: .}]\nclusters: [{name: c, sources: [{repository: b}]}]\n",
      "2:45: clusters[0].sources[0].repository names no repository: b is none of a",
    ],
    [
      "a source of this repository, which is not listed",
      "repositories: [{name: a, path: ../a}]\nsources: [{paths: [x]}]\n",
      "2:10: sources is of the configuration's own repository, which repositories does not list: add it with path: ., or name the repository",
    ],
    [
      "a source of nothing",
      "clusters: [{name: c, sources: [{namespace: a}]}]\n",
      "1:32: clusters[0].sources[0] needs one of paths, kustomize and helm, or a repository alone",
    ],
    [
      "a namespace for all that is a repository's",
      "repositories: [{name: a, path: .}]\nclusters: [{name: c, sources: [{repository: a, namespace: x}]}]\n",
      "2:32: clusters[0].sources[0] has nothing for exclude and namespace to apply to: give paths, kustomize or helm too",
    ],
    [
      "a log on standard input",
      "clusters: [{name: c, auditLog: ['-']}]\n",
      "1:33: clusters[0].auditLog[0] must be files: standard input is for --audit-log",
    ],
    [
      "a controller that nobody is",
      "controllers: [{name: a, reason: b, fields: [spec]}]\n",
      "1:15: controllers[0] needs users or fieldManagers: a controller is recognised by who wrote, not by the field alone",
    ],
    [
      "a service account without its namespace",
      "deployers: {serviceAccounts: [deployer]}\n",
      "1:31: deployers.serviceAccounts[0] must be namespace/name",
    ],
    [
      "a field pattern with a position",
      "ignore: [{reason: a, fields: ['spec.rules[0]']}]\n",
      '1:31: ignore[0].fields[0] is no field pattern, such as spec.rules[*].host or metadata.annotations["example.com/*"]',
    ],
    [
      "a path out of the repository",
      "sources: [{paths: [../other]}]\n",
      "1:20: sources[0].paths[0] must be relative to the repository's root and stay within it",
    ],
    [
      "a namespace that is none",
      "sources: [{paths: [a], namespace: Shop}]\n",
      "1:35: sources[0].namespace must be the name of a namespace",
    ],
    [
      "two clusters of one name",
      "clusters: [{name: a}, {name: a}]\n",
      "1:30: clusters[1].name must not be that of [0] too",
    ],
    [
      "two rules of one name",
      "ignore: [{name: a, reason: r, fields: [spec]}, {name: a, reason: s, fields: [spec]}]\n",
      "1:55: ignore[1].name must not be that of [0] too",
    ],
    ["a key that stands twice", "failOn: any\nfailOn: none\n", "2:1: Map keys must be unique"],
    ["a tab", "sources:\n\t- a\n", "2:1: Tabs are not allowed as indentation"],
    [
      "an alias of nothing",
      "sources: *a\n",
      "1:1: Unresolved alias (the anchor must be set before the alias): a",
    ],
  ])("%s", (_, text, mistake) => {
    expect(mistakes(text)).toEqual([`${FILE}:${mistake}`]);
  });

  test("every mistake is listed, in the order of the file", () => {
    expect(mistakes("failOn: x\nsources:\n  - pathes: [a]\nminSeverity: y\n")).toEqual([
      `${FILE}:1:9: failOn must be one of none, pending, out-of-band, any`,
      `${FILE}:3:5: sources[0] has no key pathes. Did you mean paths?`,
      `${FILE}:3:5: sources[0] needs one of paths, kustomize and helm`,
      `${FILE}:4:14: minSeverity must be one of low, medium, high, critical`,
    ]);
  });

  test("programs find the first mistake's place", () => {
    expect(failure("a: 1\n").where).toEqual({ file: FILE, line: 1, column: 1 });
  });
});

test("any text is either a configuration or config-invalid", () => {
  const piece = fc.constantFrom(
    ...[
      "sources",
      "ignore",
      "paths",
      "reason",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "<<",
      '"',
      "!!x ",
      "\t",
      "..",
      "#",
    ],
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (each) => {
      try {
        parseConfiguration(each, FILE);
      } catch (error) {
        expect(error).toBeInstanceOf(AuditError);
        expect(error).toHaveProperty("code", "config-invalid");
      }
    }),
    { numRuns: 2000 },
  );
});

test("an alias bomb is config-invalid", () => {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join()}]`,
  );
  expect(mistakes(["a0: &a0 [x]", ...levels].join("\n"))).toHaveLength(1);
});

describe("the JSON Schema", () => {
  const generated = `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`;
  const validate = new Ajv2020({ strict: false }).compile(configurationJsonSchema());

  test("schema/config.v1.json is what the definition generates", () => {
    if (process.env.UPDATE_EXPECTED === "1") writeFileSync(SCHEMA, generated);
    expect(readFileSync(SCHEMA, "utf8")).toBe(generated);
  });

  test("takes what the definition takes, and refuses what it refuses", () => {
    expect(validate({ sources: [{ paths: ["a"] }] })).toBe(true);
    expect(validate({ sources: [{ path: ["a"] }] })).toBe(false);
    expect(validate({ ignore: [{ fields: ["spec"] }] })).toBe(false);
  });

  test("describes every key", () => {
    const keys = [...generated.matchAll(/"properties": \{/g)];
    expect(keys.length).toBeGreaterThan(4);
  });
});

describe("docs/configuration.md", () => {
  const examples = [...GUIDE.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");

  test.each(examples)("its examples are valid: %#", (example) => {
    expect(() => parseConfiguration(example, FILE)).not.toThrow();
  });

  test("its full example uses every key", () => {
    const [full = ""] = examples;
    const written = JSON.stringify(parse(full));
    const keys = keysOf(configurationJsonSchema());
    expect(keys.length).toBeGreaterThan(15);
    for (const key of keys) {
      expect(written).toContain(`"${key}":`);
      expect(GUIDE).toContain(`\`${key}\``);
    }
  });
});

function keysOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => [
    ...(name === "properties" && typeof value === "object" && value !== null ? Object.keys(value) : []),
    ...keysOf(value),
  ]);
}
