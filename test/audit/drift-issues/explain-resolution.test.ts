import { describe, expect, test } from "vitest";
import type { FieldTrace } from "../../../src/audit/attributed/trace-fields.ts";
import { explainResolution } from "../../../src/audit/drift-issues/explain-resolution.ts";
import { newlyTracked } from "../../../src/audit/drift-issues/track-divergence.ts";
import type { CommitDetails } from "../../../src/model/commit.ts";
import { describeCause } from "../../../src/report/drift-issue/describe-cause.ts";
import { linksFor } from "../../../src/report/links.ts";
import { plainText } from "../../../src/report/phrase.ts";
import { valueHash } from "../../../src/report/value-hash.ts";
import {
  ALICE,
  BO_COMMIT,
  type DivergenceInput,
  divergence,
  driftReport,
  PENDING,
} from "../../support/drift/drift-report.ts";

const AT = "2026-03-04T10:00:00Z";
const { ref: _, ...BO } = BO_COMMIT;
const ANN: CommitDetails = {
  ...BO,
  sha: "a110000000000000000000000000000000000002",
  author: { name: "Ann Lee", email: "ann@example.com", login: "ann-lee" },
  subject: "web: take the hotfix over (#123)",
  pullRequest: { number: 123, url: null, mergedBy: null, approvedBy: [] },
};
const UNKNOWN = { kind: "unknown", why: "no audit log was given" } as const;
const BY_ALICE = { kind: "known", actor: ALICE } as const;
const BY_PROGRAM = {
  kind: "known",
  actor: { ...ALICE, user: null, userAgent: null, sourceIP: null, auditID: null, operation: "Update" },
} as const;
const BY_DEPLOYER = { kind: "known", actor: { ...ALICE, user: "argocd", source: "gitops" } } as const;

type Agreement = Extract<FieldTrace, { kind: "agrees" }>;

function agrees(value: string | undefined, more: Partial<Agreement> = {}): Agreement {
  const nothing = { isGone: false, commits: [], doubt: null, named: [], writer: UNKNOWN };
  return { kind: "agrees", value: valueHash(value), ...nothing, ...more };
}

const HOTFIX: DivergenceInput = { desired: "api", live: "api-hotfix" };
const MISSING: DivergenceInput = { field: "", change: "removed", desired: { spec: {} }, live: null };
const EXTRA: DivergenceInput = { field: "", change: "added", desired: null, live: { spec: {} } };

/** What was followed, what Git and the cluster show now, and the cause in words. */
const CAUSES: readonly [that: string, before: DivergenceInput, trace: FieldTrace, cause: string | RegExp][] =
  [
    [
      "a pending commit that arrives",
      PENDING,
      agrees("api-v2", { named: [BO], writer: BY_DEPLOYER }),
      /^commit b0b0000 “web: send \/api to api-v2” by Bo Chen <bo@example.com> \(bochen\) reached the cluster, written by argocd \(a deployer\) at 2026-03-04 09:12:11 UTC$/,
    ],
    [
      "a pending commit that arrives by a hand that nothing shows",
      PENDING,
      agrees("api-v2", { named: [BO] }),
      /^commit b0b0000 .* reached the cluster$/,
    ],
    [
      "a pending commit that is taken back",
      PENDING,
      agrees("api", { commits: [ANN] }),
      /^Git went back to the cluster’s value in commit a110000 .* in pull request #123 by Ann Lee/,
    ],
    [
      "a newer commit that arrives",
      PENDING,
      agrees("api-v3", { commits: [ANN, BO], writer: BY_DEPLOYER }),
      /^commit a110000 .* by Ann Lee .* \(and 1 earlier commit\) reached the cluster, written by argocd/,
    ],
    [
      "a hotfix that is reverted",
      HOTFIX,
      agrees("api", { writer: BY_ALICE }),
      "alice@example.com (kubectl/v1.36.3) reverted it to Git’s value at 2026-03-04 09:12:11 UTC",
    ],
    [
      "a hotfix that a program reverts",
      HOTFIX,
      agrees("api", { writer: BY_PROGRAM }),
      "someone using kubectl-edit (a program’s name; who ran it is not known) reverted it to Git’s value at 2026-03-04 09:12:11 UTC",
    ],
    [
      "a hotfix that the deployer overwrites",
      HOTFIX,
      agrees("api", { writer: BY_DEPLOYER }),
      "argocd (a deployer) applied Git’s value again at 2026-03-04 09:12:11 UTC",
    ],
    [
      "a hotfix that goes away by nobody knows whom",
      HOTFIX,
      agrees("api"),
      "the cluster went back to Git’s value, and nothing shows who did it: no audit log was given",
    ],
    [
      "a hotfix that Git adopts",
      HOTFIX,
      agrees("api-hotfix", { commits: [ANN] }),
      /^Git adopted the cluster’s value in commit a110000 .* in pull request #123 by Ann Lee/,
    ],
    [
      "a hotfix that Git adopts by a commit that is in doubt",
      HOTFIX,
      agrees("api-hotfix", { commits: [ANN], doubt: "a part of Git’s history could not be read" }),
      "Git adopted the cluster’s value in a commit that is not known: a part of Git’s history could not be read",
    ],
    [
      "both sides that move to a third value",
      HOTFIX,
      agrees("api-v3", { commits: [ANN], writer: BY_DEPLOYER }),
      /^commit a110000 .* reached the cluster, written by argocd/,
    ],
    [
      "both sides that move, by commits in doubt",
      HOTFIX,
      agrees("api-v3", { commits: [ANN], doubt: "a part of Git’s history could not be read" }),
      "it is no longer found, and unknown why: a part of Git’s history could not be read",
    ],
    [
      "an Ingress that goes away on both sides",
      HOTFIX,
      agrees(undefined, { isGone: true, commits: [ANN], writer: BY_ALICE }),
      /^the Ingress was removed from both Git and the cluster; Git removed it in commit a110000 .*; alice@example.com \(.*\) deleted it in the cluster at 2026-03-04 09:12:11 UTC$/,
    ],
    [
      "an Ingress whose manifest follows its deletion",
      MISSING,
      agrees(undefined, { isGone: true, commits: [ANN] }),
      /^the Ingress was removed from both Git and the cluster; Git removed it in commit a110000/,
    ],
    [
      "a missing Ingress that is applied",
      MISSING,
      agrees("true", { writer: BY_DEPLOYER }),
      /^argocd .* applied Git’s value again at /,
    ],
    [
      "an Ingress that Git had removed, pruned",
      { ...EXTRA, ...{ verdict: "pending", commits: [BO_COMMIT], actor: null } },
      agrees(undefined, { isGone: true, named: [BO], writer: BY_DEPLOYER }),
      /^commit b0b0000 .* reached the cluster, written by argocd/,
    ],
    [
      "an Ingress made by hand, deleted",
      EXTRA,
      agrees(undefined, { isGone: true, writer: BY_ALICE }),
      /^the Ingress was removed from both Git and the cluster; alice@example.com \(.*\) deleted it in the cluster at 2026-03-04 09:12:11 UTC$/,
    ],
    [
      "an Ingress made by hand, committed",
      EXTRA,
      agrees("true", { commits: [ANN] }),
      /^Git adopted the cluster’s value in commit a110000/,
    ],
    [
      "an order that the cluster takes over",
      { change: "reordered", desired: ["a", "b"], live: ["b", "a"] },
      agrees("ab", { writer: BY_ALICE }),
      /^alice@example.com .* reverted it to Git’s value at /,
    ],
    [
      "an order that Git takes over",
      { change: "reordered", desired: ["a", "b"], live: ["b", "a"] },
      agrees("ba", { commits: [ANN] }),
      /^Git adopted the cluster’s value in commit a110000/,
    ],
    [
      "what cannot be traced",
      HOTFIX,
      { kind: "unread", why: "its path holds a credential, which was not kept" },
      "it is no longer found, and unknown why: its path holds a credential, which was not kept",
    ],
    [
      "values that have not moved",
      { desired: "same", live: "same" },
      agrees("same"),
      "it is no longer found, and unknown why: by what is remembered of it, neither Git nor the cluster has moved",
    ],
  ];

function wordsOf(
  before: DivergenceInput,
  trace: FieldTrace,
  report = driftReport({ "shop/web": [] }),
): string {
  const tracked = newlyTracked("shop/web", divergence("shop/web", before), AT);
  const cause = explainResolution(tracked, trace, report);
  return plainText(describeCause(cause, { now: null, links: linksFor(report) }));
}

describe("the cause", () => {
  test.each(CAUSES)("of %s", (_, before, trace, cause) => {
    expect(wordsOf(before, trace)).toMatch(
      cause instanceof RegExp ? cause : new RegExp(`^${escaped(cause)}$`),
    );
  });

  test("of what a rule of the configuration leaves out names the rule", () => {
    const { field, id, ...rest } = divergence("shop/web");
    const entries = [{ namespace: "shop", name: "web", field, change: rest.change, desired: 1, live: 2 }];
    const ignored = [{ rule: "hotfixes", reason: "Allowed until May.", count: 1, entries }];
    const report = { ...driftReport({ "shop/web": [] }), ignored };
    expect(wordsOf({}, { kind: "differs" }, report)).toBe(
      "it still differs, and the rule hotfixes of the configuration now leaves it out: Allowed until May.",
    );
  });

  test("of what a controller is known to write names its rule", () => {
    const report = driftReport({ "shop/web": [{ verdict: "controller", rule: "cert-manager-solver" }] });
    expect(wordsOf({}, { kind: "differs" }, report)).toBe(
      "it still differs, and is known for a controller’s work by the rule cert-manager-solver",
    );
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
