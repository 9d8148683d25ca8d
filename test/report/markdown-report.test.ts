import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { markdownReport } from "../../src/report/markdown-report.ts";
import { inSyncReport, leftOutReport, SAMPLE_NOW, sampleReport } from "../support/sample-report.ts";
import { expectGolden } from "./expect-golden.ts";
import { hostileReport } from "./hostile-report.ts";
import { activeMarkdown } from "./markdown-scan.ts";

const options = { now: SAMPLE_NOW, showIgnored: false };

test("golden: the sample", () => {
  expectGolden("sample-markdown.txt", markdownReport(sampleReport(), options));
});

test("golden: in sync", () => {
  expectGolden("in-sync-markdown.txt", markdownReport(inSyncReport(), options));
});

test("golden: what is left out, and nothing of it called in sync", () => {
  expectGolden("left-out-markdown.txt", markdownReport(leftOutReport(), options));
  expectGolden(
    "left-out-shown-markdown.txt",
    markdownReport(leftOutReport(), { ...options, showIgnored: true }),
  );
});

test("Ingresses that are declared outside the paths given are told of", () => {
  const { summary, ...report } = inSyncReport();
  expect(markdownReport({ ...report, summary: { ...summary, elsewhere: 3 } }, options)).toContain(
    "3 live Ingresses are declared elsewhere in the repository and were not audited.",
  );
});

test("one Ingress is spoken of as one", () => {
  const { ingresses, ...report } = sampleReport();
  const titleOf = (kept: AuditReport["ingresses"]) =>
    markdownReport({ ...report, ingresses: kept, problems: [] }, options).split("\n")[0];
  const [differing] = ingresses.filter(({ name }) => name === "debug");
  const inSync = inSyncReport().ingresses.slice(0, 1);
  expect(titleOf(differing === undefined ? [] : [differing])).toBe("## 1 of 1 Ingress differs: 🟡 1 medium");
  expect(titleOf([...(differing === undefined ? [] : [differing]), ...inSync])).toMatch(
    /^## 1 of 2 Ingresses differs:/,
  );
});

test("only an error keeps the rest from being called in sync", () => {
  const [error, warning] = sampleReport().problems;
  const titleWith = (problems: AuditReport["problems"]) =>
    markdownReport({ ...inSyncReport(), problems }, options).split("\n")[0];
  expect(titleWith(error === undefined ? [] : [error])).toBe(
    "## ⚠️ Not everything could be audited; the rest is in sync",
  );
  expect(titleWith(warning === undefined ? [] : [warning])).toBe("## ✅ In sync: all 3 Ingresses match Git");
});

describe("links", () => {
  const linkTargets = (markdown: string) => [...markdown.matchAll(/\]\(([^)]*)\)/g)].map((match) => match[1]);

  test("lead to the repository that the report names", () => {
    const targets = linkTargets(markdownReport(sampleReport(), options));
    expect(targets).toContain("https://github.com/acme/shop/pull/42");
    expect(targets).toContain(
      "https://github.com/acme/shop/blob/3f9c2ab4d5e6f708192a3b4c5d6e7f8091a2b3c4/deploy/web.yaml#L31",
    );
  });

  test("lead to another server on request", () => {
    const targets = linkTargets(
      markdownReport(sampleReport(), { ...options, serverUrl: "https://git.example/" }),
    );
    expect(targets).toContain("https://git.example/acme/shop/pull/42");
  });

  test.each([null, "no-owner", "a/b/c", "evil)](x/y", "a b/c"])(
    "are left out where the repository is %s",
    (repository) => {
      const report = sampleReport();
      const markdown = markdownReport({ ...report, git: { ...report.git, repository } }, options);
      expect(linkTargets(activeMarkdown(markdown))).toEqual([]);
    },
  );
});

test("a report beyond the longest length keeps the worst and says what it leaves out", () => {
  const markdown = markdownReport(sampleReport(), { ...options, maxLength: 9_000 });
  expect(markdown.length).toBeLessThanOrEqual(9_000);
  expect(markdown).toContain("### `shop/web`");
  expect(markdown).not.toContain("### `tools/debug`");
  expect(markdown).toMatch(/_\d+ more differences are left out here/);
});

test("any report with arbitrary text leaves nothing active but our own markup", () => {
  fc.assert(
    fc.property(hostileReport, fc.boolean(), (report, showIgnored) => {
      const markdown = markdownReport(report, { now: SAMPLE_NOW, showIgnored });
      const active = activeMarkdown(markdown)
        .replace(/^<details><summary>Git → live<\/summary>$/gm, "")
        .replace(/^<\/details>$/gm, "")
        .replace(/\]\(https:\/\/github\.com\/[\w./%#~-]*\)/g, "]()");
      expect(active).not.toMatch(/</);
      expect(active).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|!\[/i);
      expect(markdown).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});

test("arbitrary text adds no heading, no cell and no row", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const active = activeMarkdown(markdownReport(report, options));
      const rows = active.split("\n").filter((line) => line.startsWith("|"));
      for (const row of rows) expect(row.split("|")).toHaveLength(7);
      expect(rows).toHaveLength(2 + 7 + 2 + 2);
      expect(active.match(/^#+ /gm)).toHaveLength(1 + 1 + 4 + 7);
    }),
  );
});
