import { expect, test } from "vitest";
import { writesUntil } from "../../src/audit/writes-until.ts";
import type { ClusterWrite } from "../../src/model/cluster-write.ts";

const OBSERVED = "2026-03-05T00:00:00Z";
const BEFORE = "2026-03-04T23:59:59.999999Z";
const AFTER = "2026-03-05T00:00:01.000000Z";

function write(auditID: string, details: Partial<ClusterWrite>): ClusterWrite {
  return {
    auditID,
    at: BEFORE,
    verb: "patch",
    user: "alice",
    impersonatedBy: null,
    groups: [],
    userAgent: null,
    sourceIP: null,
    fieldManager: null,
    id: { namespace: "shop", name: "web" },
    uid: "u",
    resourceVersion: null,
    request: undefined,
    isApply: false,
    after: undefined,
    mutatedBy: [],
    ...details,
  };
}

function live(metadata: Record<string, string> = {}) {
  return {
    id: { namespace: "shop", name: "web" },
    object: { metadata: { uid: "u", resourceVersion: "20", ...metadata } },
  };
}

function kept(
  writes: readonly ClusterWrite[],
  object: Parameters<typeof writesUntil>[1],
  observedAt: string | null,
) {
  return writesUntil(writes, object, observedAt).map(({ auditID }) => auditID);
}

test("where the object is missing, the time at which the cluster was read counts", () => {
  const writes = [write("before", {}), write("after", { at: AFTER })];
  expect(kept(writes, null, OBSERVED)).toEqual(["before"]);
  expect(kept(writes, null, null)).toEqual(["before", "after"]);
});

test("the live object's resourceVersion outweighs the clocks", () => {
  const writes = [
    write("own", { resourceVersion: "20", at: AFTER }),
    write("newer", { resourceVersion: "100", at: BEFORE }),
  ];
  expect(kept(writes, live(), OBSERVED)).toEqual(["own"]);
});

test("a later write that changes nothing keeps the version, and is later all the same", () => {
  const writes = [
    write("own", { resourceVersion: "20" }),
    write("again", { resourceVersion: "20" }),
    write("later", { resourceVersion: "20", at: AFTER }),
  ];
  expect(kept(writes, live(), OBSERVED)).toEqual(["own", "again"]);
});

test("other objects of the name are cut by time", () => {
  const writes = [
    write("old", { uid: "v", resourceVersion: "5" }),
    write("new", { uid: "w", resourceVersion: "6", at: AFTER }),
  ];
  expect(kept(writes, live(), OBSERVED)).toEqual(["old"]);
});

test("a delete of the object that is there came later, unless a finalizer holds it", () => {
  const writes = [write("delete", { verb: "delete", after: null })];
  expect(kept(writes, live(), null)).toEqual([]);
  expect(kept(writes, live({ deletionTimestamp: BEFORE }), null)).toEqual(["delete"]);
});
