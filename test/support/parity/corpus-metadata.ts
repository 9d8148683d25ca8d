import { type CorpusEntry, clientSideOnly, described } from "./corpus-entry.ts";

const annotations = (name: string, lines: string) => described(name, `annotations:\n${lines}`);
const owner = "{ apiVersion: v1, kind: ConfigMap, name: shop, uid: 9c2f3b0e-0000-4000-8000-000000000001 }";

/** Words and numbers that YAML 1.1 takes for something else. */
const TRAPS = [
  ..."y Y n N yes No on OFF true False null Null ~ = << -".split(" "),
  ..."0 007 0777 0o17 0x1F 0b11 1_000 1e3 1E3 .5 5. +1 -0 1.10 .inf -.INF .nan 12:30 1:30:45".split(" "),
  ..."2001-01-01 2001-12-14T21:59:43.10-05:00 {} [] # ! & * | > % @ ` \"\" ''".split(" "),
];

export const METADATA_ENTRIES: readonly CorpusEntry[] = [
  described("empty-metadata", "annotations: {}\nlabels: {}\nfinalizers: []\nownerReferences: []\n"),
  described("null-metadata", "annotations: null\nlabels: null\nfinalizers: null\nownerReferences: null\n"),
  annotations("empty-annotation", "  empty: \"\"\n  example.com/also: ''\n"),
  annotations(
    "annotation-blocks",
    `  literal: |
    line one
      indented
    last
  folded: >
    one
    line

    next
  stripped: |-
    no final break
  kept: |+
    two final breaks

  explicit: |2
      two spaces first
  plain: a value
    on two lines
  tabbed: |
    a\tb
`,
  ),
  annotations(
    "annotation-escapes",
    `  crlf: "one\\r\\ntwo\\r"
  separators: "a\\_b\\Lc\\P"
  spaces: "  both ends  "
  folded: "one \\
    line"
  surrogates: "\\U0001F600"
`,
  ),
  // Server-side apply reads its JSON as YAML, and makes a space of U+0085.
  clientSideOnly(annotations("annotation-next-line", '  next-line: "a\\Nb"\n')),
  clientSideOnly(annotations("annotation-delete-character", '  control: "a\\x7fb"\n')),
  annotations("annotation-controls", '  control: "a\\x01\\a\\b\\e\\x1fb"\n'),
  annotations(
    "annotation-unicode",
    `  precomposed: "\u00e9"
  decomposed: "e\u0301"
  emoji: \u{1f469}\u200d\u{1f4bb}
  right-to-left: "\u202eabc"
  zero-width: "a\u200bb\ufeff"
  japanese: 日本語のテキスト
`,
  ),
  annotations("annotation-of-100-kb", `  long: "${"0123456789abcdef".repeat(6400)}"\n`),
  annotations(
    "annotation-yaml-traps",
    TRAPS.map(
      (text, at) =>
        `  trap-${at}: ${at % 2 === 0 ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`}\n`,
    ).join(""),
  ),
  annotations(
    "annotation-bare-strings",
    `  sexagesimal: 12:30
  time: 1:30:45
  date: 2001-01-01
  version: 1.2.3
  hash: a#b
  colon: a:b
  dashes: -x-
  tagged: !!str 123
  bang: ! 123
  equals: =
`,
  ),
  annotations(
    "annotation-keys",
    `  example.com/UPPER.Case_1: a
  "quoted.example.com/key": b
  ? example.com/complex
  : c
  yes: d
  010: e
  1.5: f
  constructor: g
  toString: h
`,
  ),
  annotations("annotation-null", "  nothing:\n  tilde: ~\n  other: kept\n"),
  annotations(
    "annotation-snippets",
    `  nginx.ingress.kubernetes.io/configuration-snippet: |
    more_set_headers "X-Frame-Options: DENY";
    if ($host = 'a') { return 403; } # why
  nginx.ingress.kubernetes.io/auth-url: "https://$host/oauth2/auth?rd=$escaped_request_uri"
  alb.ingress.kubernetes.io/actions.redirect: '{"Type":"redirect","RedirectConfig":{"Port":"443"}}'
`,
  ),
  annotations(
    "annotation-last-applied",
    `  kubectl.kubernetes.io/last-applied-configuration: |
    {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"x"}}
`,
  ),
  described("labels", 'labels: { app: shop, app.kubernetes.io/Part-of: "1.0", empty: "", "7": seven }\n'),
  described("label-null", "labels: { nothing: , app: shop }\n"),
  described(
    "labels-of-tools",
    "labels: { app.kubernetes.io/instance: shop, app.kubernetes.io/managed-by: Helm }\n",
  ),
  described("finalizers", "finalizers: [example.com/b, example.com/a]\n"),
  clientSideOnly(described("finalizer-twice", "finalizers: [example.com/a, example.com/a]\n")),
  described("owner", `ownerReferences: [${owner}]\n`),
  described(
    "owner-that-controls",
    `ownerReferences: [${owner.replace(" }", ", controller: true, blockOwnerDeletion: false }")}]\n`,
  ),
  clientSideOnly(described("owner-twice", `ownerReferences: [${owner}, ${owner}]\n`)),
  described("server-owned", "creationTimestamp: null\ngeneration: 7\nselfLink: /x\n"),
];
