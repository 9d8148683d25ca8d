import { describe, expect, test } from "vitest";
import { applyJsonPatch } from "../../../src/attribute/writes/json-patch.ts";
import type { Json } from "../../../src/model/json.ts";

const document = { list: ["a", "b"], map: { "a/b": 1, "c~d": 2 } };

describe("applyJsonPatch", () => {
  test.each<[string, Json[], Json]>([
    [
      "adds before an index",
      [{ op: "add", path: "/list/1", value: "x" }],
      { ...document, list: ["a", "x", "b"] },
    ],
    ["appends", [{ op: "add", path: "/list/-", value: "x" }], { ...document, list: ["a", "b", "x"] }],
    ["replaces", [{ op: "replace", path: "/list/0", value: "x" }], { ...document, list: ["x", "b"] }],
    ["removes", [{ op: "remove", path: "/list/0" }], { ...document, list: ["b"] }],
    [
      "unescapes ~1 and ~0",
      [
        { op: "remove", path: "/map/a~1b" },
        { op: "remove", path: "/map/c~0d" },
      ],
      { ...document, map: {} },
    ],
    ["moves", [{ op: "move", from: "/list/0", path: "/list/-" }], { ...document, list: ["b", "a"] }],
    [
      "copies",
      [{ op: "copy", from: "/map/a~1b", path: "/map/e" }],
      { ...document, map: { ...document.map, e: 1 } },
    ],
    ["passes a test that holds", [{ op: "test", path: "/list", value: ["a", "b"] }], document],
    ["replaces the whole", [{ op: "replace", path: "", value: 1 }], 1],
    [
      "adds a key named __proto__ as a key",
      [
        { op: "add", path: "/map", value: {} },
        { op: "add", path: "/map/__proto__", value: 1 },
      ],
      { ...document, map: Object.fromEntries([["__proto__", 1]]) },
    ],
  ])("%s", (_, operations, expected) => {
    expect(applyJsonPatch(document, operations)).toEqual(expected);
  });

  test.each<[string, Json[]]>([
    ["a test that fails", [{ op: "test", path: "/list/0", value: "b" }]],
    ["an index beyond the end", [{ op: "replace", path: "/list/2", value: "x" }]],
    ["an index with a leading zero", [{ op: "remove", path: "/list/01" }]],
    ["a missing key", [{ op: "replace", path: "/map/x", value: 1 }]],
    ["an inherited key", [{ op: "remove", path: "/map/constructor" }]],
    ["a missing parent", [{ op: "add", path: "/no/x", value: 1 }]],
    ["an unknown operation", [{ op: "merge", path: "/list", value: 1 }]],
    ["a pointer that is none", [{ op: "remove", path: "list" }]],
    ["no operation", ["remove"]],
    ["a value that is missing", [{ op: "add", path: "/list/0" }]],
  ])("does not fit: %s", (_, operations) => {
    expect(applyJsonPatch(document, operations)).toBeUndefined();
  });
});
