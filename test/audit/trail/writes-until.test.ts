import { describe, expect, test } from "vitest";
import { writesUntil } from "../../../src/audit/trail/writes-until.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";

const id = { namespace: "shop", name: "web" };

function write(auditID: string, second: number, uid: string, resourceVersion: string | null): ClusterWrite {
  const isDelete = resourceVersion === null;
  return {
    auditID,
    at: `2026-03-01T10:00:${String(second).padStart(2, "0")}.000000Z`,
    verb: isDelete ? "delete" : "patch",
    user: "alice@example.com",
    impersonatedBy: null,
    groups: [],
    userAgent: null,
    sourceIP: null,
    fieldManager: null,
    id,
    uid,
    resourceVersion,
    request: undefined,
    isApply: false,
    after: isDelete ? null : undefined,
    mutatedBy: [],
  };
}

const live = (uid: string, resourceVersion: string) => ({
  id,
  object: { metadata: { uid, resourceVersion } },
});
const ids = (writes: readonly ClusterWrite[]) => writes.map(({ auditID }) => auditID);
const AT_20 = "2026-03-01T10:00:20Z";

describe("what a log holds beyond the snapshot", () => {
  test("is left out by the live object's resourceVersion, whatever the clocks say", () => {
    const writes = [write("a", 1, "u1", "10"), write("b", 30, "u1", "20"), write("c", 2, "u1", "30")];
    expect(ids(writesUntil(writes, live("u1", "20"), AT_20))).toEqual(["a", "b"]);
  });

  test("is left out by time where the cluster has no such object", () => {
    const writes = [write("a", 1, "u1", "10"), write("gone", 5, "u1", null), write("again", 30, "u2", "40")];
    expect(ids(writesUntil(writes, null, AT_20))).toEqual(["a", "gone"]);
  });

  test("is kept where nothing tells when the cluster was read", () => {
    const writes = [write("a", 1, "u1", "10"), write("gone", 5, "u1", null)];
    expect(ids(writesUntil(writes, null, null))).toEqual(["a", "gone"]);
  });

  test("a delete of an object that is still there came later", () => {
    const writes = [write("a", 1, "u1", "10"), write("gone", 5, "u1", null)];
    expect(ids(writesUntil(writes, live("u1", "10"), AT_20))).toEqual(["a"]);
  });

  test("the deletion of an earlier object of that name counts", () => {
    const writes = [write("old", 1, "u0", "5"), write("gone", 2, "u0", null), write("a", 3, "u1", "10")];
    expect(ids(writesUntil(writes, live("u1", "10"), AT_20))).toEqual(["old", "gone", "a"]);
  });

  test("a later write that changes nothing keeps the version, and is later all the same", () => {
    const writes = [
      write("own", 1, "u1", "10"),
      write("again", 5, "u1", "10"),
      write("later", 30, "u1", "10"),
    ];
    expect(ids(writesUntil(writes, live("u1", "10"), AT_20))).toEqual(["own", "again"]);
  });
});
