import { expect, test } from "vitest";
import { backOff } from "../../../src/audit/deployment/back-off.ts";

const READINGS = [1, 2, 3, 4, 5, 6, 2000];

test("pauses double up to half a minute", () => {
  const pauses = READINGS.map((reading) => backOff(reading, () => 1));
  expect(pauses).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("chance takes up to half of a pause, and never all of it", () => {
  const pauses = READINGS.map((reading) => backOff(reading, () => 0));
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});
