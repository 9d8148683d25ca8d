import { describe, expect, test } from "vitest";
import {
  annotated,
  ingress,
  managed,
  manifest,
  OWNS_RULES,
  ownsAnnotation,
  rule,
  type ShortWrite,
} from "./support/observe.ts";
import { CLASS, CREATED, create, gapOf, service, TEAM, verdict } from "./support/trace.ts";

describe("writes that the log lacks", () => {
  const edited = (generation: number) =>
    ingress(30, generation, { ingressClassName: "a", rules: [rule("h1", "api-v2"), rule("h2", "evil")] });
  const restates: ShortWrite = {
    by: "bob",
    verb: "patch",
    request: { spec: { rules: [rule("h1", "api-v2"), rule("h2", "evil")] } },
    after: edited(3),
  };

  test("show themselves by the generation: a list that restates what a hidden write put there names nobody", () => {
    expect(gapOf(service("h2"), [create("alice", CREATED), restates], edited(3))).toMatch(
      /generation went from 1 to 3/,
    );
    const complete = { ...restates, after: edited(2) };
    expect(verdict(service("h2"), [create("alice", CREATED), complete], edited(2))).toBe("shown bob");
  });

  test("show themselves by a request that does not mention what changed", () => {
    const patch: ShortWrite = {
      ...restates,
      request: { metadata: { annotations: { team: "shop" } } },
      after: edited(2),
    };
    expect(gapOf(service("h2"), [create("alice", CREATED), patch], edited(2))).toMatch(/does not ask for it/);
  });

  test("show themselves by the version that a browser's update was made on", () => {
    const sent = (resourceVersion: string) =>
      manifest(
        { ingressClassName: "a", rules: [rule("h1", "api-v2"), rule("h2", "evil")] },
        { resourceVersion },
      );
    const put = (version: string): ShortWrite => ({
      by: "bob",
      verb: "update",
      request: sent(version),
      after: edited(2),
    });
    expect(verdict(service("h2"), [create("alice", CREATED), put("10")], edited(2))).toBe("shown bob");
    expect(gapOf(service("h2"), [create("alice", CREATED), put("29")], edited(2))).toMatch(
      /version that the log does not show/,
    );
    expect(gapOf(service("h2"), [create("alice", CREATED), put("30")], edited(2))).toMatch(/changed nothing/);
  });

  test("show themselves by managedFields: the rules are another manager's", () => {
    const byOther = ingress(
      30,
      2,
      { ingressClassName: "a", rules: [rule("h1", "evil")] },
      {
        managedFields: [managed("curl", 1, OWNS_RULES)],
      },
    );
    const put: ShortWrite = {
      by: "bob",
      verb: "update",
      request: manifest({ ingressClassName: "a", rules: [rule("h1", "evil")] }),
      after: byOther,
    };
    expect(gapOf(service("h1"), [create("alice", CREATED), put], byOther)).toMatch(
      /another write set the value/,
    );
    const own = ingress(
      30,
      2,
      { ingressClassName: "a", rules: [rule("h1", "evil")] },
      {
        managedFields: [managed("kubectl", 1, OWNS_RULES)],
      },
    );
    expect(verdict(service("h1"), [create("alice", CREATED), { ...put, after: own }], own)).toBe("shown bob");
  });

  test("show themselves by a JSON Patch that does not fit the recorded state", () => {
    const after = ingress(30, 2, { ingressClassName: "a", rules: [rule("h2", "shop")] });
    const patch: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: [
        { op: "test", path: "/spec/ingressClassName", value: "z" },
        { op: "remove", path: "/spec/rules/0" },
      ],
      after,
    };
    expect(verdict('spec.rules[host="h1"]', [create("alice", CREATED), patch], after)).toBe("gap");
  });

  test("are bare events: a change across one is nobody's", () => {
    const bare: ShortWrite = { by: "mallory", verb: "patch" };
    const restated = { ...restates, after: edited(2) };
    expect(gapOf(service("h2"), [create("alice", CREATED), bare, restated], edited(2))).toMatch(
      /without their bodies/,
    );
    expect(verdict(CLASS, [create("alice", CREATED), bare, restated], edited(2))).toBe("shown alice");
    const known: ShortWrite = { ...bare, request: { metadata: { labels: { x: "y" } } } };
    expect(verdict(service("h2"), [create("alice", CREATED), known, restated], edited(2))).toBe("shown bob");
  });

  test("are those before the object's own creation was logged", () => {
    const other = ingress(30, 1, { ingressClassName: "b" }, { uid: "u2" });
    const patch: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { spec: { ingressClassName: "b" } },
      after: other,
    };
    expect(
      gapOf(CLASS, [create("alice", CREATED), { by: "bob", verb: "delete", after: null }, patch], other),
    ).toMatch(/creation/);
  });

  test("are not this JSON Patch's by the chance that it fits a state that was gone", () => {
    const after = ingress(30, 2, { ingressClassName: "a", rules: [rule("h0", "x"), rule("h1", "two")] });
    const request = [
      { op: "replace", path: "/spec/rules/0/http/paths/0/backend/service/name", value: "two" },
    ];
    const created = create("alice", ingress(10, 1, { ingressClassName: "a", rules: [rule("h1", "api")] }));
    expect(verdict(service("h1"), [created, { by: "bob", verb: "patch", request, after }], after)).toBe(
      "gap",
    );
  });

  test("show themselves by a patch that changes nothing of the record and yet was stored", () => {
    const before = ingress(10, 1, {}, annotated({ team: "shop" }));
    const after = ingress(12, 1, {}, annotated({ team: "shop" }));
    const request = { metadata: { annotations: { team: "shop" } } };
    const writes: ShortWrite[] = [create("alice", before), { by: "bob", verb: "patch", request, after }];
    expect(gapOf(TEAM, writes, after)).toMatch(/stored something/);
    const handOver = [{ op: "replace", path: "/metadata/managedFields", value: [] }];
    const migrated: ShortWrite[] = [
      create("alice", before),
      { by: "bob", verb: "patch", request: handOver, after },
    ];
    expect(verdict(TEAM, migrated, after)).toBe("shown alice");
  });

  test("show themselves by an owner in managedFields that lost the field though its value is the same", () => {
    const state = (version: number, manager: string, minute: number) =>
      ingress(
        version,
        1,
        {},
        annotated({ team: "shop" }, { managedFields: [managed(manager, minute, ownsAnnotation("team"))] }),
      );
    const after = state(12, "editor", 1);
    const put = (annotations: Readonly<Record<string, string>>): ShortWrite[] => [
      create("alice", state(10, "kubectl", 0)),
      {
        by: "bob",
        verb: "update",
        request: manifest({}, { annotations }),
        after,
        fields: { fieldManager: "editor" },
      },
    ];
    expect(verdict(TEAM, put({ team: "shop" }), after)).toBe("shown bob");
    expect(verdict(TEAM, put({}), after)).toBe("gap");
  });
});
