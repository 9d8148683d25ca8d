import { describe, expect, test } from "vitest";
import { yamlFileEditor } from "../../../../src/adapters/render/edit/yaml-file-editor.ts";
import type { ValueEdit } from "../../../../src/model/value-edit.ts";

const edited = (text: string, edit: ValueEdit, document = 0) =>
  yamlFileEditor.edit(Buffer.from(text), { document, edit }).toString("utf8");
const set = (path: ValueEdit["path"], value: (ValueEdit & { kind: "set" })["value"]): ValueEdit => ({
  kind: "set",
  path,
  value,
});

describe("an edit changes what it must, and nothing else", () => {
  test.each<[string, string, ValueEdit, string]>([
    ["keeps single quotes", "a: 'x' # c\n", set(["a"], "it's"), "a: 'it''s' # c\n"],
    ["keeps double quotes", 'a: "x"\n', set(["a"], 'a"b\\'), 'a: "a\\"b\\\\"\n'],
    ["quotes what YAML 1.1 reads as something else", "a: x\nb: y\n", set(["a"], "on"), 'a: "on"\nb: y\n'],
    ["quotes what only kubectl reads as a number", "a: x\n", set(["a"], "0o17"), 'a: "0o17"\n'],
    ["fills a field that is empty", "a:   # none\nb: 1\n", set(["a"], 2), "a: 2   # none\nb: 1\n"],
    [
      "opens a map that is empty, and its comment stays",
      "a:   # none\nb: 1\n",
      set(["a", "k"], "v"),
      "a:   # none\n  k: v\nb: 1\n",
    ],
    [
      "a text of several lines takes the comment along",
      "m:\n    a: x # why\n    b: 1\n",
      set(["m", "a"], "one\ntwo\n"),
      "m:\n    a: | # why\n        one\n        two\n    b: 1\n",
    ],
    [
      "a text of several lines gives way to a short one",
      "a: |\n  one\n  two\n\n# next\nb: 1\n",
      set(["a"], "x"),
      "a: x\n\n# next\nb: 1\n",
    ],
    [
      "a new key stands behind the last one, before what follows",
      "m:\n  a: 1 # one\n\n# n\nb: 1\n",
      set(["m", "c"], 2),
      "m:\n  a: 1 # one\n  c: 2\n\n# n\nb: 1\n",
    ],
    [
      "the first key of an entry goes",
      "l:\n- a: 1\n  b: 2\n",
      { kind: "remove", path: ["l", 0, "a"] },
      "l:\n- b: 2\n",
    ],
    [
      "an entry comes before the comment of the first",
      "l:\n  # first\n  - 1\n",
      { kind: "insert", path: ["l"], index: 0, value: 0 },
      "l:\n  - 0\n  # first\n  - 1\n",
    ],
    [
      "entries change places with their comments",
      "l:\n  # one\n  - 1\n\n  # two\n  - 2\n",
      { kind: "reorder", path: ["l"], order: [1, 0] },
      "l:\n  # two\n  - 2\n\n  # one\n  - 1\n",
    ],
    [
      "a key that a merge brings is written out",
      "base: &b { x: 1 }\nm:\n  <<: *b\n  y: 2\n",
      set(["m", "x"], 3),
      "base: &b { x: 1 }\nm:\n  <<: *b\n  y: 2\n  x: 3\n",
    ],
    ["the last of two keys counts", "a: 1\na: 2\n", set(["a"], 3), "a: 1\na: 3\n"],
    [
      "a flow list over lines",
      "l: [\n  1,\n  2, # two\n]\n",
      { kind: "insert", path: ["l"], index: 1, value: 9 },
      "l: [\n  1,\n  9,\n  2, # two\n]\n",
    ],
    ["JSON one after the other", '{"a": 1}\n{"a": 1}\n', set(["a"], 2), '{"a": 2}\n{"a": 1}\n'],
  ])("%s", (_, text, edit, expected) => {
    expect(edited(text, edit)).toBe(expected);
  });
});

test.each<[string, string, ValueEdit]>([
  [
    "a key that a merge brings cannot be taken away",
    "b: &b {x: 1}\nm:\n  <<: *b\n",
    { kind: "remove", path: ["m", "x"] },
  ],
  ["what an alias repeats", "a: &x 1\nb: *x\n", set(["a"], 2)],
  ["what is within it", "a: &x {k: 1}\nb: *x\n", set(["a", "k"], 2)],
  ["what cannot be read", "a: [\n", set(["a"], 1)],
  ["what is not there", "a: 1\n", { kind: "remove", path: ["b"] }],
])("%s: refused", (_, text, edit) => {
  expect(() => edited(text, edit)).toThrow(expect.objectContaining({ code: "not-editable" }));
});

test("a file that is no UTF-8 is no YAML", () => {
  expect(yamlFileEditor.read(Buffer.from([0xff, 0xfe, 0x61, 0]))).toBeNull();
});
