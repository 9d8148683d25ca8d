import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditReport } from "../../../src/report/audit-report.ts";
import { deploymentMarkdown } from "../../../src/report/deployment/deployment-markdown.ts";
import type { DeploymentReport } from "../../../src/report/deployment/deployment-report.ts";
import { describeDuration, describeEnding } from "../../../src/report/deployment/describe-deployment.ts";
import { linksFor } from "../../../src/report/links.ts";
import { plainText } from "../../../src/report/phrase.ts";
import { worstFirst } from "../../../src/report/worst-first.ts";
import { SAMPLE_NOW, sampleReport } from "../../support/sample-report.ts";
import { expectGolden } from "../expect-golden.ts";
import { hostileReport } from "../hostile-report.ts";
import { activeMarkdown } from "../markdown-scan.ts";

test("golden: a deployment that the cluster does not agree with", () => {
  expectGolden("deployment-disagreed.txt", rendered(disagreed(sampleReport())));
});

test("golden: one that it agrees with", () => {
  const agreed = { ...disagreed(sampleReport()), ending: "agreed", concerning: [] } as const;
  expectGolden("deployment-agreed.txt", rendered(agreed));
});

test("golden: one of which nothing is known any more", () => {
  const error = new Error("https://prod-eu cannot be reached (ECONNREFUSED). Check the network.");
  expectGolden("deployment-unread.txt", rendered({ ...disagreed(sampleReport()), ending: "unread", error }));
});

test("arbitrary text leaves nothing active but our own markup", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const active = activeMarkdown(rendered(disagreed(report))).replace(
        /\]\(https:\/\/github\.com\/[\w./%#~-]*\)/g,
        "]()",
      );
      expect(active).not.toMatch(/</);
      expect(active).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|!\[/i);
      expect(active.match(/^#+ /gm)).toHaveLength(3);
    }),
  );
});

describe("the ending in one sentence", () => {
  const sentence = (change: Partial<DeploymentReport>) =>
    plainText(describeEnding({ ...disagreed(sampleReport()), ...change } as DeploymentReport));

  test.each([
    [
      {},
      "prod-eu does not agree with 3f9c2ab after 5 minutes: 1 difference is pending, 2 were written by something else, 4 are outside this deployment",
    ],
    [{ ending: "agreed" }, "prod-eu agrees with 3f9c2ab after 5 minutes"],
    [{ ending: "agreed", waitedMs: 400 }, "prod-eu agrees with 3f9c2ab after 0 seconds"],
    [
      { ending: "unread", report: null },
      "It is not known whether the cluster agrees with 3f9c2ab: after 5 minutes the cluster cannot be read",
    ],
  ] as const)("%o", (change, expected) => {
    expect(sentence(change as Partial<DeploymentReport>)).toBe(expected);
  });
});

test.each([
  [1000, "1 second"],
  [61_000, "1 minute 1 second"],
  [90_400, "1 minute 30 seconds"],
  [600_000, "10 minutes"],
])("%i ms are %s", (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});

/** The report's first three divergences concern the deployment, the others do not. */
function disagreed(report: AuditReport): DeploymentReport & { readonly ending: "disagreed" } {
  const all = worstFirst(report, { showIgnored: false }).flatMap(({ ingress, divergences }) =>
    divergences.map((divergence) => ({ ingress, divergence })),
  );
  return {
    ending: "disagreed",
    report,
    commit: report.git.commit,
    previous: "1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d0e",
    waitedMs: 300_000,
    readings: 14,
    concerning: all.slice(0, 3),
    beside: all.slice(3),
  };
}

function rendered(deployment: DeploymentReport): string {
  const links = linksFor(deployment.report ?? sampleReport());
  return deploymentMarkdown(deployment, { now: SAMPLE_NOW, links });
}
