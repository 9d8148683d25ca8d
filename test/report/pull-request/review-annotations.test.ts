import fc from "fast-check";
import { expect, test } from "vitest";
import { linksFor } from "../../../src/report/links.ts";
import { reviewAnnotations } from "../../../src/report/pull-request/review-annotations.ts";
import { sampleReview } from "../../support/pull-request/sample-review.ts";
import { SAMPLE_NOW } from "../../support/sample-report.ts";
import { expectGolden } from "../expect-golden.ts";
import { hostileReview } from "./hostile-review.ts";

const { repository, head } = sampleReview().git;
const telling = { now: SAMPLE_NOW, links: linksFor({ git: { repository, commit: head } }) };

test("golden: the sample", () => {
  const text = reviewAnnotations(sampleReview(), telling).map(({ level, title, message, path, line }) =>
    [`${level} ${path ?? "-"}:${line ?? "-"}`, title, message].join("\n"),
  );
  expectGolden("review-annotations.txt", `${text.join("\n\n")}\n`);
});

test("what stands at the base only is on no line of the pull request", () => {
  const review = sampleReview();
  const atBase = { side: "base" as const, path: "deploy/web.yaml", line: 3 };
  const moved = review.ingresses.map((ingress) => ({
    ...ingress,
    place: null,
    changes: ingress.changes.map((change) => ({ ...change, place: atBase })),
  }));
  const annotations = reviewAnnotations({ ...review, ingresses: moved, problems: [] }, telling);
  expect(new Set(annotations.map(({ path, line }) => `${path}:${line}`))).toEqual(new Set(["null:null"]));
});

test("arbitrary text adds no line and hides nothing", () => {
  const expected = reviewAnnotations(sampleReview(), telling);
  fc.assert(
    fc.property(hostileReview, (review) => {
      const annotations = reviewAnnotations(review, telling);
      expect(annotations).toHaveLength(expected.length);
      for (const { title, message } of annotations) {
        expect(title).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        expect(message).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u);
        expect(message.split("\n").length).toBeLessThanOrEqual(8);
      }
    }),
    { numRuns: 30 },
  );
});
