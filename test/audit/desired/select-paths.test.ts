import { describe, expect, test } from "vitest";
import { selectPaths } from "../../../src/audit/desired/select-paths.ts";
import type { SourceConfiguration } from "../../../src/model/configuration.ts";

function source(paths: readonly string[], rest: Partial<SourceConfiguration> = {}): SourceConfiguration {
  return { paths, kustomize: null, helm: null, exclude: [], namespace: null, ...rest };
}

function taken(
  sources: readonly SourceConfiguration[],
  paths: readonly string[],
  files: readonly string[],
): string[] {
  return files.filter(selectPaths(sources, paths).selector.matches);
}

describe("which files are audited", () => {
  const files = [
    "a.yaml",
    "deploy/b.yml",
    "deploy/c/d.json",
    "deploy/readme.md",
    "node_modules/x/e.yaml",
    "x.YAML",
  ];

  test("without a configuration every manifest of the repository", () => {
    expect(taken([], [], files)).toEqual(["a.yaml", "deploy/b.yml", "deploy/c/d.json", "x.YAML"]);
  });

  test("the sources', without what each excludes", () => {
    const sources = [source(["deploy"], { exclude: ["deploy/c"] }), source(["a.yaml"])];
    expect(taken(sources, [], files)).toEqual(["a.yaml", "deploy/b.yml"]);
  });

  test("one source's exclude does not reach another's paths", () => {
    const sources = [source(["deploy"], { exclude: ["**/*.json"] }), source(["deploy/c"])];
    expect(taken(sources, [], files)).toEqual(["deploy/b.yml", "deploy/c/d.json"]);
  });

  test("the command line's paths instead of the sources'", () => {
    expect(taken([source(["deploy"])], ["a.yaml", "deploy/c/"], files)).toEqual([
      "a.yaml",
      "deploy/c/d.json",
    ]);
  });

  test("the command line's dot is the whole repository", () => {
    expect(taken([source(["deploy"])], ["."], files)).toEqual([
      "a.yaml",
      "deploy/b.yml",
      "deploy/c/d.json",
      "x.YAML",
    ]);
  });
});

describe("what would be audited without the command line's paths", () => {
  const wider = (sources: readonly SourceConfiguration[], paths: readonly string[]) => {
    const { selector, wider } = selectPaths(sources, paths);
    return { taken: files.filter(wider.matches), isSelector: wider === selector, isWhole: wider.isWhole };
  };
  const files = ["a.yaml", "deploy/b.yaml", "deploy/c/d.yaml", "package-lock.json"];

  test("is what is audited, where there are none", () => {
    expect(wider([source(["deploy"])], [])).toMatchObject({ isSelector: true, isWhole: false });
    expect(wider([], [])).toMatchObject({ isSelector: true, isWhole: true });
  });

  test("is every manifest, where there are no sources", () => {
    expect(wider([], ["deploy/c"])).toEqual({
      taken: ["a.yaml", "deploy/b.yaml", "deploy/c/d.yaml"],
      isSelector: false,
      isWhole: true,
    });
  });

  test("is what the sources take, and the paths", () => {
    expect(wider([source(["deploy"], { exclude: ["deploy/c"] })], ["deploy/c"])).toEqual({
      taken: ["deploy/b.yaml", "deploy/c/d.yaml"],
      isSelector: false,
      isWhole: false,
    });
  });
});

describe("the namespace of manifests that name none", () => {
  const sources = [
    source(["deploy/special"], { namespace: "special" }),
    source(["deploy"], { namespace: "shop", exclude: ["deploy/other"] }),
    source(["deploy/other"]),
  ];

  test.each<[string, string | null]>([
    ["deploy/a.yaml", "shop"],
    ["deploy/special/a.yaml", "special"],
    ["deploy/other/a.yaml", null],
    ["elsewhere/a.yaml", null],
  ])("%s: %s", (path, namespace) => {
    expect(selectPaths(sources, []).namespaceFor(path)).toBe(namespace);
    expect(selectPaths(sources, ["deploy"]).namespaceFor(path)).toBe(namespace);
  });
});

test("pathspecs hold every path that the predicate may take", () => {
  const { selector } = selectPaths([source(["deploy", "apps/*/ingress.yaml", "./x/"])], []);
  expect(selector.pathspecs).toEqual([":(literal)deploy", ":(literal)apps", ":(literal)x"]);
});
