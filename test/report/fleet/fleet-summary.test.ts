import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { buildSummary } from "../../../src/audit/fleet/build-summary.ts";
import type { FleetAudit } from "../../../src/audit/fleet/fleet.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import { fleetJson } from "../../../src/report/fleet/fleet-json.ts";
import { fleetMarkdown } from "../../../src/report/fleet/fleet-markdown.ts";
import { summaryJsonSchema } from "../../../src/report/fleet/fleet-summary.ts";
import { fleetText } from "../../../src/report/fleet/fleet-text.ts";
import { inSyncReport, sampleReport } from "../../support/sample-report.ts";
import { expectGolden } from "../expect-golden.ts";
import { activeMarkdown } from "../markdown-scan.ts";

const tool = { name: "ingress-audit", version: "1.0.0" };
const schemaFile = path.resolve(import.meta.dirname, "../../../schema/summary.v1.json");
const generated = `${JSON.stringify(summaryJsonSchema(), null, 2)}\n`;

const unreachable = new AuditError({
  code: "live-unreachable",
  what: "The API server at https://10.0.0.1:6443 does not answer",
  where: { context: "prod-us", attempts: 3 },
  mend: "See that kubectl get ingress works with this context.",
});
const notThere = new AuditError({
  code: "repository-not-found",
  what: "There is no checkout of repository cart at /work/cart",
  where: { repository: "cart" },
  mend: "Check it out there, or change its path in the configuration.",
});

const AUDITS: readonly FleetAudit[] = [
  { kind: "report", cluster: "prod-eu", repository: "platform", report: inSyncReport() },
  { kind: "report", cluster: "prod-eu", repository: "shop", report: sampleReport() },
  { kind: "failed", cluster: "prod-eu", repository: "cart", error: notThere },
  { kind: "failed", cluster: "prod-us", repository: null, error: unreachable },
];

const statusOf = (report: ReturnType<typeof sampleReport>) => (report.summary.diverged > 0 ? 1 : 0);
const summaryOf = (audits: readonly FleetAudit[], isWhole = false) =>
  buildSummary(audits, { tool, exitStatusOf: statusOf, isWhole });

describe("golden", () => {
  test("text on a wide and on a narrow terminal", () => {
    const summary = summaryOf(AUDITS);
    expectGolden("summary.txt", fleetText(summary, { color: false, width: 110 }), import.meta.dirname);
    expectGolden("summary-narrow.txt", fleetText(summary, { color: false, width: 60 }), import.meta.dirname);
    expectGolden("summary-color.txt", fleetText(summary, { color: true, width: 110 }), import.meta.dirname);
  });

  test("Markdown", () => {
    expectGolden("summary.md.txt", fleetMarkdown(summaryOf(AUDITS)), import.meta.dirname);
  });

  test("JSON", () => {
    expectGolden("summary.json.txt", fleetJson(summaryOf(AUDITS)), import.meta.dirname);
  });
});

describe("the schema", () => {
  test("schema/summary.v1.json is what the definition generates", () => {
    if (process.env.UPDATE_EXPECTED === "1") writeFileSync(schemaFile, generated);
    expect(readFileSync(schemaFile, "utf8")).toBe(generated);
  });

  test.each([
    ["rows alone", false],
    ["rows with their reports", true],
  ])("takes %s", (_, isWhole) => {
    const validate = new Ajv2020({ strict: true }).compile(summaryJsonSchema());
    const summary: unknown = JSON.parse(fleetJson(summaryOf(AUDITS, isWhole)));
    expect({ valid: validate(summary), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  test("refuses a row without its counts", () => {
    const validate = new Ajv2020({ strict: true }).compile(summaryJsonSchema());
    const { audits, ...rest } = summaryOf(AUDITS);
    expect(validate({ ...rest, audits: audits.map(({ ingresses, ...audit }) => audit) })).toBe(false);
  });
});

describe("what several audits come to", () => {
  test("counts are added up, what failed counts for nothing but itself, and the exit status is the worst", () => {
    const { totals } = summaryOf(AUDITS);
    const [one, other] = [inSyncReport(), sampleReport()];
    expect(totals).toMatchObject({
      clusters: 2,
      repositories: 3,
      audits: 4,
      failed: 2,
      ingresses: one.ingresses.length + other.ingresses.length,
      inSync: one.summary.inSync + other.summary.inSync,
      verdicts: other.summary.verdicts,
      maxSeverity: "critical",
      exitStatus: 2,
    });
  });

  test("rows stand with the worst first", () => {
    const rows = summaryOf(AUDITS).audits.map(({ repository, status }) => [repository, status]);
    expect(rows).toEqual([
      ["cart", "failed"],
      [null, "failed"],
      ["shop", "incomplete"],
      ["platform", "clean"],
    ]);
  });

  test("nothing failed and nothing differs: 0", () => {
    expect(summaryOf(AUDITS.slice(0, 1)).totals).toMatchObject({ exitStatus: 0, maxSeverity: null });
  });
});

test("names and errors that were read cannot control a terminal, nor format or mention in Markdown", () => {
  const hostile = "\u001b[31m@octocat <b>|x|</b> [a](https://evil.example) `";
  const error = new AuditError({ code: "x", what: hostile, where: { folder: hostile }, mend: hostile });
  const summary = summaryOf([
    { kind: "failed", cluster: hostile, repository: hostile, error },
    { kind: "report", cluster: hostile, repository: hostile, report: inSyncReport() },
  ]);

  const text = fleetText(summary, { color: false, width: 200 });
  const markdown = fleetMarkdown(summary);

  expect(text).not.toContain("\u001b");
  expect(markdown).not.toContain("\u001b");
  expect(activeMarkdown(markdown)).not.toMatch(/@octocat|<b>|\]\(|https:\/\//);
  const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
  for (const row of rows) expect(row.replace(/\\\|/g, "").split("|")).toHaveLength(9);
});
