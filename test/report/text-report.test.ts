import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditReport, ReportedDivergence } from "../../src/report/audit-report.ts";
import { displayWidth } from "../../src/report/display-width.ts";
import { type TextOptions, textReport } from "../../src/report/text-report.ts";
import { inSyncReport, leftOutReport, SAMPLE_NOW, sampleReport } from "../support/sample-report.ts";
import { expectGolden } from "./expect-golden.ts";
import { hostileReport } from "./hostile-report.ts";

const options: TextOptions = { color: false, width: 100, now: SAMPLE_NOW, showIgnored: false };

describe("golden texts", () => {
  test.each<[string, AuditReport, Partial<TextOptions>]>([
    ["sample.txt", sampleReport(), {}],
    ["sample-show-ignored.txt", sampleReport(), { showIgnored: true }],
    ["sample-narrow.txt", sampleReport(), { width: 60 }],
    ["sample-color.txt", sampleReport(), { color: true }],
    ["in-sync.txt", inSyncReport(), {}],
  ])("%s", (name, report, change) => {
    expectGolden(name, textReport(report, { ...options, ...change }));
  });
});

test("a commit without a subject is told of without one", () => {
  const report = sampleReport();
  const withoutSubject = JSON.parse(JSON.stringify(report).replaceAll(/"subject":"[^"]*"/g, '"subject":""'));

  const text = textReport(withoutSubject, options);

  expect(text).toMatch(/through {3}commit [0-9a-f]{7}(?: |$)/m);
  expect(text).not.toContain("“”");
});

test("an in-sync report is two lines", () => {
  expect(textReport(inSyncReport(), options).trimEnd().split("\n")).toHaveLength(2);
});

describe("what is left out is told, and nothing of it called in sync", () => {
  test("divergences below the least severity", () => {
    expectGolden("left-out.txt", textReport(leftOutReport(), options));
  });

  test("listed on request", () => {
    expectGolden("left-out-shown.txt", textReport(leftOutReport(), { ...options, showIgnored: true }));
  });

  test("what ignore rules take out alone is no reason to worry", () => {
    const report = leftOutReport();
    const text = textReport(
      {
        ...report,
        summary: { ...report.summary, inSync: 2, diverged: 0, belowMinSeverity: 0 },
        belowMinSeverity: { minSeverity: "low", count: 0, entries: [] },
      },
      options,
    );
    expect(text).toContain(
      "✔ Nothing to report: 2 of 3 Ingresses in prod-eu match acme/shop main @ 3f9c2ab, 1 differs only in",
    );
    expect(text).toContain("1 ignored by rule (--show-ignored shows them)");
  });

  test("beside what is shown", () => {
    const report = sampleReport();
    const text = textReport(
      {
        ...report,
        summary: { ...report.summary, inSync: 0, belowMinSeverity: 1 },
        belowMinSeverity: { minSeverity: "medium", count: 1 },
      },
      options,
    );
    expect(text).toContain("4 of 5 differ, 0 in sync, 1 only in what is left out");
    expect(text).toContain("1 less severe than medium, 1 write by controllers, 2 ignored by rule");
  });

  test("Ingresses that are declared outside the paths given", () => {
    const { summary, ...report } = inSyncReport();
    const one = textReport({ ...report, summary: { ...summary, elsewhere: 1 } }, options);
    const shown = textReport(
      { ...sampleReport(), summary: { ...sampleReport().summary, elsewhere: 3 } },
      options,
    );
    expect(one).toContain("1 live Ingress is declared elsewhere in the repository and was not audited");
    expect(shown).toMatch(/elsewhere +3 live Ingresses are declared elsewhere in the repository/);
  });
});

test("no Ingress at all is not praised as in sync", () => {
  const text = textReport({ ...inSyncReport(), ingresses: [] }, options);
  expect(text).toContain("Nothing to compare");
  expect(text).not.toContain("In sync");
});

test("a problem keeps a report from being called in sync", () => {
  const text = textReport({ ...inSyncReport(), problems: sampleReport().problems }, options);
  expect(text).not.toContain("In sync");
  expect(text).toContain("deploy/bad.yaml:3");
});

test("a warning does not, and is shown below", () => {
  const warnings = sampleReport().problems.filter(({ level }) => level === "warning");
  const text = textReport({ ...inSyncReport(), problems: warnings }, options);
  expect(text).toMatch(/^✔ In sync: all 3 Ingresses/);
  expect(text).toContain("deploy/chart/templates/ingress.yaml");
  const nothing = textReport({ ...inSyncReport(), ingresses: [], problems: warnings }, options);
  expect(nothing).toMatch(/^○ Nothing to compare/);
});

test("the worst Ingress comes first, then by name; the worst divergence first in each", () => {
  const titles = [...textReport(sampleReport(), options).matchAll(/^── (\S+\/\S+)/gm)].map(
    (match) => match[1],
  );
  expect(titles).toEqual(["shop/web", "shop/cart", "shop/admin", "tools/debug"]);
  const severities = [...textReport(sampleReport(), options).matchAll(/^ {2}(CRITICAL|HIGH|MEDIUM|LOW)/gm)];
  expect(severities.map((match) => match[1])).toEqual([
    ...["CRITICAL", "HIGH", "MEDIUM"],
    ...["HIGH", "LOW"],
    "MEDIUM",
    "MEDIUM",
  ]);
});

test("a controller's writes are shown on request only, and counted always", () => {
  expect(textReport(sampleReport(), options)).not.toContain("http01-edit-in-place");
  expect(textReport(sampleReport(), options)).toContain("1 write by controllers");
  expect(textReport(sampleReport(), { ...options, showIgnored: true })).toContain("http01-edit-in-place");
});

test("a fieldManager is never shown as a person", () => {
  expect(textReport(sampleReport(), options)).toContain(
    "someone using kubectl-patch (a program’s name; who ran it is not known)",
  );
});

const withValues = (
  desired: ReportedDivergence["desired"],
  live: ReportedDivergence["live"],
): AuditReport => {
  const report = sampleReport();
  const [web] = report.ingresses;
  const [divergence] = web?.divergences ?? [];
  if (web === undefined || divergence === undefined) throw new Error("The sample has no divergence");
  return { ...report, ingresses: [{ ...web, divergences: [{ ...divergence, desired, live }] }] };
};

test("a number and the text of the same digits read differently", () => {
  const text = textReport(withValues(8080, "8080"), options);
  expect(text).toContain("- 8080");
  expect(text).toContain('+ "8080"');
});

test("values that differ in a final line break only are written out", () => {
  const text = textReport(withValues("a\nb", "a\nb\n"), options);
  expect(text).toContain('- "a\\nb"');
  expect(text).toContain('+ "a\\nb\\n"');
});

test("spaces at a line's end can be seen", () => {
  expect(textReport(withValues("a\nb", "a \nb"), options)).toContain("+ a·");
});

test("a diff beyond its budget says how much is left out", () => {
  const live = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
  expect(textReport(withValues(null, live), options)).toContain("… 87 more lines");
});

describe("any report with arbitrary text", () => {
  const anyOptions = fc.record({
    color: fc.constant(false),
    width: fc.integer({ min: 60, max: 140 }),
    now: fc.constant(SAMPLE_NOW),
    showIgnored: fc.boolean(),
  });

  test("holds no control character but line breaks", () => {
    fc.assert(
      fc.property(hostileReport, anyOptions, (report, chosen) => {
        expect(textReport(report, chosen)).not.toMatch(
          /[^\P{Cc}\n]|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u,
        );
      }),
    );
  });

  test("in colour, holds our own colour codes and no other", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = textReport(report, { ...options, color: true, showIgnored: true });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what is looked for.
        const withoutColors = text.replace(/\x1b\[(?:0|1|2|3[1-6]|1;3[1-6]|1;97;41)m/g, "");
        expect(withoutColors).toBe(textReport(report, { ...options, showIgnored: true }));
      }),
    );
  });

  test("keeps to the width", () => {
    fc.assert(
      fc.property(hostileReport, anyOptions, (report, chosen) => {
        for (const line of textReport(report, chosen).split("\n")) {
          expect(displayWidth(line)).toBeLessThanOrEqual(chosen.width);
        }
      }),
    );
  });
});
