import { describe, expect, test } from "vitest";
import {
  annotated,
  ingress,
  managed,
  manifest,
  ownsAnnotation,
  rule,
  type ShortWrite,
} from "./support/observe.ts";
import { CLASS, CREATED, create, service, TEAM, trace, verdict } from "./support/trace.ts";

describe("the write of the live value", () => {
  const changed = ingress(11, 2, { ingressClassName: "b", rules: [rule("h1", "api"), rule("h2", "shop")] });
  const patch: ShortWrite = {
    by: "bob",
    verb: "patch",
    request: { spec: { ingressClassName: "b" } },
    after: changed,
  };

  test("is the patch that set it, and the creation for what the patch left alone", () => {
    const writes = [create("alice", CREATED), patch];
    expect(verdict(CLASS, writes, changed)).toBe("shown bob");
    expect(verdict(service("h1"), writes, changed)).toBe("shown alice");
    expect(verdict("", writes, changed)).toBe("shown alice");
  });

  test("is the second of two that flapped the value", () => {
    const back = ingress(12, 3, { ingressClassName: "a", rules: [rule("h1", "api"), rule("h2", "shop")] });
    const again: ShortWrite = {
      by: "carol",
      verb: "patch",
      request: { spec: { ingressClassName: "a" } },
      after: back,
    };
    const { transitions } = trace(CLASS, [create("alice", CREATED), patch, again], back);
    expect(verdict(CLASS, [create("alice", CREATED), patch, again], back)).toBe("shown carol");
    expect(transitions.map(({ after, before, write }) => [write.user, before, after])).toEqual([
      ["carol", { kind: "value", value: "b" }, { kind: "value", value: "a" }],
      ["bob", { kind: "value", value: "a" }, { kind: "value", value: "b" }],
      ["alice", { kind: "no-object" }, { kind: "value", value: "a" }],
    ]);
  });

  test("of an annotation that is the word unknown is no unknown value", () => {
    const after = ingress(11, 1, { ingressClassName: "a" }, annotated({ team: "unknown" }));
    const { transitions } = trace(
      TEAM,
      [
        create("alice", ingress(10, 1, { ingressClassName: "a" })),
        {
          by: "bob",
          verb: "patch",
          request: { metadata: { annotations: { team: "unknown" } } },
          after,
        },
      ],
      after,
    );
    expect(transitions[0]?.after).toEqual({ kind: "value", value: "unknown" });
  });

  test("is a removal by null, by a JSON Patch's index and by an update that leaves it out", () => {
    const spec = { ingressClassName: "a", rules: [rule("h2", "shop")] };
    const removed = ingress(11, 2, spec);
    const requests: ShortWrite[] = [
      { by: "bob", verb: "patch", request: [{ op: "remove", path: "/spec/rules/0" }], after: removed },
      { by: "bob", verb: "patch", request: { spec: { rules: [rule("h2", "shop")] } }, after: removed },
      { by: "bob", verb: "update", request: manifest(spec), after: removed },
    ];
    for (const request of requests) {
      expect(verdict('spec.rules[host="h1"]', [create("alice", CREATED), request], removed)).toBe(
        "shown bob",
      );
      expect(verdict('spec.rules[host="h2"]', [create("alice", CREATED), request], removed)).toBe(
        "shown alice",
      );
    }
    const bare = ingress(11, 2, { rules: [rule("h1", "api"), rule("h2", "shop")] });
    const toNull: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { spec: { ingressClassName: null } },
      after: bare,
    };
    expect(verdict(CLASS, [create("alice", CREATED), toNull], bare)).toBe("shown bob");
  });

  test("is no write that left the resourceVersion as it was", () => {
    const repeated: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { spec: { ingressClassName: "a" } },
      after: CREATED,
    };
    expect(verdict(CLASS, [create("alice", CREATED), repeated], CREATED)).toBe("shown alice");
  });
});

describe("a log that begins in the middle", () => {
  const after = ingress(20, 4, { ingressClassName: "b" }, annotated({ team: "shop" }));

  test("does not name a first write that may have found the value there", () => {
    const first: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { spec: { ingressClassName: "b" } },
      after,
    };
    expect(verdict(CLASS, [first], after)).toBe("before-log");
    expect(verdict(TEAM, [first], after)).toBe("before-log");
    expect(verdict("", [first], after)).toBe("before-log");
  });

  test("names a first write that says one thing, if managedFields proves that it changed something", () => {
    const stamped = (minute: number) =>
      ingress(
        20,
        4,
        {},
        annotated({ team: "shop" }, { managedFields: [managed("kubectl", minute, ownsAnnotation("team"))] }),
      );
    const first = (
      minute: number,
      request = { metadata: { annotations: { team: "shop" } } },
    ): ShortWrite[] => [
      {
        by: "bob",
        verb: "patch",
        request,
        after: stamped(minute),
        fields: { at: "2026-01-01T00:05:00.500000Z" },
      },
    ];
    expect(verdict(TEAM, first(5), stamped(5))).toBe("shown bob");
    expect(verdict(TEAM, first(4), stamped(4))).toBe("before-log");
    const two = { metadata: { annotations: { team: "shop", other: "x" } } };
    expect(verdict(TEAM, first(5, two), stamped(5))).toBe("before-log");
  });

  test("has no writes to the object at all", () => {
    expect(verdict(CLASS, [], after)).toBe("no-writes");
  });
});
