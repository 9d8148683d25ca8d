import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldLines } from "../../../src/adapters/render/field-lines.ts";
import { locateField } from "../../../src/adapters/render/locate-field.ts";
import { locateInEvents } from "../../../src/adapters/render/locate-in-events.ts";
import { parseYaml } from "../../../src/adapters/render/parse-yaml.ts";
import { readOrdinaryYaml } from "../../../src/adapters/render/read-ordinary-yaml.ts";
import { type DocumentText, splitDocuments } from "../../../src/adapters/render/split-documents.ts";
import { yamlToJson } from "../../../src/adapters/render/yaml-to-json.ts";
import type { RawPath } from "../../../src/model/ingress.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";
import { kubectlCases } from "./kubectl-cases.ts";

const WEB = `# the shop's front door
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    # as the auditors want it
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/server-snippet: |
      location / {
        return 403;
      }
    example.com/folded: >-
      one
      two

      three
spec:
  tls:
    - hosts: [a.example.com, 'b.example.com']
  rules:
  - host: a.example.com
    http:
      paths:
        - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`;

test("a manifest as people write it is ordinary", () => {
  expect(readOrdinaryYaml(WEB)?.value).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "web",
      annotations: {
        "nginx.ingress.kubernetes.io/enable-cors": "true",
        "nginx.ingress.kubernetes.io/server-snippet": "location / {\n  return 403;\n}\n",
        "example.com/folded": "one two\nthree",
      },
    },
    spec: {
      tls: [{ hosts: ["a.example.com", "b.example.com"] }],
      rules: [
        {
          host: "a.example.com",
          http: {
            paths: [
              { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  });
});

test.each([
  ["an anchor", "a: &a b\n"],
  ["an alias", "a: &a b\nc: *a\n"],
  ["a tag", "a: !!str b\n"],
  ["a merge", "<<: {a: b}\n"],
  ["a key twice", "a: b\na: c\n"],
  ["a bare scalar over two lines", "a: b\n  c\n"],
  ["a quoted scalar over two lines", 'a: "b\n  c"\n'],
  ["a key that is no scalar", "? [a]\n: b\n"],
  ["a key in a block", "? |\n  a\n: b\n"],
  ["a key called __proto__", "__proto__: {a: b}\n"],
  ["a null key", "~: b\n"],
  ["a tab", "a: b\t# c\n"],
  ["a line separator", "a: b\u2028c\n"],
  ["a control character", "a: b\u0007\n"],
  ["a directive", "%YAML 1.1\n"],
  ["an end of the document", "a: b\n...\n"],
  ["an end of no document", "...\na: b\n"],
  ["a number that JSON cannot hold", "a: .inf\n"],
  ["a list", "- a\n"],
  ["a scalar", "a\n"],
  ["nothing", "# nothing\n"],
  ["broken text", "a: b: c\n"],
  ["a key behind a collection", "a:\n  b:\n  - {}c: d\n"],
  ["a quoted key behind a collection", "a:\n  b:\n  - [e] 'c': d\n"],
  ["nesting as deep as nobody writes", `${"{a: ".repeat(200)}b${"}".repeat(200)}\n`],
])("%s is left to the full reader", (_, text) => {
  expect(readOrdinaryYaml(text)).toBe(null);
});

const PIECES = [
  ..."\n :{}[]'\"|>#%!\\,?@`~=*&",
  ...[
    "  ",
    ": ",
    "- ",
    "...\n",
    "|-\n",
    ">+\n",
    "|2\n",
    " #",
    "{{",
    "}}",
    "? ",
    "null",
    "\u2028",
    "é",
    "\\n",
  ],
  ...["\n\n", "\n  ", "\n      ", "a: b\n", "- a\n", "0x1", "<<: ", "kind: Ingress\n"],
];
const CASES = [WEB, ...kubectlCases().values()].filter((text) => text.length < 2000);

/** Thousands of documents, each read twice: on a busy machine it takes minutes. */
test("what is read as ordinary is what the full reader reads, with the same places", {
  timeout: 600_000,
}, () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 6 }),
    added: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
    ),
  });
  let ordinary = 0;
  fc.assert(
    fc.property(fc.constantFrom(...CASES), fc.array(edit, { maxLength: 2 }), (text, edits) => {
      const edited = edits.reduce((current, { at, removed, added }) => {
        const index = Math.floor(at * current.length);
        return current.slice(0, index) + added + current.slice(index + removed);
      }, text);
      for (const document of splitDocuments(edited)) {
        if (isReadAlike(document)) ordinary += 1;
      }
    }),
    { numRuns: 4000 },
  );
  expect(ordinary).toBeGreaterThan(1000);
});

/** @returns Whether the document is ordinary at all. */
function isReadAlike(document: DocumentText): boolean {
  const ordinary = document.hasStraySeparator ? null : readOrdinaryYaml(document.text);
  if (ordinary === null) return false;
  const { root } = parseYaml(document);
  if (root === null) throw new Error("The full reader reads nothing");
  expect(yamlToJson(root)).toEqual({ kind: "json", value: ordinary.value, duplicates: [] });
  const full = fieldLines(document.text, locateField(root, new Map()));
  const quick = fieldLines(document.text, locateInEvents(ordinary.events, document.text));
  const linesOf = ({ lineAt }: typeof full) =>
    pathsIn(ordinary.value, []).map((path) => [path, lineAt(path)]);
  expect(linesOf(quick)).toEqual(linesOf(full));
  return true;
}

/** Each path of a value, and in each collection one that it does not have. */
function pathsIn(value: Json, path: RawPath): RawPath[] {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return [
      path,
      [...path, items.length],
      ...items.flatMap((item, index) => pathsIn(item, [...path, index])),
    ];
  }
  if (!isJsonObject(value)) return [path, [...path, "deeper"]];
  const below = Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return [path, [...path, "(none)"], ...below];
}
