import { describe, expect, test } from "vitest";
import { countDetections, type Sighting } from "../../../src/audit/drift-issues/count-detections.ts";
import type { DetectionsState } from "../../../src/report/drift-issue/detections.ts";
import { API_FIELD, divergence, SIZE_FIELD } from "../../support/drift/drift-report.ts";

const MONDAY = "2026-03-02T10:00:00Z";
const TUESDAY = "2026-03-03T10:00:00Z";

const seen = (ingress: string, field = API_FIELD): Sighting => ({
  ingress,
  divergence: divergence(ingress, { field }),
});

function count(
  found: readonly Sighting[],
  more: { before?: DetectionsState | null; at?: string; isRead?: (ingress: string) => boolean } = {},
) {
  return countDetections({ before: null, at: MONDAY, needed: 3, isRead: () => true, ...more, found });
}

function stateOf(counts: DetectionsState["counts"], at = MONDAY): DetectionsState {
  return { v: 1, key: "0".repeat(16), at, counts };
}

describe("detections", () => {
  test("are counted for each divergence, from when it was first seen", () => {
    const first = count([seen("shop/web")]);
    const second = count([seen("shop/web"), seen("shop/web", SIZE_FIELD)], {
      before: stateOf(first),
      at: TUESDAY,
    });
    expect(second).toMatchObject([
      { field: API_FIELD, times: 2, since: MONDAY },
      { field: SIZE_FIELD, times: 1, since: TUESDAY },
    ]);
  });

  test("begin anew where an audit did not find it", () => {
    const first = count([seen("shop/web")]);
    expect(count([], { before: stateOf(first), at: TUESDAY })).toEqual([]);
  });

  test("wait where an audit could not read the Ingress", () => {
    const first = count([seen("shop/web")]);
    expect(count([], { before: stateOf(first), at: TUESDAY, isRead: () => false })).toEqual(first);
  });

  test.each([MONDAY, "2026-03-01T10:00:00Z"])(
    "are not counted twice for one reading, nor for an older one: %s",
    (at) => {
      const first = count([seen("shop/web")]);
      expect(count([seen("shop/web")], { before: stateOf(first), at })).toEqual(first);
    },
  );

  test("are not counted beyond what is needed", () => {
    let counts = count([seen("shop/web")]);
    for (let hour = 11; hour < 20; hour++) {
      const at = `2026-03-02T${hour}:00:00Z`;
      counts = count([seen("shop/web")], { before: stateOf(counts, `2026-03-02T${hour - 1}:00:00Z`), at });
    }
    expect(counts).toMatchObject([{ times: 3 }]);
  });

  test("are kept for as many as a body holds, the worst first", () => {
    const many = Array.from({ length: 5_000 }, (_, index) => seen(`shop/web-${index}`));
    const counts = count(many);
    expect(counts.length).toBeGreaterThan(100);
    expect(JSON.stringify(counts).length).toBeLessThan(32_000);
    expect(counts[0]?.ingress).toBe("shop/web-0");
  });
});
