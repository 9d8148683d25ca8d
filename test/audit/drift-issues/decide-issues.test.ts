import { describe, expect, test } from "vitest";
import { readCodeOwners } from "../../../src/audit/drift-issues/code-owners.ts";
import {
  DRIFT_ISSUE_DEFAULTS,
  type DriftIssueOptions,
} from "../../../src/audit/drift-issues/drift-issue-options.ts";
import { afterwards, decisionOn, decisions, openedBy, runOver } from "../../support/drift/decisions.ts";
import {
  BO_COMMIT,
  type Differences,
  driftReport,
  PENDING,
  SIZE_FIELD,
} from "../../support/drift/drift-report.ts";

const MONDAY = "2026-03-02T10:00:00Z";
const TUESDAY = "2026-03-03T10:00:00Z";

const withOptions = (options: Partial<DriftIssueOptions>) => ({
  options: { ...DRIFT_ISSUE_DEFAULTS, ...options },
});

describe("a flood", () => {
  const flood: Differences = Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [
      `shop/web-${index}`,
      [{ severity: index === 5 ? ("critical" as const) : ("low" as const) }],
    ]),
  );

  test("opens the worst, and says of the rest that it waits", () => {
    const decided = decisions(runOver(driftReport(flood), withOptions({ maxIssues: 3 })));
    const outcomes = [...decided].map(([subject, { outcome }]) => `${subject} ${outcome}`);
    expect(outcomes).toEqual([
      "shop/web-5 opened",
      "shop/web-0 opened",
      "shop/web-1 opened",
      ...["2", "3", "4", "6"].map((name) => `shop/web-${name} beyond-limit`),
    ]);
    expect(decided.get("shop/web-6")?.why).toBe("one run opens 3 issues at most");
  });

  test("is no flood for issues that are there already", () => {
    const known = Object.keys(flood).map((subject) => openedBy(driftReport(flood, MONDAY), {}, subject));
    const decided = decisions(runOver(driftReport(flood, TUESDAY), withOptions({ maxIssues: 3 })), known);
    expect([...decided.values()].map(({ outcome }) => outcome)).toEqual(Array(7).fill("unchanged"));
  });
});

describe("one issue for the cluster", () => {
  const PER_CLUSTER = withOptions({ issuePer: "cluster" });
  const both: Differences = { "shop/web": [{}], "shop/cart": [{ severity: "low" }] };
  const opened = () => {
    const { write } = decisionOn(runOver(driftReport(both, MONDAY), PER_CLUSTER), null, "*");
    const known = openedBy(driftReport({ "shop/web": [{}] }, MONDAY));
    if (write === null) throw new Error("Nothing was opened");
    return { ...known, state: write.state };
  };

  test("follows all its Ingresses, the worst first", () => {
    expect(opened().state.divergences.map(({ ingress }) => ingress)).toEqual(["shop/web", "shop/cart"]);
  });

  test("tells of one Ingress that is resolved, and stays open for the other", () => {
    const report = driftReport({ "shop/web": [{}], "shop/cart": [] }, TUESDAY);
    const decision = decisionOn(runOver(report, PER_CLUSTER), opened(), "*");
    expect(decision).toMatchObject({ rule: "something-new", write: { to: "stay" } });
    expect(decision.write?.comment?.happenings).toMatchObject([{ kind: "resolved", ingress: "shop/cart" }]);
  });

  test("keeps what the run did not read", () => {
    const report = driftReport({ "shop/web": [{}] }, TUESDAY);
    const scope = { namespaces: ["shop"], isNarrowed: true };
    const decision = decisionOn(runOver(report, { ...PER_CLUSTER, scope }), opened(), "*");
    expect(decision.rule).toBe("same");
  });

  test("is not closed by a run that read a part of it alone", () => {
    const report = driftReport({ "shop/web": [] }, TUESDAY);
    const scope = { namespaces: ["shop"], isNarrowed: true };
    const decision = decisionOn(runOver(report, { ...PER_CLUSTER, scope }), opened(), "*");
    expect(decision).toMatchObject({ rule: "something-new", write: { to: "stay" } });
    expect(decision.write?.state.divergences.map(({ ingress }) => ingress)).toEqual(["shop/cart"]);
  });

  test("takes the place of issues for each Ingress, and the other way round", () => {
    const single = openedBy(driftReport(both, MONDAY));
    const run = runOver(driftReport(both, TUESDAY), PER_CLUSTER);
    const decided = decisions(run, [single]);
    expect(decided.get("*")?.outcome).toBe("opened");
    expect(decided.get("shop/web")).toMatchObject({
      rule: "regrouped",
      outcome: "closed",
      write: { to: "closed-not-planned", comment: { headline: "regrouped" }, state: { status: "resolved" } },
    });
    const back = decisions(runOver(driftReport(both, TUESDAY)), [opened()]);
    expect([...back].map(([subject, { outcome }]) => [subject, outcome])).toEqual([
      ["shop/web", "opened"],
      ["shop/cart", "opened"],
      ["*", "closed"],
    ]);
  });

  test("remembers a thousand divergences as well as fit, and takes none of them for new", () => {
    const many: Differences = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`shop/web-${index}`, [{}]]),
    );
    const { write } = decisionOn(runOver(driftReport(many, MONDAY), PER_CLUSTER), null, "*");
    if (write === null) throw new Error("Nothing was opened");
    const known = { ...opened(), state: write.state };
    const again = decisionOn(runOver(driftReport(many, TUESDAY), PER_CLUSTER), known, "*");
    const more = { ...many, "shop/one-more": [{ severity: "critical" as const }] };
    const grown = decisionOn(runOver(driftReport(more, TUESDAY), PER_CLUSTER), known, "*");
    expect(write.state.more?.count).toBeGreaterThan(900);
    expect(again.outcome).toBe("unchanged");
    expect(grown.write?.comment?.happenings).toMatchObject([{ kind: "appeared", ingress: "shop/one-more" }]);
  });
});

describe("assignees", () => {
  const ownersOf = readCodeOwners("/deploy/ @edge-owner @acme/edge edge@example.com\n");

  test("are the commit’s author for what is pending, and code owners for what is out of band", () => {
    const report = driftReport({ "shop/web": [{}, { ...PENDING, field: SIZE_FIELD, severity: "low" }] });
    const { write } = decisionOn(runOver(report, { ownersOf }), null);
    expect(write?.assign).toEqual(["edge-owner", "bochen"]);
    expect(write?.view.responsible).toMatchObject([
      { kind: "login", name: "edge-owner", why: "code-owner" },
      { kind: "team", name: "acme/edge", why: "code-owner" },
      { kind: "email", name: "edge@example.com", why: "code-owner" },
      { kind: "login", name: "bochen", why: "author", commit: BO_COMMIT.sha },
    ]);
  });

  test("are nobody where the author’s login is not proven", () => {
    const nobody = { ...BO_COMMIT, author: { ...BO_COMMIT.author, login: null } };
    const report = driftReport({ "shop/web": [{ ...PENDING, commits: [nobody] }] });
    expect(decisionOn(runOver(report, { ownersOf }), null).write?.assign).toEqual([]);
  });

  test("stay as they are while the verdict stands", () => {
    const known = openedBy(driftReport({ "shop/web": [{}] }, MONDAY));
    const report = driftReport({ "shop/web": [{}, { field: SIZE_FIELD }] }, TUESDAY);
    expect(decisionOn(runOver(report, { ownersOf }), known).write?.assign).toBeNull();
  });

  test("change with the verdict", () => {
    const known = openedBy(driftReport({ "shop/web": [{}] }, MONDAY));
    const report = driftReport({ "shop/web": [{ ...PENDING, live: "old" }] }, TUESDAY);
    expect(decisionOn(runOver(report, { ownersOf }), known).write?.assign).toEqual(["bochen"]);
  });

  test("are left alone where nobody is to be assigned", () => {
    const run = runOver(driftReport({ "shop/web": [{}] }), { ownersOf, ...withOptions({ assign: false }) });
    expect(decisionOn(run, null).write?.assign).toBeNull();
  });
});

describe("labels", () => {
  const LABELS = withOptions({ labels: ["drift/{severity}", "team-{namespace}", "drift/{verdict}"] });
  const opened = () => {
    const { write } = decisionOn(runOver(driftReport({ "shop/web": [{}] }, MONDAY), LABELS), null);
    if (write === null) throw new Error("Nothing was opened");
    const known = openedBy(driftReport({ "shop/web": [{}] }, MONDAY));
    const labels = ["ingress-drift", ...write.labels.add];
    return { ...known, state: write.state, issue: { ...known.issue, labels } };
  };

  test("are filled with what differs", () => {
    expect(opened().issue.labels).toEqual(["ingress-drift", "drift/high", "team-shop", "drift/out-of-band"]);
  });

  test("change with it", () => {
    const report = driftReport({ "shop/web": [{ severity: "critical" }] }, TUESDAY);
    expect(decisionOn(runOver(report, LABELS), opened()).write?.labels).toEqual({
      add: ["drift/critical"],
      remove: ["drift/high"],
      own: ["drift/critical", "team-shop", "drift/out-of-band"],
    });
  });

  test("that people took off are not put back, and those that people put there stay", () => {
    const known = opened();
    const labels = ["ingress-drift", "drift/critical", "drift/high", "theirs"];
    const edited = { ...known, issue: { ...known.issue, labels } };
    const same = decisionOn(runOver(driftReport({ "shop/web": [{}] }, TUESDAY), LABELS), edited);
    const worse = driftReport({ "shop/web": [{ severity: "critical" }] }, TUESDAY);
    const changed = decisionOn(runOver(worse, LABELS), edited);
    expect(same.outcome).toBe("unchanged");
    expect(changed.write?.labels).toMatchObject({ add: [], remove: ["drift/high"] });
    expect(changed.write?.state.labels).not.toContain("drift/critical");
  });

  test("are none where a placeholder has no value", () => {
    const report = driftReport({ "shop/web": [{}] });
    const run = runOver(report, withOptions({ issuePer: "cluster", labels: ["team-{namespace}", "x"] }));
    expect(decisionOn(run, null, "*").write?.labels.add).toEqual(["x"]);
  });
});

describe("history", () => {
  test("keeps the newest, and counts what it drops", () => {
    let known = openedBy(driftReport({ "shop/web": [{}] }, MONDAY));
    for (let hour = 11; hour < 24; hour++) {
      const report = driftReport({ "shop/web": [{ live: `api-${hour}` }] }, `2026-03-02T${hour}:00:00Z`);
      known = afterwards(known, decisionOn(runOver(report), known));
      const back = driftReport({ "shop/web": [{}] }, `2026-03-02T${hour}:30:00Z`);
      known = afterwards(known, decisionOn(runOver(back), known));
    }
    expect(known.state.history).toHaveLength(20);
    expect(known.state.forgotten).toBe(2 + 26 - 20);
    expect(known.state.serial).toBe(1 + 26);
  });
});

test("a deleted Ingress has not resolved its fields", () => {
  const known = openedBy(driftReport({ "shop/web": [{}, { field: SIZE_FIELD }] }, MONDAY));
  const report = driftReport({ "shop/web": [{ field: "", change: "removed", live: null }] }, TUESDAY);
  const decision = decisionOn(runOver(report), known);
  expect(decision.write?.comment?.happenings).toMatchObject([{ kind: "appeared" }]);
  expect(decision.write?.comment?.happenings).toHaveLength(1);
});

test("a duplicate is closed with a word on which one survives", () => {
  const known = openedBy(driftReport({ "shop/web": [{}] }, MONDAY));
  const duplicate = { issue: { ...known.issue, number: 2 }, state: known.state, of: known.issue };
  const decided = decisions(runOver(driftReport({}, TUESDAY)), [], { duplicates: [duplicate] });
  expect(decided.get("shop/web")).toMatchObject({
    outcome: "merged",
    why: "it is followed in #1",
    write: { to: "closed-duplicate", comment: null, state: { status: "merged", mergedInto: 1 } },
  });
});
