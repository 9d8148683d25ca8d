import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { MAX_RESULTS, sarifReport } from "../../src/report/sarif-report.ts";
import { inSyncReport, leftOutReport, SAMPLE_NOW, sampleReport } from "../support/sample-report.ts";
import { expectGolden } from "./expect-golden.ts";
import { hostileReport } from "./hostile-report.ts";
import { sarifSchema } from "./sarif-schema.ts";

const options = { now: SAMPLE_NOW, showIgnored: false };
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(sarifSchema);

function runOf(report: AuditReport, change: Partial<Parameters<typeof sarifReport>[1]> = {}) {
  const log = JSON.parse(sarifReport(report, { ...options, ...change }));
  expect([validate(log), validate.errors]).toEqual([true, null]);
  return log.runs[0];
}

test("golden: the sample", () => {
  expectGolden("sample.sarif", sarifReport(sampleReport(), { ...options, showIgnored: true }));
});

test("every result's rule is described, with a severity that code scanning reads alike", () => {
  const run = runOf(sampleReport(), { showIgnored: true });
  const rules = new Map(run.tool.driver.rules.map((rule: { id: string }) => [rule.id, rule]));
  const severities = { critical: [9, 10], high: [7, 9], medium: [4, 7], low: [0.1, 4] };
  for (const result of run.results) {
    expect(rules.get(result.ruleId)).toMatchObject({ defaultConfiguration: { level: result.level } });
    const rule = rules.get(result.ruleId) as { properties: { "security-severity": string } };
    const score = Number(rule.properties["security-severity"]);
    const [from, to] = severities[result.properties.severity as keyof typeof severities];
    expect(score).toBeGreaterThanOrEqual(from ?? 0);
    expect(score).toBeLessThan(to ?? 0);
  }
});

describe("a result lies", () => {
  const results = runOf(sampleReport()).results;
  const placeOf = (field: string, name: string) =>
    results.find(
      (result: { properties: { field: string }; locations: { logicalLocations: { name: string }[] }[] }) =>
        result.properties.field === field && result.locations[0]?.logicalLocations[0]?.name === name,
    )?.locations[0];

  test("at its field's line in Git", () => {
    expect(placeOf("spec.tls", "cart").physicalLocation).toMatchObject({
      artifactLocation: { uri: "deploy/cart.yaml" },
      region: { startLine: 22 },
    });
  });

  test("at the configuration where no file declares the Ingress, which is named all the same", () => {
    expect(placeOf("", "debug")).toMatchObject({
      physicalLocation: { artifactLocation: { uri: ".ingress-audit.yaml" }, region: { startLine: 1 } },
      logicalLocations: [{ fullyQualifiedName: "tools/debug" }],
    });
  });
});

test("what is left out is told in a notification", () => {
  const report = leftOutReport();
  const run = runOf({ ...report, summary: { ...report.summary, elsewhere: 1 } });
  expect(run.results).toEqual([]);
  expect(run.invocations[0].toolExecutionNotifications).toMatchObject([
    { level: "note", message: { text: "2 divergences less severe than high left out." } },
    { level: "note", message: { text: expect.stringMatching(/^1 live Ingress is declared elsewhere/) } },
  ]);
});

test("another root file can be named", () => {
  const { results } = runOf(sampleReport(), { rootFile: "deploy/a b.yaml" });
  expect(results.at(-2)?.locations[0].physicalLocation.artifactLocation.uri).toBe("deploy/a%20b.yaml");
});

test("the fingerprint is the divergence's id", () => {
  const report = sampleReport();
  const ids = report.ingresses.flatMap((ingress) => ingress.divergences.map((divergence) => divergence.id));
  const { results } = runOf(report, { showIgnored: true });
  const fingerprints = results.map(
    (result: { partialFingerprints: Record<string, string> }) =>
      result.partialFingerprints["ingressAudit/v1"],
  );
  expect(fingerprints.sort()).toEqual([...ids].sort());
});

test("a controller's writes are given on request only, and as suppressed", () => {
  const isSuppressed = (result: object) => "suppressions" in result;
  expect(runOf(sampleReport()).results.filter(isSuppressed)).toHaveLength(0);
  expect(runOf(sampleReport(), { showIgnored: true }).results.filter(isSuppressed)).toHaveLength(1);
});

test("problems are notifications, and an unreadable input is no successful execution", () => {
  const [invocation] = runOf(sampleReport()).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications).toHaveLength(2);
  expect(runOf(inSyncReport()).invocations[0].executionSuccessful).toBe(true);
});

test("results beyond the limit are left out, the least severe first, and this is told", () => {
  const report = sampleReport();
  const [web, ...others] = report.ingresses;
  const [critical] = web?.divergences ?? [];
  if (web === undefined || critical === undefined) throw new Error("The sample has no divergence");
  const low = Array.from({ length: MAX_RESULTS }, () => ({ ...critical, severity: "low" as const }));
  const run = runOf({ ...report, ingresses: [{ ...web, divergences: [critical, ...low] }, ...others] });
  expect(run.results).toHaveLength(MAX_RESULTS);
  expect(run.results.filter((result: { level: string }) => result.level === "warning")).toHaveLength(2);
  expect(run.invocations[0].toolExecutionNotifications[0]).toMatchObject({
    descriptor: { id: "results-limit" },
    message: { text: expect.stringMatching(/^5 results of lesser severity/) },
  });
});

test("any report with arbitrary text gives valid SARIF without links or control characters", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const run = runOf(report, { showIgnored: true });
      for (const result of run.results) {
        expect(result.message.text).not.toMatch(/\]\(|[^\P{Cc}\n]/u);
      }
    }),
    { numRuns: 50 },
  );
});
