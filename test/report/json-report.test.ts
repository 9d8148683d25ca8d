import { expect, test } from "vitest";
import { AuditError } from "../../src/model/audit-error.ts";
import { jsonReport } from "../../src/report/json-report.ts";
import { sampleReport } from "../support/sample-report.ts";

test("the report comes back from its JSON", () => {
  expect(JSON.parse(jsonReport(sampleReport()))).toEqual(sampleReport());
});

test("the order of keys is the schema's, whatever order they came in", () => {
  const { schema, ...rest } = sampleReport();
  expect(jsonReport({ ...rest, schema })).toBe(jsonReport(sampleReport()));
  expect(Object.keys(JSON.parse(jsonReport(sampleReport())))).toEqual([
    ...["schema", "tool", "git", "cluster", "summary", "ingresses", "ignored"],
    ...["belowMinSeverity", "problems"],
  ]);
});

test("what the schema does not name does not get out", () => {
  expect(jsonReport({ ...sampleReport(), ...{ token: "hunter2" } })).not.toContain("hunter2");
});

test("a report that does not fit its schema is refused with the place", () => {
  const report = { ...sampleReport(), git: { ...sampleReport().git, commit: "HEAD" } };
  try {
    jsonReport(report);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(AuditError);
    expect(error).toMatchObject({ code: "report-invalid", where: { field: "git.commit" } });
  }
});
