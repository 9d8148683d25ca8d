import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectGolden } from "../../report/expect-golden.ts";
import { DriftStory, type ScheduledRun } from "../../support/drift/drift-story.ts";
import { issuePage } from "../../support/drift/issue-page.ts";
import { asPerson } from "../../support/drift/people.ts";

const ANN = "Ann Lee <ann@example.com>";
const BO = "Bo Chen <bo@example.com>";
const WEB = "deploy/web.yaml";
const SIZE = "nginx.ingress.kubernetes.io/proxy-body-size: 8m";
const REDIRECT = "nginx.ingress.kubernetes.io/ssl-redirect";

const git = [
  {
    commit: "c1",
    author: ANN,
    at: "2026-03-01T09:00:00Z",
    files: { [WEB]: { manifest: "web" }, ".github/CODEOWNERS": "/deploy/ @edge-owner @acme/edge\n" },
  },
  {
    commit: "c2",
    author: BO,
    at: "2026-03-02T09:00:00Z",
    message: "web: send /api to api-v2",
    edit: { [WEB]: [["name: api", "name: api-v2"]] },
  },
  {
    commit: "c3",
    author: ANN,
    at: "2026-03-10T08:00:00Z",
    message: "web: redirect nobody (#12)",
    edit: { [WEB]: [[SIZE, `${SIZE}\n    ${REDIRECT}: "no"`]] },
  },
];

const hand = (id: string, at: string, by: string, ...edit: [string, string][]) => ({
  ...{ id, at, by, verb: "patch" },
  after: { edit },
});
const log = [
  { id: "e1", at: "2026-03-01T09:05:00Z", by: "argocd", verb: "create", after: { declared: WEB, at: "c1" } },
  hand("e2", "2026-03-02T18:00:00Z", "alice", [SIZE, `${SIZE}\n    ${REDIRECT}: "false"`]),
  {
    ...hand("e3", "2026-03-03T20:00:00Z", "argocd", ["name: api", "name: api-v2"]),
    apply: true,
    sent: { declared: WEB, at: "c2" },
  },
  hand("e4", "2026-03-04T15:00:00Z", "mallory", [`${REDIRECT}: "false"`, `${REDIRECT}: "no"`]),
  hand("e5", "2026-03-06T08:00:00Z", "alice", ["name: storefront", "name: storefront-old"]),
  hand("e6", "2026-03-10T07:00:00Z", "bob", ["name: storefront-old", "name: storefront"]),
  hand("e7", "2026-03-12T07:00:00Z", "alice", [`${REDIRECT}: "no"`, `${REDIRECT}: "false"`]),
];

/** What each of ten runs found, and what it did. */
const RUNS: readonly [run: ScheduledRun, rule: string, comments: number][] = [
  [{ at: "2026-03-02T10:00:00Z", live: [{ after: "e1" }] }, "new", 0],
  [{ at: "2026-03-02T16:00:00Z", live: [{ after: "e1" }] }, "same", 0],
  [{ at: "2026-03-03T10:00:00Z", live: [{ after: "e2" }] }, "something-new", 1],
  [{ at: "2026-03-03T16:00:00Z", live: [{ after: "e2" }] }, "same", 1],
  [{ at: "2026-03-04T10:00:00Z", live: [{ after: "e3" }] }, "something-new", 2],
  [{ at: "2026-03-05T10:00:00Z", live: [{ after: "e4" }] }, "something-new", 3],
  [{ at: "2026-03-06T10:00:00Z", live: [{ after: "e5" }] }, "changed-quietly", 5],
  [{ at: "2026-03-09T10:00:00Z", live: [{ after: "e5" }] }, "snooze-ended", 6],
  [{ at: "2026-03-10T10:00:00Z", live: [{ after: "e6" }] }, "resolved", 7],
  [{ at: "2026-03-12T10:00:00Z", live: [{ after: "e7" }] }, "returned", 8],
];

describe("ten scheduled runs", () => {
  let story: DriftStory;
  const done: { rule: string | undefined; comments: number; requests: readonly string[] }[] = [];

  beforeAll(async () => {
    story = await DriftStory.begin({ git, log });
    for (const [index, [run]] of RUNS.entries()) {
      await peopleDo(story, index + 1);
      const before = story.server.requests.length;
      const { issues, failure } = await story.run(run);
      expect(failure).toBeNull();
      done.push({
        rule: issues.find(({ subject }) => subject === "shop/web")?.rule,
        comments: story.server.comments(1).length,
        requests: story.server.requests.slice(before).map(({ operation }) => operation ?? "graphql"),
      });
    }
  });
  afterAll(() => story[Symbol.asyncDispose]());

  test("follow one issue by the rules, and comment on what is new", () => {
    expect(done.map(({ rule, comments }) => [rule, comments])).toEqual(
      RUNS.map(([, rule, comments]) => [rule, comments]),
    );
    expect(story.server.issues()).toHaveLength(1);
  });

  test("write nothing where nothing has changed", () => {
    const unchanged = done.filter(({ rule }) => rule === "same").flatMap(({ requests }) => requests);
    expect(unchanged.filter((operation) => !/graphql|list/.test(operation))).toEqual([]);
    expect(unchanged.length).toBeLessThanOrEqual(2 * 4);
  });

  test("leave people’s title, labels, assignees and text as they are", () => {
    const [issue] = story.server.issues();
    expect(issue?.title).toBe("Who moved /api?");
    expect(issue?.labels.map(({ name }) => name)).toEqual(["ingress-drift", "on-call"]);
    expect(issue?.body).toMatch(/^Seen by the on-call, see the runbook\.\n\n<!-- ingress-audit/);
    expect(issue?.body).toMatch(/<!-- \/ingress-audit:drift-issue -->\n\nNotes: Mallory says sorry\.$/);
  });

  test("read as this page", () => {
    expectGolden("life.md", issuePage(story.server, 1), import.meta.dirname);
  });
});

/** What people do on GitHub's pages before a run. */
async function peopleDo(story: DriftStory, run: number): Promise<void> {
  if (run === 4) {
    const ann = asPerson(story.at("2026-03-03T12:00:00Z").server, "ann-lee");
    const body = story.server.issues()[0]?.body ?? "";
    await ann.change(1, {
      title: "Who moved /api?",
      body: `Seen by the on-call, see the runbook.\n\n${body}\n\nNotes: Mallory says sorry.`,
    });
    await ann.label(1, "on-call");
  }
  if (run === 7) {
    const ann = asPerson(story.at("2026-03-05T12:00:00Z").server, "ann-lee");
    await ann.comment(1, "/ingress-audit snooze until 2026-03-08");
  }
}
