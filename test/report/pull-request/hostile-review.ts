import fc from "fast-check";
import {
  type PullRequestReview,
  pullRequestReview,
} from "../../../src/report/pull-request/pull-request-review.ts";
import { sampleReview } from "../../support/pull-request/sample-review.ts";
import { hostileText } from "../hostile-report.ts";

/** Fields that hold no text of others: they are checked, or our own. */
const OURS = new Set([
  "schema",
  "tool",
  "sha",
  "headSha",
  "id",
  "committedAt",
  "authoredAt",
  "observedAt",
  "at",
]);
/** Words of which a field may hold one, and times: whatever else stands in their place is no review. */
const CHECKED =
  /^(?:open|merged|closed|present|absent|unread|added|removed|changed|reordered|unreadable|mended|base|head|already-live|stays|changes|adopted|overwritten|pending|unmerged|out-of-band|controller|proven|indicated|inferred|none|low|medium|high|critical|cli|api|gitops|error|warning|\d{4}-\d\d-\d\dT.*Z|[0-9a-f]{40})$/;

const text = fc.oneof(
  { weight: 30, arbitrary: hostileText },
  { weight: 1, arbitrary: hostileText.map((each) => (each === "" ? "x" : each).repeat(20_000)) },
);

/** The sample review with hostile text in every field that can hold any, and of the right shape all the same. */
export const hostileReview: fc.Arbitrary<PullRequestReview> = fc.infiniteStream(text).map((texts) => {
  const next = () => texts.next().value ?? "";
  return pullRequestReview.parse(poisoned(sampleReview(), next));
});

function poisoned(value: unknown, next: () => string, key = ""): unknown {
  if (OURS.has(key)) return value;
  if (typeof value === "string") return CHECKED.test(value) ? value : next();
  if (Array.isArray(value)) return value.map((item) => poisoned(item, next, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poisoned(item, next, name)]));
}
