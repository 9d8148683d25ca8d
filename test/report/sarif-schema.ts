/**
 * The part of the SARIF 2.1.0 schema that the report uses, written from the specification; unlike the published
 * schema it takes no property that it does not name.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
const object = (properties: Record<string, unknown>, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const list = (items: unknown) => ({ type: "array", items });
const text = { type: "string" };
const uriReference = { type: "string", pattern: "^[A-Za-z0-9._~%/-]+$" };
const level = { enum: ["none", "note", "warning", "error"] };
const message = object({ text: { type: "string", minLength: 1 } }, ["text"]);
const multiformat = object({ text: { type: "string", minLength: 1 } }, ["text"]);
const physicalLocation = object(
  {
    artifactLocation: object({ uri: uriReference, uriBaseId: text }, ["uri"]),
    region: object({ startLine: { type: "integer", minimum: 1 } }, ["startLine"]),
  },
  ["artifactLocation"],
);
const location = object({
  physicalLocation,
  logicalLocations: list(object({ name: text, fullyQualifiedName: text, kind: { const: "resource" } })),
});
const rule = object(
  {
    id: text,
    name: text,
    shortDescription: multiformat,
    fullDescription: multiformat,
    help: multiformat,
    defaultConfiguration: object({ level }),
    properties: object({
      "security-severity": { type: "string", pattern: "^\\d+\\.\\d$" },
      tags: list(text),
    }),
  },
  ["id"],
);
const result = object(
  {
    ruleId: text,
    level,
    message,
    locations: { ...list(location), minItems: 1 },
    partialFingerprints: { type: "object", additionalProperties: text },
    suppressions: list(object({ kind: { enum: ["inSource", "external"] }, justification: text }, ["kind"])),
    properties: { type: "object" },
  },
  ["message", "ruleId", "locations", "partialFingerprints"],
);
const invocation = object(
  {
    executionSuccessful: { type: "boolean" },
    toolExecutionNotifications: list(
      object({ descriptor: object({ id: text }, ["id"]), level, message, locations: list(location) }, [
        "message",
      ]),
    ),
  },
  ["executionSuccessful"],
);
const run = object(
  {
    tool: object(
      {
        driver: object(
          { name: text, version: text, semanticVersion: text, rules: list(rule), notifications: list(rule) },
          ["name"],
        ),
      },
      ["driver"],
    ),
    automationDetails: object({ id: text }),
    versionControlProvenance: list(
      object({ repositoryUri: { type: "string", pattern: "^https?://" }, revisionId: text, branch: text }, [
        "repositoryUri",
      ]),
    ),
    invocations: list(invocation),
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    results: list(result),
  },
  ["tool"],
);

export const sarifSchema = object({ $schema: text, version: { const: "2.1.0" }, runs: list(run) }, [
  "version",
  "runs",
]);
