import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { auditReport, reportJsonSchema } from "../../src/report/audit-report.ts";
import { inSyncReport, leftOutReport, sampleReport } from "../support/sample-report.ts";
import { hostileReport } from "./hostile-report.ts";

const schemaFile = path.resolve(import.meta.dirname, "../../schema/report.v1.json");
const generated = `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;

function validator() {
  return new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(reportJsonSchema());
}

test("schema/report.v1.json is what the definition generates", () => {
  if (process.env.UPDATE_EXPECTED === "1") writeFileSync(schemaFile, generated);
  expect(readFileSync(schemaFile, "utf8")).toBe(generated);
});

test("the sample reports fit the definition and the JSON Schema", () => {
  const validate = validator();
  for (const report of [sampleReport(), inSyncReport(), leftOutReport()]) {
    expect(auditReport.parse(report)).toEqual(report);
    expect([validate(report), validate.errors]).toEqual([true, null]);
  }
});

test("the JSON Schema takes whatever the definition takes", () => {
  const validate = validator();
  fc.assert(
    fc.property(hostileReport, (report) => {
      expect([validate(JSON.parse(JSON.stringify(report))), validate.errors]).toEqual([true, null]);
    }),
    { numRuns: 50 },
  );
});

const withFirstDivergence = (change: object) => {
  const report = sampleReport();
  const [ingress, ...others] = report.ingresses;
  const [divergence] = ingress?.divergences ?? [];
  return { ...report, ingresses: [{ ...ingress, divergences: [{ ...divergence, ...change }] }, ...others] };
};

test.each([
  ["a verdict outside the glossary", withFirstDivergence({ verdict: "drift" })],
  ["a severity outside the four", withFirstDivergence({ severity: "none" })],
  ["an id that is no fingerprint", withFirstDivergence({ id: "1" })],
  ["line 0", withFirstDivergence({ line: 0 })],
  ["a live value that is left out", withFirstDivergence({ live: undefined })],
  ["another version", { ...sampleReport(), schema: "ingress-audit.report/v2" }],
  ["a short commit", { ...sampleReport(), git: { ...sampleReport().git, commit: "3f9c2ab" } }],
  [
    "a local time",
    { ...sampleReport(), cluster: { ...sampleReport().cluster, observedAt: "2026-03-04T10:15:00+01:00" } },
  ],
])("%s fits neither", (_, report) => {
  expect(auditReport.safeParse(report).success).toBe(false);
  expect(validator()(JSON.parse(JSON.stringify(report)))).toBe(false);
});

test("a field that a later 1.x adds is taken by the JSON Schema of today", () => {
  expect(validator()({ ...sampleReport(), later: 1 })).toBe(true);
});
