import { describe, expect, test } from "vitest";
import { formatFieldPath } from "../../../src/model/field-path.ts";
import { ingress, rule, type ShortWrite } from "./support/observe.ts";
import { create, trace } from "./support/trace.ts";

const H2 = 'spec.rules[host="h2"]';
const SERVICE = 'http.paths[path="/",pathType="Prefix"].backend.service.name';

/** Host to service. */
type Rules = Readonly<Record<string, string>>;

const listed = (rules: Rules) => Object.entries(rules).map(([host, name]) => rule(host, name));
const state = (index: number, rules: Rules) => ingress(10 + index, 1 + index, { rules: listed(rules) });

/** The first creates the object, and each further one patches the whole list. */
function story(...steps: readonly (readonly [by: string, rules: Rules])[]) {
  const writes = steps.map(([by, rules], index): ShortWrite => {
    const after = state(index, rules);
    if (index === 0) return create(by, after);
    return { by, verb: "patch", request: { spec: { rules: listed(rules) } }, after };
  });
  return { writes, live: state(steps.length - 1, steps.at(-1)?.[1] ?? {}) };
}

/** Who put the entry there, and who has changed which part of it since. */
function told(field: string, { writes, live }: ReturnType<typeof story>) {
  const { entry } = trace(field, writes, live);
  if (entry === undefined) return "one value";
  const { presence, changes } = entry;
  const by = (write: typeof presence) => ("transition" in write ? write.transition.write.user : write.kind);
  return [
    by(presence),
    ...changes.map(({ change, liveWrite, path }) => `${by(liveWrite)} ${change} ${formatFieldPath(path)}`),
  ];
}

const before = { h1: "api" };

describe("an entry of several parts", () => {
  test("is whose who put it there, and each part that is another now is its last writer's", () => {
    const changed = story(
      ["alice", before],
      ["bob", { ...before, h2: "a" }],
      ["carol", { ...before, h2: "b" }],
    );
    expect(told(H2, changed)).toEqual(["bob", `carol changed ${SERVICE}`]);
    expect(told('spec.rules[host="h1"]', changed)).toEqual(["alice"]);
  });

  test("does not tell of what was changed and put back", () => {
    const back = story(
      ["alice", before],
      ["bob", { ...before, h2: "a" }],
      ["carol", { ...before, h2: "b" }],
      ["dave", { ...before, h2: "a" }],
    );
    expect(told(H2, back)).toEqual(["bob"]);
  });

  test("is the last one's who put it there, where it was gone in between", () => {
    const again = story(
      ["alice", { ...before, h2: "a" }],
      ["bob", before],
      ["carol", { ...before, h2: "a" }],
    );
    expect(told(H2, again)).toEqual(["carol"]);
  });

  test("is nobody's where the log begins later", () => {
    const added = state(1, { ...before, h2: "a" });
    const labelled: ShortWrite = {
      by: "bob",
      verb: "patch",
      request: { metadata: { labels: { x: "y" } } },
      after: added,
    };
    const { writes, live } = story(
      ["alice", before],
      ["bob", { ...before, h2: "a" }],
      ["carol", { ...before, h2: "b" }],
    );
    const late = { writes: [labelled, ...writes.slice(2)], live };
    expect(told(H2, late)).toEqual(["before-log", `carol changed ${SERVICE}`]);
  });

  test("of which a part was written unseen still is whose who put it there", () => {
    const { writes } = story(["alice", before], ["bob", { ...before, h2: "a" }]);
    const unseen = state(2, { ...before, h2: "z" });
    expect(told(H2, { writes, live: unseen })).toEqual(["bob", `after-log changed ${SERVICE}`]);
    const more = state(3, { ...before, h2: "z" });
    expect(told(H2, { writes, live: more })).toEqual(["after-log"]);
  });

  test("is the whole Ingress too", () => {
    const changed = story(["alice", before], ["bob", { h1: "api-v2" }]);
    expect(told("", changed)).toEqual(["alice", `bob changed spec.rules[host="h1"].${SERVICE}`]);
  });
});

test("a field of one value is no entry", () => {
  const changed = story(["alice", before], ["bob", { h1: "api-v2" }]);
  expect(told(`spec.rules[host="h1"].${SERVICE}`, changed)).toBe("one value");
});
