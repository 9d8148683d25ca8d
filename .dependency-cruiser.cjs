/**
 * The import rule: model ← {compare, attribute, report} ← audit ← entry, model ← ports ← {adapters, audit},
 * adapters ← entry. Each rule says why it is there; there are no exceptions.
 */
const layer = (name, { from, mayImport, comment }) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { path: "^src/", pathNot: [from, ...mayImport] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    layer("model-imports-nothing", {
      from: "^src/model/",
      mayImport: [],
      comment: "Types and tiny constructors stand alone, so that every layer can share them.",
    }),
    {
      name: "model-uses-no-package",
      severity: "error",
      comment: "A package in the model would reach every layer.",
      from: { path: "^src/model/" },
      to: { dependencyTypes: ["npm", "npm-dev", "core"] },
    },
    ...["compare", "attribute", "report"].map((name) =>
      layer(`${name}-imports-model-only`, {
        from: `^src/${name}/`,
        mayImport: ["^src/model/"],
        comment: "The pure stages do not know each other: audit/ joins them.",
      }),
    ),
    {
      name: "pure-stages-touch-nothing-outside",
      severity: "error",
      comment: "Comparing, attributing and reporting are functions of their arguments. (node:crypto hashes.)",
      from: { path: "^src/(compare|attribute|report)/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|util)$" },
    },
    layer("ports-import-model-only", {
      from: "^src/ports/",
      mayImport: ["^src/model/"],
      comment: "A port says what is needed in the model's words.",
    }),
    {
      name: "adapters-import-ports-and-model",
      severity: "error",
      comment: "An adapter knows its port and the model, and no other adapter.",
      from: { path: "^src/adapters/([^/]+)/" },
      to: { path: "^src/", pathNot: ["^src/(model|ports)/", "^src/adapters/$1/"] },
    },
    layer("audit-constructs-no-adapter", {
      from: "^src/audit/",
      mayImport: ["^src/(model|ports|compare|attribute|report)/"],
      comment: "The pipeline gets its ports as arguments; only entry constructs adapters.",
    }),
    {
      name: "entries-do-not-know-each-other",
      severity: "error",
      comment: "cli, action and server are three doors to one house; what they share is in entry/assembly.",
      from: { path: "^src/entry/([^/]+)/" },
      to: { path: "^src/entry/", pathNot: "^src/entry/($1|assembly)/" },
    },
    {
      name: "one-home-for-each-package",
      severity: "error",
      comment:
        "yaml parses in adapters (and writes in entry), deep-diff works in compare, @actions/core in entry/action.",
      from: { path: "^src/(model|ports|compare|attribute|report|audit)/" },
      to: { path: "node_modules/(yaml|simple-git|@kubernetes|commander|@actions|@octokit)/" },
    },
    {
      name: "deep-diff-in-compare-only",
      severity: "error",
      comment: "Wrapped in one small module, on canonical keyed values.",
      from: { path: "^src/", pathNot: "^src/compare/" },
      to: { path: "node_modules/deep-diff/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "A cycle has no order in which it can be read.",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
