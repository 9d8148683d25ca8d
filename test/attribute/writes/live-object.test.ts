import { describe, expect, test } from "vitest";
import { annotated, ingress, managed, ownsAnnotation, rule, type ShortWrite } from "./support/observe.ts";
import { CLASS, CREATED, create, gapOf, TEAM, trace, verdict } from "./support/trace.ts";

describe("the live object", () => {
  const spec = { ingressClassName: "a", rules: [rule("h1", "api"), rule("h2", "shop")] };

  test("may be newer than the log", () => {
    expect(
      verdict(CLASS, [create("alice", CREATED)], ingress(15, 2, { ...spec, ingressClassName: "z" })),
    ).toBe("after-log");
    expect(verdict(CLASS, [create("alice", CREATED)], ingress(15, 3, spec))).toBe("after-log");
    expect(verdict(CLASS, [create("alice", CREATED)], ingress(15, 1, spec, { uid: "u9" }))).toBe("after-log");
    expect(verdict("", [create("alice", CREATED)], null)).toBe("after-log");
  });

  test("that only has a newer resourceVersion leaves a doubt on the metadata, and none on the spec", () => {
    const marked = ingress(10, 1, spec, annotated({ team: "shop" }));
    const live = ingress(15, 1, spec, annotated({ team: "shop" }));
    expect(trace(TEAM, [create("alice", marked)], live).liveWrite).toMatchObject({
      kind: "shown",
      unseenWritesSince: true,
    });
    expect(trace(CLASS, [create("alice", marked)], live).liveWrite).toMatchObject({
      kind: "shown",
      unseenWritesSince: false,
    });
  });

  test("whose annotation has an owner with a later stamp was written unseen", () => {
    const stamped = (manager: string, minute: number) =>
      ingress(
        30,
        1,
        {},
        annotated({ team: "pay" }, { managedFields: [managed(manager, minute, ownsAnnotation("team"))] }),
      );
    const annotate: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { metadata: { annotations: { team: "pay" } } },
      after: ingress(11, 1, {}, annotated({ team: "pay" })),
    };
    const label: ShortWrite = {
      by: "carol",
      verb: "patch",
      request: { metadata: { labels: { x: "y" } } },
      after: ingress(30, 1, {}, annotated({ team: "pay" }, { labels: { x: "y" } })),
      fields: { at: "2026-01-01T00:09:00.500000Z" },
    };
    const writes = [create("alice", ingress(10, 1, {})), annotate];
    expect(verdict(TEAM, writes, stamped("kubectl", 1))).toBe("shown bob");
    expect(verdict(TEAM, writes, stamped("curl", 1))).toBe("shown bob");
    expect(verdict(TEAM, writes, stamped("curl", 5))).toBe("after-log");
    expect(verdict(TEAM, [...writes, label], stamped("kubectl", 9))).toBe("shown bob");
    expect(gapOf(TEAM, [...writes, label], stamped("curl", 5))).toMatch(/a write by curl at/);
  });

  test("may be older than the log's end: later writes do not count", () => {
    const later = ingress(20, 2, { ...spec, ingressClassName: "z" });
    const patch: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { spec: { ingressClassName: "z" } },
      after: later,
    };
    const gone: ShortWrite = { by: "carol", verb: "delete", after: null };
    expect(verdict(CLASS, [create("alice", CREATED), patch, gone], CREATED)).toBe("shown alice");
  });
});

describe("a whole object", () => {
  const gone: ShortWrite = { by: "bob", verb: "delete", after: null };

  test("that is missing was deleted by the last delete", () => {
    expect(verdict("", [create("alice", CREATED), gone], null)).toBe("shown bob");
    expect(verdict("", [gone], null)).toBe("shown bob");
    expect(verdict(CLASS, [create("alice", CREATED), gone], null)).toBe("shown bob");
  });

  test("that is there again is its second creator's, and so are its fields", () => {
    const second = ingress(20, 1, { ingressClassName: "a" }, { uid: "u2" });
    const writes = [create("alice", CREATED), gone, create("carol", second)];
    expect(verdict("", writes, second)).toBe("shown carol");
    expect(verdict(CLASS, writes, second)).toBe("shown carol");
    expect(verdict(TEAM, writes, second)).toBe("shown carol");
  });

  test("that went with its last finalizer was deleted by who asked for it", () => {
    const held = ingress(10, 1, {}, { finalizers: ["example.com/hold"] });
    const marked = ingress(
      11,
      2,
      {},
      { finalizers: ["example.com/hold"], deletionTimestamp: "2026-01-01T00:01:00Z" },
    );
    const released: ShortWrite = {
      by: "controller",
      verb: "patch",
      request: { metadata: { finalizers: null } },
      after: null,
    };
    const asked: ShortWrite = { by: "bob", verb: "delete", after: marked };
    expect(verdict("", [create("alice", held), asked, released], null)).toBe("shown bob");
    expect(verdict("", [create("alice", held), asked], marked)).toBe("shown alice");
    expect(verdict("", [create("alice", held), released], null)).toBe("gap");
    expect(verdict("", [released], null)).toBe("before-log");
  });

  test("is not deleted for certain by an event that may be a dry run", () => {
    expect(verdict("", [create("alice", CREATED), { by: "bob", verb: "delete" }], null)).toBe("gap");
    expect(verdict("", [create("alice", CREATED), { by: "bob", verb: "delete" }], CREATED)).toBe(
      "shown alice",
    );
  });
});
