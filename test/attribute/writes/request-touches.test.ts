import { describe, expect, test } from "vitest";
import { type RequestTouch, requestTouches } from "../../../src/attribute/writes/request-touches.ts";
import type { ClusterWrite } from "../../../src/model/cluster-write.ts";
import { parseFieldPath } from "../../../src/model/field-path.ts";
import type { Json } from "../../../src/model/json.ts";
import { ingress, manifest, observe, rule } from "./support/observe.ts";

const TEAM = 'metadata.annotations["example.com/team"]';
const CLASS = "spec.ingressClassName";
const H1 = 'spec.rules[host="h1"]';
const H2 = 'spec.rules[host="h2"]';
const SERVICE = `${H1}.http.paths[path="/",pathType="Prefix"].backend.service.name`;
const RULES = [rule("h1", "api"), rule("h2", "shop")];

function touch(request: Json | undefined, field: string, fields: Partial<ClusterWrite> = {}): RequestTouch {
  const after = ingress(11, 2, { rules: RULES });
  const [observed] = observe([
    { by: "bob", verb: "patch", ...(request === undefined ? {} : { request }), after, fields },
  ]);
  if (observed === undefined) throw new Error("nothing observed");
  return requestTouches(observed.write, parseFieldPath(field) ?? []);
}

describe("requestTouches", () => {
  test.each<[string, Json | undefined, string, RequestTouch]>([
    ["a merge patch of the field", { metadata: { annotations: { "example.com/team": "x" } } }, TEAM, "sets"],
    ["a merge patch of another", { metadata: { annotations: { other: "x" } } }, TEAM, "no"],
    ["null for the field", { spec: { ingressClassName: null } }, CLASS, "removes"],
    ["null for all annotations", { metadata: { annotations: null } }, TEAM, "removes"],
    ["the whole list of rules", { spec: { rules: RULES } }, SERVICE, "restates-list"],
    ["the list of rules without the entry", { spec: { rules: [] } }, SERVICE, "restates-list"],
    [
      "a strategic patch's directive on the object",
      { spec: { $patch: "replace", rules: [] } },
      CLASS,
      "unknown",
    ],
    ["a strategic patch's directive elsewhere", { spec: { "$setElementOrder/rules": [] } }, CLASS, "no"],
    ["no body", undefined, CLASS, "unknown"],
    ["a body that is no patch", "x", CLASS, "unknown"],
    ["the whole object's presence", { spec: {} }, "", "no"],
  ])("%s", (_, request, field, expected) => {
    expect(touch(request, field)).toBe(expected);
  });

  test.each<[string, Json[], string, RequestTouch]>([
    [
      "an escaped key",
      [{ op: "add", path: "/metadata/annotations/example.com~1team", value: "x" }],
      TEAM,
      "sets",
    ],
    [
      "the parent with the key",
      [{ op: "add", path: "/metadata/annotations", value: { "example.com/team": "x" } }],
      TEAM,
      "sets",
    ],
    [
      "the parent without the key",
      [{ op: "replace", path: "/metadata/annotations", value: {} }],
      TEAM,
      "removes",
    ],
    ["a test alone", [{ op: "test", path: "/spec/ingressClassName", value: "a" }], CLASS, "no"],
    ["a removal", [{ op: "remove", path: "/spec/ingressClassName" }], CLASS, "removes"],
    [
      "an index that is the entry's",
      [{ op: "replace", path: "/spec/rules/0/http/paths/0/backend/service/name", value: "x" }],
      SERVICE,
      "sets",
    ],
    [
      "an index that is another's",
      [{ op: "replace", path: "/spec/rules/1/http/paths/0/backend/service/name", value: "x" }],
      SERVICE,
      "no",
    ],
    [
      "an index after the list changed its length",
      [
        { op: "remove", path: "/spec/rules/0" },
        { op: "replace", path: "/spec/rules/0/http/paths/0/backend/service/name", value: "x" },
      ],
      SERVICE,
      "unknown",
    ],
    ["an entry that is removed by its index", [{ op: "remove", path: "/spec/rules/1" }], H1, "unknown"],
    [
      "an entry that is appended",
      [{ op: "add", path: "/spec/rules/-", value: rule("h2", "shop") }],
      H2,
      "sets",
    ],
    ["another that is appended", [{ op: "add", path: "/spec/rules/-", value: rule("h3", "x") }], H2, "no"],
    ["a host that is replaced", [{ op: "replace", path: "/spec/rules/0/host", value: "h1" }], H1, "unknown"],
    [
      "a move to the field",
      [{ op: "move", from: "/metadata/annotations/x", path: "/metadata/annotations/example.com~1team" }],
      TEAM,
      "sets",
    ],
    [
      "a move away from it",
      [{ op: "move", from: "/metadata/annotations/example.com~1team", path: "/metadata/annotations/x" }],
      TEAM,
      "removes",
    ],
    [
      "a removal and an addition",
      [
        { op: "remove", path: "/spec/ingressClassName" },
        { op: "add", path: "/spec/ingressClassName", value: "b" },
      ],
      CLASS,
      "sets",
    ],
    ["a broken pointer", [{ op: "remove", path: "spec" }], CLASS, "unknown"],
  ])("JSON Patch: %s", (_, request, field, expected) => {
    expect(touch(request, field)).toBe(expected);
  });

  test("a whole object sets what it has; an update removes what it leaves out", () => {
    const request = manifest({ ingressClassName: "a", rules: RULES });
    expect(touch(request, CLASS, { verb: "update" })).toBe("sets");
    expect(touch(request, SERVICE, { verb: "update" })).toBe("restates-list");
    expect(touch(request, TEAM, { verb: "update" })).toBe("removes");
    expect(touch(request, TEAM, { verb: "create" })).toBe("no");
    expect(touch(request, "", { verb: "create" })).toBe("sets");
  });

  test("an apply does not tell of what it leaves out; a delete removes all; a status write no spec", () => {
    expect(touch(manifest({}), TEAM, { isApply: true })).toBe("unknown");
    expect(touch(undefined, CLASS, { verb: "delete" })).toBe("removes");
    expect(touch(undefined, CLASS, { subresource: "status" })).toBe("no");
    expect(touch(undefined, TEAM, { subresource: "status" })).toBe("unknown");
  });

  test("an apply that names a port by its name takes the number away: a port is replaced whole", () => {
    const port = "spec.defaultBackend.service.port.number";
    const request = (service: Json) => ({ spec: { defaultBackend: { service } } });
    expect(touch(request({ port: { name: "http" } }), port, { isApply: true })).toBe("removes");
    expect(touch(request({ name: "api" }), port, { isApply: true })).toBe("unknown");
    expect(touch(request({ port: { name: "http" } }), port)).toBe("no");
  });
});
