import { expect, test } from "vitest";
import { utcTime } from "../../src/report/utc-time.ts";

test.each([
  ["2026-03-04T10:15:00Z", "2026-03-04T10:15:00Z"],
  ["2026-03-04T10:15:00.123456Z", "2026-03-04T10:15:00.123456Z"],
  ["2026-03-04T11:15:00+01:00", "2026-03-04T10:15:00.000Z"],
  ["2026-03-04t10:15:00z", "2026-03-04T10:15:00.000Z"],
  ["2026-13-40T10:15:00Z", null],
  ["yesterday", null],
  ["", null],
  [null, null],
  [undefined, null],
])("%s is %s", (text, expected) => {
  expect(utcTime(text)).toBe(expected);
});
