import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderWrites } from "../../../src/adapters/audit-log/order-writes.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";

function write(
  auditID: string,
  uid: string | null,
  resourceVersion: string | null,
  second: number,
): ClusterWrite {
  return {
    auditID,
    at: `2026-01-01T00:00:${String(second).padStart(2, "0")}.000000Z`,
    verb: resourceVersion === null ? "delete" : "update",
    user: "alice",
    impersonatedBy: null,
    groups: [],
    userAgent: null,
    sourceIP: null,
    fieldManager: null,
    id: { namespace: "shop", name: "web" },
    uid,
    resourceVersion,
    request: undefined,
    isApply: false,
    after: resourceVersion === null ? null : undefined,
    mutatedBy: [],
  };
}

const order = (...writes: readonly ClusterWrite[]) => orderWrites(writes).map(({ auditID }) => auditID);

describe("orderWrites", () => {
  test("follows the resourceVersion as a number, however large, and not the time", () => {
    const huge = "123456789012345678901234567890";
    expect(order(write("c", "u1", huge, 1), write("b", "u1", "10", 2), write("a", "u1", "9", 3))).toEqual([
      "a",
      "b",
      "c",
    ]);
  });

  test("puts a delete after its object's last write and before the next object, though it ended later", () => {
    const writes = [
      write("create-2", "u2", "12", 5),
      write("delete-1", "u1", null, 6),
      write("update-1", "u1", "11", 4),
    ];
    expect(order(...writes)).toEqual(["update-1", "delete-1", "create-2"]);
  });

  test("puts a write of which it knows neither object nor version where its time is", () => {
    const writes = [
      write("late", "u1", "12", 8),
      write("bare", null, null, 5),
      write("early", "u1", "11", 4),
      write("first", null, null, 1),
    ];
    expect(order(...writes)).toEqual(["first", "early", "bare", "late"]);
  });

  test("does not depend on the order of the files", () => {
    const writes = Array.from({ length: 12 }, (_, index) =>
      write(
        `w${index}`,
        index % 5 === 0 ? null : `u${index % 3}`,
        index % 4 === 0 ? null : String(index * 7),
        index,
      ),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(writes, { minLength: 12 }), (shuffled) => {
        expect(order(...shuffled)).toEqual(order(...writes));
      }),
      { numRuns: 50 },
    );
  });
});
