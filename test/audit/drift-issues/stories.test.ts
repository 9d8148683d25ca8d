import { describe, expect, test } from "vitest";
import type { DriftIssuesResult } from "../../../src/audit/drift-issues/run-drift-issues.ts";
import { DriftStory, type ScheduledRun, type World } from "../../support/drift/drift-story.ts";
import { asPerson } from "../../support/drift/people.ts";

const WEB = "deploy/web.yaml";
const BLOG = "deploy/blog.yaml";

const C1 = {
  commit: "c1",
  author: "Ann Lee <ann@example.com>",
  at: "2026-03-01T09:00:00Z",
  files: {
    [WEB]: { manifest: "web" },
    [BLOG]: { manifest: "blog" },
    ".github/CODEOWNERS": "/deploy/ @edge-owner\n",
  },
};
const GIT = [C1];
const WORLD: World = { git: GIT, log: null };

const web = { declared: WEB, at: "c1" };
const blog = { declared: BLOG, at: "c1" };
const hotfix = { ...web, edit: [["name: api", "name: api-hotfix"]] };
const worse = {
  ...web,
  edit: [
    ["name: api", "name: api-hotfix"],
    ["name: cart\n", "name: cart-old\n"],
  ],
};

const day = (number: number, hour = 10) => `2026-03-${String(number).padStart(2, "0")}T${hour}:00:00Z`;
const run = (number: number, live: readonly object[], more: Partial<ScheduledRun> = {}): ScheduledRun => ({
  at: day(number),
  live: [...live, blog],
  ...more,
});

const outcomes = ({ issues }: DriftIssuesResult) =>
  issues.map(
    ({ subject, outcome, number }) => `${subject} ${outcome}${number === null ? "" : ` #${number}`}`,
  );

describe("two runs at once", () => {
  test("end with one open issue, whose number is the lowest", async () => {
    await using story = await DriftStory.begin(WORLD);
    story.server.faults.meet(2, { operation: "issues/create" });
    const results = await Promise.all([story.run(run(2, [hotfix])), story.run(run(2, [hotfix]))]);
    const issues = story.server.issues();
    expect(issues.map(({ number, state, stateReason }) => [number, state, stateReason])).toEqual([
      [1, "open", null],
      [2, "closed", "duplicate"],
    ]);
    expect(issues[1]?.body).toContain("is followed in #1.");
    expect(results.flatMap(outcomes)).toContain("shop/web opened #1");
    expect(results.flatMap(outcomes)).toContain("shop/web merged #2");
    expect(outcomes(await story.run(run(3, [hotfix])))).toEqual(["shop/web unchanged #1"]);
  });

  test("end with one open issue though GitHub’s lists lag", async () => {
    await using story = await DriftStory.begin(WORLD);
    story.server.lag.lists = 150;
    story.server.faults.meet(2, { operation: "issues/create" });
    await Promise.all([story.run(run(2, [hotfix])), story.run(run(2, [hotfix]))]);
    const open = story.server.issues().filter(({ state }) => state === "open");
    expect(open.map(({ number }) => number)).toEqual([1]);
  });

  test("comment once", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    story.server.faults.meet(2, { operation: "issues/create-comment" });
    await Promise.all([story.run(run(3, [worse])), story.run(run(3, [worse]))]);
    expect(story.server.comments(1)).toHaveLength(1);
    expect(outcomes(await story.run(run(4, [worse])))).toEqual(["shop/web unchanged #1"]);
  });

  test("let the newer reading of the cluster stand", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(3, [hotfix]));
    const late = await story.run(run(2, [web]));
    expect(late.issues).toMatchObject([{ outcome: "left", rule: "older-reading" }]);
    expect(story.server.issues()[0]?.state).toBe("open");
  });
});

describe("a run that is cut off", () => {
  test("after its comment is finished by the next one, without a second comment", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    story.server.faults.fail(422, { operation: "issues/update" });
    const cut = await story.run(run(3, [web]));
    expect(cut.issues).toMatchObject([{ subject: "shop/web", outcome: "failed" }]);
    expect(cut.failure).not.toBeNull();
    expect(story.server.issues()[0]?.state).toBe("open");
    const next = await story.run(run(4, [web]));
    expect(outcomes(next)).toEqual(["shop/web closed #1"]);
    expect(story.server.comments(1)).toHaveLength(1);
  });

  test("before it could say that it opened an issue leaves just that issue", async () => {
    await using story = await DriftStory.begin(WORLD);
    story.server.faults.add({ operation: "issues/create" }, { drop: "after" });
    await story.run(run(2, [hotfix]));
    await story.run(run(3, [hotfix]));
    expect(story.server.issues()).toHaveLength(1);
  });

  test("by one issue that cannot be written still writes the others", async () => {
    await using story = await DriftStory.begin(WORLD);
    const byHand = { metadata: { annotations: { "example.com/by-hand": "yes" } } };
    const both = [hotfix, { ...blog, patch: byHand }];
    story.server.faults.fail(422, { operation: "issues/create" });
    const result = await story.run({ at: day(2), live: both });
    expect(result.issues.map(({ outcome }) => outcome).sort()).toEqual(["failed", "opened"]);
    const next = await story.run({ at: day(3), live: both });
    expect(next.issues.map(({ outcome }) => outcome).sort()).toEqual(["opened", "unchanged"]);
  });
});

describe("what could not be read", () => {
  const BROKEN = {
    commit: "c2",
    author: "Ann Lee <ann@example.com>",
    at: "2026-03-02T12:00:00Z",
    files: {
      "deploy/bad.yaml": "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: x\n",
    },
  };

  test("never closes an issue", async () => {
    await using story = await DriftStory.begin({ git: [...GIT, BROKEN], log: null });
    await story.run(run(2, [hotfix]));
    const result = await story.run(run(3, [web]));
    expect(result.issues).toMatchObject([{ outcome: "left", why: "a part of the input could not be read" }]);
    expect(story.server.issues()[0]?.state).toBe("open");
  });

  test("outside its namespaces or paths closes nothing", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    const elsewhere = await story.run(run(3, [], { namespaces: ["blog"] }));
    const narrow = await story.run(run(4, [hotfix], { paths: [BLOG] }));
    expect(outcomes(elsewhere)).toEqual(["shop/web left #1"]);
    expect(outcomes(narrow)).toEqual(["shop/web left #1"]);
    expect(story.server.issues()[0]?.state).toBe("open");
  });

  test("of another cluster or configuration is somebody else’s", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    const other = await story.run(run(3, [web], { commentKey: "other" }));
    expect(other.issues).toEqual([]);
    expect(story.server.issues()[0]?.state).toBe("open");
  });
});

describe("detections", () => {
  const TWICE = { options: { detections: 3 } };

  test("are counted in one closed issue until there are enough in a row", async () => {
    await using story = await DriftStory.begin(WORLD);
    const first = await story.run(run(2, [hotfix], TWICE));
    const again = await story.run(run(2, [hotfix], TWICE));
    const second = await story.run(run(3, [hotfix], TWICE));
    const [notebook] = story.server.issues();
    expect([first, again, second].map(outcomes)).toEqual(Array(3).fill(["shop/web waiting"]));
    expect(notebook).toMatchObject({ state: "closed", title: "ingress-audit: detections in prod" });
    expect(notebook?.body).toContain("| 2 of 3 |");
    const third = await story.run(run(4, [hotfix], TWICE));
    expect(outcomes(third)).toEqual(["shop/web opened #2"]);
    expect(story.server.issues()[0]?.body).toContain("_Nothing is waiting._");
  });

  test("begin anew after an audit that did not find it", async () => {
    await using story = await DriftStory.begin(WORLD);
    for (const live of [hotfix, hotfix, web, hotfix, hotfix]) {
      const number = 2 + story.server.count("issues/list-for-repo");
      expect((await story.run(run(number, [live], TWICE))).issues.every((each) => each.number === null)).toBe(
        true,
      );
    }
    expect(story.server.issues()).toHaveLength(1);
  });

  test("have one notebook though two runs begin at once", async () => {
    await using story = await DriftStory.begin(WORLD);
    story.server.faults.meet(2, { operation: "issues/create" });
    await Promise.all([story.run(run(2, [hotfix], TWICE)), story.run(run(2, [hotfix], TWICE))]);
    const issues = story.server.issues();
    expect(issues.map(({ state, stateReason }) => [state, stateReason])).toEqual([
      ["closed", "not_planned"],
      ["closed", expect.stringMatching(/duplicate|not_planned/)],
    ]);
    expect(issues[1]?.body).toBe("Duplicate of #1.");
    expect(outcomes(await story.run(run(3, [hotfix], TWICE)))).toEqual(["shop/web waiting"]);
    expect(issues[0]?.body).toContain("| 2 of 3 |");
  });

  test("need no notebook where once is enough, or nothing differs", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [web], TWICE));
    expect(story.server.issues()).toEqual([]);
  });
});

describe("people", () => {
  test("accept a difference by closing the issue as not planned, until it changes", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    await asPerson(story.at(day(2, 12)).server, "ann-lee").close(1, "not_planned");
    const accepted = await story.run(run(3, [hotfix]));
    const changed = await story.run(run(4, [worse]));
    expect(accepted.issues).toMatchObject([{ outcome: "left", why: "a person accepted it" }]);
    expect(outcomes(changed)).toEqual(["shop/web reopened #1"]);
    expect(story.server.comments(1).map(({ body }) => body.split("\n")[1])).toEqual([
      "**What had been accepted has changed** in `shop/web`, so this issue is open again:",
    ]);
  });

  test("who close what still differs as completed are told once", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    const ann = asPerson(story.at(day(2, 12)).server, "ann-lee");
    await ann.close(1, "completed");
    const told = await story.run(run(3, [hotfix]));
    story.at(day(3, 12));
    await ann.close(1, "completed");
    const respected = await story.run(run(4, [hotfix]));
    expect(outcomes(told)).toEqual(["shop/web reopened #1"]);
    expect(outcomes(respected)).toEqual(["shop/web left #1"]);
    expect(story.server.comments(1)).toHaveLength(1);
  });

  test("who may not write are answered once, politely, and command nothing", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    const stranger = asPerson(story.at(day(2, 12)).server, "stranger");
    await stranger.comment(1, "/ingress-audit accept");
    await story.run(run(3, [hotfix]));
    await stranger.comment(1, "/ingress-audit accept");
    await story.run(run(4, [hotfix]));
    const answers = story.server.comments(1).filter(({ user }) => user.login === "github-actions[bot]");
    expect(answers.map(({ body }) => body.split("\n")[1])).toEqual([
      "Thank you, but commands are taken only from people who may manage this repository’s issues.",
    ]);
    expect(story.server.issues()[0]?.state).toBe("open");
  });

  test("snooze by a label", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    const ann = asPerson(story.at(day(2, 12)).server, "ann-lee");
    await ann.label(1, "snooze-until-2026-03-04");
    await story.run(run(3, [worse]));
    const [issue] = story.server.issues();
    expect(issue?.body).toContain("😴 Snoozed by a label until the end of 2026-03-04 (UTC)");
    expect(story.server.comments(1)).toEqual([]);
    await story.run(run(5, [worse]));
    await story.run(run(6, [worse]));
    expect(story.server.comments(1).map(({ body }) => body.split("\n")[1])).toEqual([
      "**The snooze has ended,** and `shop/web` still differs.",
    ]);
    expect(issue?.labels.map(({ name }) => name)).toEqual(["ingress-drift", "snooze-until-2026-03-04"]);
  });

  test("snooze a closed issue, which is answered, and stays closed until the day", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    await story.run(run(3, [web]));
    const [issue] = story.server.issues();
    const since = issue?.body?.match(/since [^.]*\./)?.[0];
    await asPerson(story.at(day(3, 12)).server, "ann-lee").comment(
      1,
      "/ingress-audit snooze until 2026-03-06",
    );
    await story.run(run(4, [web]));
    expect(story.server.comments(1).at(-1)?.body).toContain("2026-03-06");
    expect(issue?.body).toContain(since);
    expect(outcomes(await story.run(run(5, [hotfix])))).toEqual(["shop/web left #1"]);
    expect(issue?.state).toBe("closed");
    expect(outcomes(await story.run(run(7, [hotfix])))).toEqual(["shop/web reopened #1"]);
  });

  test("talk in a closed issue is read once, and costs nothing after", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    await story.run(run(3, [web]));
    await asPerson(story.at(day(3, 12)).server, "ann-lee").comment(1, "Thank you!");
    await story.run(run(4, [web]));
    const before = story.server.count("issues/list-comments");
    expect(outcomes(await story.run(run(5, [web])))).toEqual(["shop/web unchanged #1"]);
    expect(story.server.count("issues/list-comments")).toBe(before);
  });

  test("whom CODEOWNERS names by an address is assigned where GitHub ties a commit of it to a login", async () => {
    const owners = "/deploy/ ANN@example.com nobody@example.com\n";
    const files = { ...C1.files, ".github/CODEOWNERS": owners };
    await using story = await DriftStory.begin({ git: [{ ...C1, files }], log: null });
    await story.run(run(2, [hotfix]));
    const [issue] = story.server.issues();
    expect(issue?.assignees.map(({ login }) => login)).toEqual(["ann-lee"]);
    expect(issue?.body).toContain("`nobody@example.com` (code owner)");
    expect(issue?.body).not.toContain("ANN@example.com");
  });

  test("who unassign somebody are not contradicted", async () => {
    await using story = await DriftStory.begin(WORLD);
    await story.run(run(2, [hotfix]));
    await asPerson(story.server, "ann-lee").change(1, { assignees: ["bochen"] });
    await story.run(run(3, [worse]));
    expect(story.server.issues()[0]?.assignees.map(({ login }) => login)).toEqual(["bochen"]);
  });
});

describe("evidence that is lost", () => {
  const log = [
    {
      id: "e1",
      at: "2026-03-01T09:05:00Z",
      by: "argocd",
      verb: "create",
      after: { declared: WEB, at: "c1" },
    },
    {
      ...{ id: "e2", at: "2026-03-02T08:00:00Z", by: "alice", verb: "patch" },
      after: { edit: [["name: api\n", "name: api-hotfix\n"]] },
    },
    {
      ...{ id: "e3", at: "2026-03-03T08:00:00Z", by: "bob", verb: "patch" },
      after: { edit: [["name: cart\n", "name: cart-old\n"]] },
    },
  ];

  test("takes nobody’s name out of an issue while the value is the same", async () => {
    await using story = await DriftStory.begin({ git: GIT, log });
    await story.run(run(2, [{ after: "e2" }]));
    const before = story.server.issues()[0]?.body;
    const blind = await story.run(run(3, [{ after: "e2" }], { withoutLog: true }));
    expect(blind.issues).toMatchObject([{ outcome: "unchanged" }]);
    expect(story.server.issues()[0]?.body).toBe(before);
    await story.run(run(4, [{ after: "e3" }], { withoutLog: true }));
    const body = story.server.issues()[0]?.body ?? "";
    expect(body).toContain(
      '| 🟠&nbsp;high | out-&#8288;of-&#8288;band | `spec.rules[host="shop.example.com"]',
    );
    expect(body).toContain("- **who:** `alice@example.com`");
    expect(body).toContain("proven: audit event `e2` shows the write itself");
    expect(body).not.toContain("bob");
  });
});

test("labels follow the worst difference, and people’s stay", async () => {
  await using story = await DriftStory.begin(WORLD);
  const options = { labels: ["drift/{severity}", "networking"] };
  await story.run(
    run(2, [{ ...web, patch: { metadata: { annotations: { "example.com/a": "1" } } } }], { options }),
  );
  const first = story.server.issues()[0]?.labels.map(({ name }) => name);
  await asPerson(story.server, "ann-lee").unlabel(1, "networking");
  await asPerson(story.server, "ann-lee").label(1, "on-call");
  await story.run(run(3, [hotfix], { options }));
  expect(first).toEqual(["ingress-drift", "drift/low", "networking"]);
  expect(story.server.issues()[0]?.labels.map(({ name }) => name)).toEqual([
    "ingress-drift",
    "on-call",
    "drift/high",
  ]);
});

test("one issue can hold the whole cluster", async () => {
  await using story = await DriftStory.begin(WORLD);
  const options = { issuePer: "cluster" } as const;
  const byHand = { ...blog, patch: { metadata: { annotations: { "example.com/a": "1" } } } };
  await story.run({ at: day(2), live: [hotfix, byHand], options });
  await story.run({ at: day(3), live: [web, byHand], options });
  await story.run({ at: day(4), live: [web, blog], options });
  const [issue, ...others] = story.server.issues();
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ title: "Ingresses differ between Git and prod", state: "closed" });
  expect(story.server.comments(1).map(({ body }) => body.split("\n")[1])).toEqual([
    "**Something changed** in how this cluster differs:",
    "✅ **Resolved:** nothing differs in this cluster any more.",
  ]);
});

test("a thousand divergences take a few dozen requests where nothing has changed", async () => {
  const names = Array.from({ length: 125 }, (_, index) => `web-${index}`);
  const text = (name: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  rules:\n    - host: ${name}.example.com\n      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] }\n`;
  const files = Object.fromEntries(names.map((name) => [`deploy/${name}.yaml`, text(name)]));
  await using story = await DriftStory.begin({ git: [{ ...C1, files }], log: null });
  const marks = { a: "1", b: "2", c: "3", d: "4" };
  const live = names.map((name) => ({
    ...{ declared: `deploy/${name}.yaml`, at: "c1" },
    patch: { metadata: { annotations: marks, labels: marks } },
  }));
  const options = { maxIssues: 2_000 };
  const first = await story.run({ at: day(2), live, options });
  const before = story.server.requests.length;
  const second = await story.run({ at: day(3), live, options });
  const requests = story.server.requests.slice(before);
  expect(story.server.issues()[0]?.body).toContain("in 8 places");
  expect(first.issues.filter(({ outcome }) => outcome === "opened")).toHaveLength(125);
  expect(second.issues.filter(({ outcome }) => outcome === "unchanged")).toHaveLength(125);
  expect(requests.filter(({ method }) => method !== "GET" && method !== "POST")).toEqual([]);
  expect(requests.length).toBeLessThanOrEqual(24);
}, 300_000);
