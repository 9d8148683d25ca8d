import { describe, expect, it } from "vitest";
import { enrichCommits } from "../../../src/audit/reporting/enrich-commits.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import { UNCOMMITTED } from "../../../src/model/commit.ts";
import type { CommitDirectory, ForgeCommit } from "../../../src/ports/commit-directory.ts";
import type { AuditReport, ReportedCommit, ReportedDivergence } from "../../../src/report/audit-report.ts";
import { auditReport } from "../../../src/report/audit-report.ts";
import { forgeAt } from "../../adapters/github/support/forge.ts";
import { sampleGitHub, sampleHistory } from "../../github-server/support/sample-github.ts";
import { inSyncReport, sampleReport } from "../../support/sample-report.ts";

const { signal } = new AbortController();
const MERGED = {
  number: 7,
  url: "https://github.com/acme/shop/pull/7",
  mergedBy: "carol",
  approvedBy: ["dave"],
};

function directoryOf(known: Readonly<Record<string, Partial<ForgeCommit>>>) {
  const asked: string[][] = [];
  const directory: CommitDirectory = {
    lookUp: async (shas) => {
      asked.push([...shas]);
      const whole = { logins: new Map(), pullRequest: null, url: "" };
      return new Map(Object.entries(known).map(([sha, commit]) => [sha, { ...whole, ...commit }]));
    },
  };
  return { directory, asked };
}

function commitOf(sha: string, more: Partial<ReportedCommit> = {}): ReportedCommit {
  return {
    sha,
    author: { name: "Alice", email: "Alice@Example.com", login: null },
    coAuthors: [{ name: "Bob", email: "bob@example.com", login: null }],
    authoredAt: "2026-03-01T00:00:00Z",
    committedAt: "2026-03-01T00:00:00Z",
    subject: "change web (#3)",
    ref: null,
    pullRequest: null,
    ...more,
  };
}

/** A report whose first divergence names these commits, and no other names any. */
function reportNaming(
  named: Partial<Pick<ReportedDivergence, "commits" | "conflict" | "matchesCommit">>,
): AuditReport {
  const report = sampleReport();
  const none = { commits: [], conflict: [], matchesCommit: null };
  const ingresses = report.ingresses.map((ingress) => ({
    ...ingress,
    divergences: ingress.divergences.map((divergence) => ({ ...divergence, ...none })),
  }));
  const [first, ...rest] = ingresses;
  const [divergence, ...others] = first?.divergences ?? [];
  if (first === undefined || divergence === undefined) throw new Error("The sample has no divergence");
  return {
    ...report,
    ingresses: [{ ...first, divergences: [{ ...divergence, ...named }, ...others] }, ...rest],
  };
}

function firstDivergence(report: AuditReport): ReportedDivergence | undefined {
  return report.ingresses[0]?.divergences[0];
}

const [A, B, C] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)] as const;

describe("enriching a report's commits", () => {
  it("puts logins by address, whatever its case, and the pull request into each commit that is named", async () => {
    const report = reportNaming({
      commits: [commitOf(A)],
      conflict: [commitOf(B)],
      matchesCommit: commitOf(C),
    });
    const known = { logins: new Map([["alice@example.com", "alice"]]), pullRequest: MERGED };
    const { directory } = directoryOf({ [A]: known, [B]: known, [C]: known });
    const enriched = await enrichCommits(report, directory, signal);
    const found = firstDivergence(enriched);
    for (const commit of [found?.commits[0], found?.conflict[0], found?.matchesCommit]) {
      expect(commit).toMatchObject({
        author: { name: "Alice", email: "Alice@Example.com", login: "alice" },
        coAuthors: [{ email: "bob@example.com", login: null }],
        pullRequest: MERGED,
      });
    }
    expect(auditReport.safeParse(enriched).success).toBe(true);
  });

  it("asks once for each commit, and not for changes that are not committed", async () => {
    const report = reportNaming({
      commits: [commitOf(A), commitOf(UNCOMMITTED)],
      conflict: [commitOf(B), commitOf(A)],
    });
    const { directory, asked } = directoryOf({});
    const enriched = await enrichCommits(report, directory, signal);
    expect(asked).toEqual([[A, B]]);
    expect(enriched).toEqual(report);
  });

  it("asks nothing where no commit is named", async () => {
    const { directory, asked } = directoryOf({});
    expect(await enrichCommits(inSyncReport(), directory, signal)).toEqual(inSyncReport());
    expect(asked).toEqual([]);
  });

  it("keeps the pull request that Git tells where the forge knows none, and what it knew already", async () => {
    const told = { number: 3, url: null, mergedBy: null, approvedBy: [] };
    const author = { name: "Alice", email: "alice@example.com", login: "alice" };
    const report = reportNaming({ commits: [commitOf(A, { pullRequest: told, author })] });
    const { directory } = directoryOf({ [A]: {} });
    const [commit] = firstDivergence(await enrichCommits(report, directory, signal))?.commits ?? [];
    expect(commit).toMatchObject({ pullRequest: told, author });
  });

  it("takes an open pull request for another ref's commit only", async () => {
    const open = { number: 9, url: null, mergedBy: null, approvedBy: ["dave"] };
    const report = reportNaming({ commits: [commitOf(A), commitOf(B, { ref: "feature" })] });
    const known = { pullRequest: open, isOpen: true };
    const { directory } = directoryOf({ [A]: known, [B]: known });
    const { commits } = firstDivergence(await enrichCommits(report, directory, signal)) ?? {};
    expect(commits?.map(({ pullRequest }) => pullRequest)).toEqual([null, open]);
  });

  it("leaves the report as it is, with a warning, where the forge cannot be asked", async () => {
    const report = reportNaming({ commits: [commitOf(A)] });
    const directory: CommitDirectory = {
      lookUp: async () => {
        throw new AuditError({ code: "forge-unreachable", what: "Cannot look up", mend: "Try again." });
      },
    };
    const enriched = await enrichCommits(report, directory, signal);
    expect(enriched.ingresses).toEqual(report.ingresses);
    expect(enriched.problems.slice(report.problems.length)).toEqual([
      {
        path: "forge",
        line: null,
        code: "forge-unreachable",
        message: "Cannot look up; logins and pull requests are left out",
        remedy: "Try again.",
        level: "warning",
        ingress: null,
      },
    ]);
    expect(enriched.summary.problems).toBe(report.summary.problems + 1);
  });

  it("warns once where pull requests are withheld, and still puts logins in", async () => {
    const report = reportNaming({ commits: [commitOf(A), commitOf(B)] });
    const withheld = { what: "No access", mend: "Give access." };
    const known = { logins: new Map([["alice@example.com", "alice"]]), withheld };
    const { directory } = directoryOf({ [A]: known, [B]: known });
    const enriched = await enrichCommits(report, directory, signal);
    expect(firstDivergence(enriched)?.commits.map(({ author }) => author.login)).toEqual(["alice", "alice"]);
    expect(enriched.problems.slice(report.problems.length)).toMatchObject([
      { code: "forge-forbidden", message: "No access", remedy: "Give access.", level: "warning" },
    ]);
  });

  it("ends where the run is aborted", async () => {
    const directory: CommitDirectory = {
      lookUp: async () => {
        throw new DOMException("stop", "AbortError");
      },
    };
    const report = reportNaming({ commits: [commitOf(A)] });
    await expect(enrichCommits(report, directory, signal)).rejects.toThrow("stop");
  });
});

describe("enriching from a real server", () => {
  it("puts in what it knows, and nothing but a warning where it is gone", async () => {
    const history = await sampleHistory();
    using _ = history.repository;
    const server = await sampleGitHub({ gitDir: history.repository.dir });
    const merged = { by: "carol", commit: history.sha.merge };
    await server.addPull({ title: "change web", author: "bob", head: "feature", merged });
    const author = { name: "Bob", email: "7+bob@users.noreply.github.com", login: null };
    const report = reportNaming({ commits: [commitOf(history.sha.second, { author })] });
    const enriched = await enrichCommits(report, (await forgeAt(server)).commits, signal);
    expect(firstDivergence(enriched)?.commits).toMatchObject([
      { author: { login: "bob" }, pullRequest: { number: 1, mergedBy: "carol" } },
    ]);
    expect(enriched.problems).toEqual(report.problems);
    const { commits } = await forgeAt(server);
    await server.stop();
    const alone = await enrichCommits(report, commits, signal);
    expect(alone.ingresses).toEqual(report.ingresses);
    expect(alone.problems.at(-1)).toMatchObject({ code: "forge-unreachable", level: "warning" });
  });
});
