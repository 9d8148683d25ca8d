import fc from "fast-check";
import { expect, test } from "vitest";
import { annotationsFor } from "../../src/report/annotations.ts";
import { linksFor } from "../../src/report/links.ts";
import { withinLimits } from "../../src/report/within-limits.ts";
import { SAMPLE_NOW, sampleReport } from "../support/sample-report.ts";
import { expectGolden } from "./expect-golden.ts";
import { hostileReport } from "./hostile-report.ts";

const telling = { now: SAMPLE_NOW, links: linksFor(sampleReport()) };

test("golden: the sample", () => {
  const { annotations } = withinLimits(annotationsFor(sampleReport(), telling));
  const text = annotations.map(({ level, title, message, path, line }) =>
    [`${level} ${path ?? "-"}:${line ?? "-"}`, title, message].join("\n"),
  );
  expectGolden("annotations.txt", `${text.join("\n\n")}\n`);
});

test("ten of each level are given, the worst, and the others counted", () => {
  const report = sampleReport();
  const [ingress] = report.ingresses.filter(({ divergences }) => divergences.length > 0);
  const [divergence] = ingress?.divergences ?? [];
  if (ingress === undefined || divergence === undefined) throw new Error("the sample has a divergence");
  const many = (severity: "critical" | "high" | "medium", count: number) =>
    Array.from({ length: count }, () => ({ ...divergence, severity }));
  const divergences = [...many("medium", 12), ...many("high", 8), ...many("critical", 8)];
  const crowded = { ...report, ingresses: [{ ...ingress, divergences }], problems: [] };

  const all = annotationsFor(crowded, telling);
  const { annotations, left } = withinLimits(all);
  const titles = Object.groupBy(annotations, ({ title }) => title.split(",")[0] ?? "");
  const counts = Object.entries(titles).map(([severity, found]) => [severity, found?.length]);
  expect(counts).toEqual([
    ["critical", 8],
    ["high", 2],
    ["medium", 10],
  ]);
  expect(left).toBe(8);
  expect(withinLimits(all, 9).left).toBe(9);
});

test("the worst come first, whatever Ingress they are of", () => {
  const severities = annotationsFor(sampleReport(), telling).map(({ title }) => title.split(",")[0]);
  expect(severities.slice(0, 4)).toEqual(["critical", "high", "high", "medium"]);
});

test("arbitrary text adds no line and hides nothing", () => {
  const expected = annotationsFor(sampleReport(), telling);
  fc.assert(
    fc.property(hostileReport, (report) => {
      const annotations = annotationsFor(report, telling);
      expect(annotations).toHaveLength(expected.length);
      for (const { title, message } of annotations) {
        expect(title).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        expect(message).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u);
        expect(message.split("\n").length).toBeLessThanOrEqual(15);
      }
    }),
  );
});
