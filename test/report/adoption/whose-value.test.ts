import { describe, expect, test } from "vitest";
import { whoseValue } from "../../../src/report/adoption/whose-value.ts";
import type { ReportedDivergence } from "../../../src/report/audit-report.ts";

const bob = { name: "Bob Roy", email: "bob@example.com", login: null };
const commit = { sha: "1234567890", subject: "move", author: bob, coAuthors: [] };
const alice = {
  user: "alice@example.com",
  impersonatedBy: null,
  fieldManager: "kubectl-edit",
  source: "cli",
  at: "2026-01-01T00:00:00Z",
};

function told(divergence: object): string {
  return whoseValue({
    evidence: "proven",
    commits: [],
    actor: null,
    ...divergence,
  } as unknown as ReportedDivergence);
}

describe("whose the live value is", () => {
  test("an author is never said to have written what is live", () => {
    expect(told({ verdict: "pending", commits: [commit] })).toBe(
      "Git moved on with commit 1234567 “move” by Bob Roy <bob@example.com> (pending, evidence: proven)",
    );
  });

  test.each([
    [
      { verdict: "out-of-band", actor: alice },
      "written in the cluster by alice@example.com at 2026-01-01T00:00:00Z (out-of-band, evidence: proven)",
    ],
    [{ verdict: "out-of-band" }, "who wrote it in the cluster is not known (out-of-band, evidence: proven)"],
    [
      { verdict: "out-of-band", evidence: "indicated", actor: { ...alice, user: null, at: null } },
      "written in the cluster by someone using kubectl-edit (a program’s name; who ran it is not known) (out-of-band, evidence: indicated)",
    ],
    [
      { verdict: "unmerged", commits: [commit] },
      "as in commit 1234567 “move” by Bob Roy <bob@example.com>, not merged (unmerged, evidence: proven)",
    ],
  ])("%#", (divergence, text) => {
    expect(told(divergence)).toBe(text);
  });
});
