import fc from "fast-check";
import type { Element, ElementContent, Root } from "hast";
import { describe, expect, test } from "vitest";
import { MAX_COMMENT, pullRequestComment } from "../../../src/report/pull-request/pull-request-comment.ts";
import type { PullRequestReview } from "../../../src/report/pull-request/pull-request-review.ts";
import { htmlIn, renderGitHubTree } from "../../support/markdown/render-github.ts";
import { emptyReview, oddReview, sampleReview } from "../../support/pull-request/sample-review.ts";
import { SAMPLE_NOW } from "../../support/sample-report.ts";
import { expectGolden } from "../expect-golden.ts";
import { hostileReview } from "./hostile-review.ts";

const RUN = "https://github.com/acme/shop/actions/runs/4711";
const options = { now: SAMPLE_NOW, runUrl: RUN, reportUrl: null, mentions: false };
const comment = (review: PullRequestReview) => pullRequestComment(review, options);

function inState(
  state: PullRequestReview["pullRequest"]["state"],
  review: PullRequestReview,
): PullRequestReview {
  return { ...review, pullRequest: { ...review.pullRequest, state } };
}

const applied = () => withEffect("already-live");
const unapplied = () => withEffect("changes");

/** One changed Ingress, and nothing beside it. */
function withEffect(
  effect: "already-live" | "changes",
  overwrites: PullRequestReview["ingresses"][number]["overwrites"] = [],
): PullRequestReview {
  const review = sampleReview();
  const [first] = review.ingresses;
  if (first === undefined) throw new Error("The sample has no Ingress");
  const changes = first.changes.map((change) => ({ ...change, effect, drift: null }));
  const ingress = { ...first, changes, overwrites, drift: [], refusal: null };
  return { ...review, ingresses: [ingress], claims: [], problems: [] };
}

describe("golden", () => {
  test("a comment with everything in it", () => {
    expectGolden("pull-request-comment.txt", `${comment(sampleReview())}\n`);
  });

  test("one line where nothing is left", () => {
    const lines = [
      emptyReview(),
      inState("merged", emptyReview()),
      inState("merged", applied()),
      inState("closed", unapplied()),
    ];
    expectGolden(
      "pull-request-comment-nothing-left.txt",
      lines.map((review) => `${comment(review)}\n`).join(""),
    );
  });

  test("more than a line where the cluster has something else than what was merged, or was not", () => {
    const left = [inState("merged", unapplied()), inState("closed", applied()), applied()];
    expect(left.map((review) => comment(review).split("\n")[0])).toEqual([
      "## 🟠 High risk: merged, and not yet applied to one Ingress in `prod-eu`",
      "## 🟠 High risk: what it changes is live already in `prod-eu`",
      "## 🟠 High risk: what it changes is live already in `prod-eu`",
    ]);
  });

  test("more than a line where a hand has written since what was merged was applied", () => {
    const hotfix = sampleReview().ingresses.flatMap(({ overwrites }) => overwrites);
    const review = inState("merged", withEffect("already-live", hotfix));
    expect(hotfix).not.toEqual([]);
    expect(comment(review).split("\n").length).toBeGreaterThan(1);
  });

  test("with what is out of the ordinary", () => {
    expectGolden("pull-request-comment-odd.txt", `${comment(oddReview())}\n`);
  });

  test("without a cluster", () => {
    expectGolden("pull-request-comment-static.txt", `${comment(withoutCluster(sampleReview()))}\n`);
  });
});

test("why the cluster is not known is a sentence with one full stop", () => {
  const unreadBecause = "Cannot list Ingresses (HTTP 403). Grant the auditor list on ingresses";
  expect(comment({ ...withoutCluster(sampleReview()), unreadBecause })).toContain(
    "Not known: Cannot list Ingresses (HTTP 403). Grant the auditor list on ingresses. This is a comparison",
  );
});

describe("people", () => {
  test("are mentioned and shown only where that is wanted and the forge has proven who they are", () => {
    const mentioned = pullRequestComment(sampleReview(), { ...options, mentions: true });
    expect(mentioned).toContain(
      '<img src="https://github.com/bob.png?size=32" width="16" height="16" alt=""> @bob',
    );
    expect(mentioned).toContain("Carla Díaz");
    expect(mentioned.match(/@\w+/g)?.filter((each) => each !== "@bob" && each !== "@example")).toEqual([]);
    expect(comment(sampleReview())).not.toMatch(/@bob|<img/);
  });

  test.each(["evil)", "a b", "-x", "dependabot[bot]", "x".repeat(60), "@team"])(
    "with a login that is none (%s) are not",
    (login) => {
      const poison = (value: unknown, key = ""): unknown => {
        if (key === "login") return login;
        if (Array.isArray(value)) return value.map((each) => poison(each));
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poison(each, name)]));
      };
      const markdown = pullRequestComment(poison(sampleReview()) as PullRequestReview, {
        ...options,
        mentions: true,
      });
      expect(markdown).not.toContain("<img");
      expect(markdown).not.toContain(`@${login}`);
    },
  );
});

describe("the length", () => {
  const many = (count: number): PullRequestReview => {
    const review = sampleReview();
    const [blog, web] = review.ingresses;
    if (blog === undefined || web === undefined) throw new Error("The sample lacks its Ingresses");
    const copies = Array.from({ length: count }, (_, index) => ({ ...web, name: `web-${index}` }));
    return { ...review, ingresses: [blog, ...copies] };
  };

  test.each([1, 10, 100, 1_000])("of a comment on %i Ingresses stays below GitHub's limit", (count) => {
    const markdown = comment(many(count));
    expect(markdown.length).toBeLessThanOrEqual(MAX_COMMENT);
    expectBalanced(markdown);
  });

  test("leaves out diffs first, overwritten values last, and says what and where the rest is", () => {
    const markdown = comment(many(40));
    expect(markdown).toMatch(
      /_Left out here, because a comment holds no more: .*\d+ × diff.*; \[the full report\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/4711\) has all\._/,
    );
    expect(markdown.match(/Reverts `alice@example\.com`’s hotfix/g)).toHaveLength(40);
    expect(markdown).not.toContain("```diff");
  });

  test.each([3_000, 6_000, 9_000, 12_000])("is what is asked for (%i)", (maxLength) => {
    const markdown = pullRequestComment(sampleReview(), { ...options, maxLength });
    expect(markdown.length).toBeLessThanOrEqual(maxLength);
    expectBalanced(markdown);
  });
});

describe("hostile text", () => {
  test("links to nothing, mentions nobody, and adds no HTML, heading, row or image", () => {
    const shape = shapeOf(renderGitHubTree(comment(sampleReview())));
    fc.assert(
      fc.property(hostileReview, fc.boolean(), (review, mentions) => {
        const markdown = pullRequestComment(review, { ...options, mentions });
        const tree = renderGitHubTree(markdown);
        const mentioned = new Set(mentions ? profilesIn(review) : []);
        expect(markdown.length).toBeLessThanOrEqual(MAX_COMMENT);
        expect(markdown).not.toMatch(/[^\P{Cc}\n]/u);
        for (const html of htmlIn(markdown)) expect(html).toMatch(OWN_HTML);
        for (const href of elements(tree, "a").map(({ properties }) => String(properties.href))) {
          if (!mentioned.has(href)) expect(href).toMatch(OWN_LINK);
        }
        for (const { properties } of elements(tree, "img")) {
          expect(String(properties.src)).toMatch(/^https:\/\/github\.com\/[\w-]+\.png\?size=32$/);
        }
        if (!mentions) expect(elements(tree, "img")).toEqual([]);
        expect(shapeOf(tree)).toEqual(shape);
      }),
      { numRuns: 25 },
    );
  }, 180_000);

  test("leaves the one line a line", () => {
    fc.assert(
      fc.property(hostileReview, (review) => {
        const line = comment({ ...review, ingresses: [], claims: [], problems: [] });
        expect(line).not.toContain("\n");
        expect(elements(renderGitHubTree(line), "p")).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});

/** The repository's own pages: what only a sha or a path was linked to. */
const OWN_LINK =
  /^https:\/\/github\.com\/acme\/shop\/(?:commit\/[0-9a-f]{7,40}|(?:blob\/[0-9a-f]{40}\/[\w./%~-]*(?:#L\d+)?)|pull\/41|actions\/runs\/4711)$/;

const OWN_HTML =
  /^(?:<details><summary>[\w →:,]+<\/summary>|<\/details>|<\/?sub>|<br>|<img src="https:\/\/github\.com\/[\w-]+\.png\?size=32" width="16" height="16" alt="">)$/;

/** The pages of everybody whose login the forge has proven. */
function profilesIn(review: PullRequestReview): string[] {
  return [...JSON.stringify(review).matchAll(/"login":"([\w-]+)"/g)].map(
    ([, login]) => `https://github.com/${login}`,
  );
}

/** How many there are of whatever gives a comment its form. */
function shapeOf(tree: Root): Record<string, number> {
  const names = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "pre",
    "hr",
  ];
  const others = ["blockquote", "ol", "sub", "input", "section", "sup"];
  return Object.fromEntries([...names, ...others].map((name) => [name, elements(tree, name).length]));
}

function elements(tree: Root | Element, name: string): Element[] {
  return tree.children.flatMap((child) => {
    if (child.type !== "element") return [];
    return [...(child.tagName === name ? [child] : []), ...elements(child, name)];
  });
}

/** Cut inside nothing: every fence and every collapsible block that is opened is closed, and the end is there. */
function expectBalanced(markdown: string): void {
  const tree = renderGitHubTree(markdown);
  const text = (node: Root | ElementContent): string =>
    "value" in node
      ? node.value
      : "children" in node
        ? node.children.map((each) => text(each as ElementContent)).join("")
        : "";
  expect(markdown.match(/^<details>/gm) ?? []).toHaveLength((markdown.match(/^<\/details>$/gm) ?? []).length);
  expect(markdown.match(/^```/gm)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
  expect(elements(tree, "sub").map(text).join("")).toMatch(/^Compared main at/);
  expect(elements(tree, "table").every((table) => elements(table, "tr").length > 1)).toBe(true);
}

/** The same as a fork's run sees it. */
function withoutCluster(review: PullRequestReview): PullRequestReview {
  const unreadBecause = "this run was given no access to the cluster";
  return {
    ...review,
    cluster: null,
    unreadBecause,
    ingresses: review.ingresses.map((ingress) => ({
      ...ingress,
      live: "unread",
      unreadBecause,
      overwrites: [],
      drift: [],
      ignored: 0,
      changes: ingress.changes.map((change) => ({
        ...change,
        effect: "unknown",
        live: null,
        isLive: false,
        drift: null,
      })),
    })),
  };
}
