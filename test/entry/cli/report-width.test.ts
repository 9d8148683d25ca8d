import { expect, test } from "vitest";
import { reportWidth } from "../../../src/entry/cli/report-width.ts";

test.each([
  ["the terminal's", 72, "40", 72],
  ["that of COLUMNS where there is no terminal", undefined, "60", 60],
  ["that of COLUMNS where the terminal does not know its own", 0, "60", 60],
  ["100 columns where nothing tells it", undefined, undefined, 100],
  ["100 columns where COLUMNS is no width", undefined, "wide", 100],
])("a report is as wide as %s", (_, columns, variable, width) => {
  const terminal = { stdout: { columns }, env: { COLUMNS: variable } };

  expect(reportWidth(terminal)).toBe(width);
});
